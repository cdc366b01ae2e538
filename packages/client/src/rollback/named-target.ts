import { WrongUse } from '../commands/command.js';
import { ask, type Registry } from '../registry/ask.js';
import type { LeverAsked } from './levers-asked.js';
import { targetsQuery, type OnCall, type Target, type Targets } from './operations.js';

/** Where the rollback would be. */
interface Place {
  readonly stageKeys: readonly string[] | null;
  readonly [name: string]: unknown;
}

const nothing = 'There is no release to go back to';

/**
 * Which release `--to` means: its alias, digest or number, or `last-good`. A key that narrows may not read the registry;
 * it is told by the preview what was live there, and that is all that can be gone back to.
 * @throws WrongUse for what was never live there. Of what cannot be gone back to the preview says why.
 */
export async function namedTarget(
  registry: Registry,
  onCall: OnCall,
  said: string,
  place: Place,
): Promise<LeverAsked> {
  const { targets, lastGood } = await targetsAt(registry, place);
  if (said === 'last-good') {
    await sameInEach(registry, onCall, place, lastGood);
    if (!lastGood) throw new WrongUse(nothing);
    return leverTo(lastGood);
  }
  const release = targets.find(({ alias, digest, number }) => [alias, digest, String(number)].includes(said));
  if (release) return leverTo(release);
  const possible = targets.filter(({ whyNot }) => whyNot === null).map(({ alias }) => alias);
  throw new WrongUse(
    `${said} was never live in the stages concerned of ${onCall.workflow.fullKey}. ${
      possible.length > 0 ? `It can go back to ${possible.join(', ')}` : nothing
    }`,
  );
}

const leverTo = ({ id, digest }: Target): LeverAsked => ({ kind: 'revertRelease', releaseId: id, digest });

/** What can be named there, and the last good one: of a whole workflow that is not always the one of some stages. */
async function targetsAt(
  registry: Registry,
  place: Place,
): Promise<{ targets: Target[]; lastGood: Target | null }> {
  const input = { ...place, levers: [{ kind: 'revertRelease' }] };
  const { targets, levers } = (await ask<Targets>(registry, targetsQuery, { input })).rollbackPreview;
  return { targets, lastGood: targets.find(({ id }) => id === levers[0]?.releaseId) ?? null };
}

/**
 * Stages that are named each have a last good release of their own; where these differ, nobody said which is meant.
 * @param ofAll the newest that all of them can go back to
 */
async function sameInEach(
  registry: Registry,
  { serving }: OnCall,
  place: Place,
  ofAll: Target | null,
): Promise<void> {
  // A stage that holds nothing has nothing to leave; of one that is not there the preview says so.
  const holds = (key: string) => serving.some(({ stageKey, alias }) => stageKey === key && alias !== null);
  const keys = (place.stageKeys ?? []).filter(holds);
  if (keys.length < 2) return;
  const each = await Promise.all(
    keys.map(async (key) => {
      const { lastGood } = await targetsAt(registry, { ...place, stageKeys: [key] });
      return { key, alias: lastGood?.alias ?? 'none' };
    }),
  );
  if (new Set(each.map(({ alias }) => alias)).size < 2) return;
  throw new WrongUse(
    `--to last-good: these stages have different ones (${each.map(({ key, alias }) => `${key}: ${alias}`).join(', ')}). ${
      ofAll
        ? `All of them can go back to ${ofAll.alias}: name it, or`
        : 'None is one that all of them can go back to:'
    } roll the stages back one by one`,
  );
}
