import { overlayKind } from './overlay-kind.domain.js';
import { covers, type Segment } from './segment.domain.js';
import type { AppliedLever } from './standing.domain.js';

/** As much of an overlay as says which of two comes before the other. */
export interface AppliedOverlay {
  readonly id: string;
  /** Null: whoever is in no stage. */
  readonly stageKey: string | null;
  readonly segment: Segment;
  readonly levers: readonly AppliedLever[];
  readonly from: Date;
}

/** What ends the evaluation comes first; what changes it does so together. */
const ranks = { disable: 0, fallback: 1, serve: 2, disableTool: 2 } as const;
const rankOf = ({ levers }: AppliedOverlay) => ranks[overlayKind(levers)];

/** Negative where the first one wins. Of two alike it is the later one, by the same order as decide() is given them. */
const compare = (one: AppliedOverlay, other: AppliedOverlay): number =>
  rankOf(one) - rankOf(other) ||
  other.from.getTime() - one.from.getTime() ||
  (one.id === other.id ? 0 : one.id < other.id ? 1 : -1);

/** Overlays of one place in the order in which decide() goes by them: the one that wins first. */
export const inAppliedOrder = <O extends AppliedOverlay>(overlays: readonly O[]): O[] =>
  [...overlays].sort(compare);

/** Whether this lever says nothing more to anybody to whom an overlay that comes before it says these. */
function isSpent(levers: readonly AppliedLever[], lever: AppliedLever): boolean {
  if (levers.some(({ kind }) => kind === 'disable' || kind === 'fallback')) return true;
  if (lever.kind === 'serve') return levers.some(({ kind }) => kind === 'serve');
  return levers.some(
    (one) => one.kind === 'disableTool' && lever.kind === 'disableTool' && one.tool === lever.tool,
  );
}

/**
 * The overlays that come before this one for everybody it is laid over, so that it takes effect for nobody; none where
 * it takes effect, as far as that can be shown.
 * @param all those in force with it, in whatever place and order
 */
export function overruledBy<O extends AppliedOverlay>(overlay: AppliedOverlay, all: readonly O[]): O[] {
  const stronger = inAppliedOrder(all).filter(
    (one) =>
      one.stageKey === overlay.stageKey && covers(one.segment, overlay.segment) && compare(one, overlay) < 0,
  );
  const winners = overlay.levers.map((lever) => stronger.find(({ levers }) => isSpent(levers, lever)));
  return winners.includes(undefined) ? [] : stronger.filter((one) => winners.includes(one));
}
