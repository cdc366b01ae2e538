import { covers, sameSegment, type Segment } from './segment.domain.js';
import type { AppliedLever } from './standing.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { OpenOverlay, Standing } from './standing.domain.js';

/** One overlay to be laid. */
export interface LaidOverlay {
  /** Null: whoever is in no stage. */
  readonly stageKey: string | null;
  readonly segment: Segment;
  readonly levers: readonly AppliedLever[];
}

export interface LaidOver {
  readonly laid: readonly LaidOverlay[];
  /** Older ones that these make meaningless. */
  readonly superseded: readonly string[];
}

const ends = ({ kind }: AppliedLever) => kind === 'disable' || kind === 'fallback';

/** What a new rollback does in one place. */
interface Doing {
  readonly levers: readonly AppliedLever[];
  readonly segment: Segment;
  /** Whether it serves another release there. */
  readonly serves: boolean;
}

/**
 * Whether what a new rollback does takes the place of an older lever. Turning off takes the place of falling back, and
 * falling back that of turning off the very same people, because neither serves a release; of more people it leaves off
 * those who were. What serves a release takes the place of what served another; and nothing that serves a release takes
 * the place of what turns off, because that would widen without gates.
 */
function replaces({ levers, segment, serves }: Doing, old: AppliedLever, oldSegment: Segment): boolean {
  if (old.kind === 'disable' && !sameSegment(segment, oldSegment))
    return levers.some(({ kind }) => kind === 'disable');
  if (ends(old)) return levers.some(ends);
  if (old.kind === 'serve') return serves;
  return levers.some(
    (lever) => lever.kind === 'disableTool' && old.kind === 'disableTool' && lever.tool === old.tool,
  );
}

/**
 * The older overlay without what was taken over; null: nothing of it is left. Undefined: it stays as it is, as does
 * one that still serves a release: laid again, it would come before newer ones of a segment.
 */
function remains(old: OpenOverlay, doing: Doing): LaidOverlay | null | undefined {
  const kept = old.levers.filter((lever) => !replaces(doing, lever, old.segment));
  if (kept.length === old.levers.length || kept.some(({ kind }) => kind === 'serve')) return undefined;
  return kept.length === 0 ? null : { stageKey: old.stageKey, segment: old.segment, levers: kept };
}

/**
 * The overlays that a plan lays, and the older ones that end with it. What is left of an older one that is taken over
 * in part goes on in an overlay of its own: ending a disabled tool with it would widen.
 * @param replacementId of the release that is served by overlays; null where pointers go back, or none is
 */
export function laidOver(standing: Standing, plan: RollbackPlan, replacementId: string | null): LaidOver {
  const { asked, stages, left, levers } = plan;
  const places = [...stages.map(({ key }) => key), ...(asked.scope === 'workflow' ? [null] : [])];
  const laid: LaidOverlay[] = [];
  const superseded: string[] = [];
  for (const stageKey of places) {
    const leaves = left.some(({ stage }) => stage.key === stageKey);
    const serve: AppliedLever[] =
      leaves && replacementId !== null ? [{ kind: 'serve', releaseId: replacementId }] : [];
    // Of a workflow, whoever is in no stage can be turned off or sent elsewhere; nothing serves them a release.
    const mine = [...levers.filter((lever) => stageKey !== null || ends(lever)), ...serve];
    if (mine.length > 0) laid.push({ stageKey, segment: asked.segment, levers: mine });
    if (asked.kind === 'drill') continue;
    for (const old of standing.overlays) {
      if (old.isDrill || old.stageKey !== stageKey || !covers(asked.segment, old.segment)) continue;
      const rest = remains(old, { levers: mine, segment: asked.segment, serves: leaves });
      if (rest === undefined) continue;
      superseded.push(old.id);
      if (rest) laid.unshift(rest);
    }
  }
  return { laid, superseded };
}
