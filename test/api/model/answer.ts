import { belongs, type Context } from '../../../packages/client/src/decide/audience.js';
import type { SnapshotStage } from '../../../packages/client/src/decide/snapshot.js';
import { inForce, servedBy, type Lay, type Model, type Segment } from './state.js';

export interface Answer {
  stage: string | null;
  /** release:<id>, disabled, fallback:<to>, failure */
  outcome: string;
  toolOff: boolean;
}

const isIn = (segment: Segment, context: Context): boolean =>
  segment === '' ||
  (segment === 'drill' ? context['holdpoint_drill'] === 'true' : context['plan'] === segment);

function ended(lays: readonly Lay[]): string | null {
  if (lays.some(({ lever }) => lever === 'disable')) return 'disabled';
  return lays.findLast(({ lever }) => lever.startsWith('fallback:'))?.lever ?? null;
}

/** What a request should get, by the plain words of the design: who is in which audience is `belongs`, tested by itself. */
export function answerOf(
  model: Model,
  audiences: readonly SnapshotStage[],
  salt: string,
  context: Context,
): Answer {
  const mine = model.lays.filter((lay) => inForce(model, lay) && isIn(lay.segment, context));
  for (const audience of audiences) {
    const { key } = audience;
    if (context.stage === undefined ? !belongs(salt, audience, context) : context.stage !== key) continue;
    const lays = mine.filter(({ stage }) => stage === key);
    const end = ended(lays);
    if (end) return { stage: key, outcome: end, toolOff: false };
    const release = servedBy(lays) ?? model.pointers[key]?.release;
    const left = model.quarantines.some(
      (one) => one.release === release && one.stage === key && isIn(one.segment, context),
    );
    if (release && !left)
      return {
        stage: key,
        outcome: `release:${release}`,
        toolOff: lays.some(({ lever }) => lever === 'tool'),
      };
  }
  const end = ended(mine.filter(({ stage }) => stage === null));
  return { stage: null, outcome: end ?? 'failure', toolOff: false };
}
