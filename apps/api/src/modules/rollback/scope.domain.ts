import { effectiveRelease } from './effective.domain.js';
import type { LeverInput } from './lever.schema.js';
import type { RollbackObjection } from './rollback-review.domain.js';
import type { RollbackScope } from './rollback.schema.js';
import type { Segment } from './segment.domain.js';
import { madeOf, type Standing, type StandingStage } from './standing.domain.js';
import type { Left } from './targets.domain.js';

export interface AskedPlace {
  readonly scope: RollbackScope;
  readonly stageKeys: readonly string[] | null;
  readonly segment: Segment;
  readonly leaveReleaseId: string | null;
}

/** By which a release is left for another one. What only turns off or falls back leaves it where it is. */
export const leavingKinds = ['revertRelease', 'revertPrompt', 'pinModel'] as const;
export const isLeaving = ({ kind }: Pick<LeverInput, 'kind'>): boolean =>
  leavingKinds.some((one) => one === kind);

/** When a release first came into a stage; null: never. */
export const firstFrom = (stage: StandingStage, releaseId: string): Date | null =>
  stage.entries.find((one) => one.releaseId === releaseId)?.firstFrom ?? null;

/** What each stage serves this segment, where it serves anything. */
export const servingIn = (standing: Standing, stages: readonly StandingStage[], segment: Segment): Left[] =>
  stages.flatMap((stage) => {
    const releaseId = effectiveRelease(standing, stage, segment);
    return releaseId === null ? [] : [{ stage, releaseId }];
  });

/** Since when a stage serves what it serves now: the pointer's move, or the overlay that lies over it. */
export function servesSince(standing: Standing, { stage, releaseId }: Left, segment: Segment = []): Date {
  const overlay = standing.overlays.findLast(
    (one) =>
      !one.isDrill &&
      one.stageKey === stage.key &&
      (one.segment.length === 0 || segment.length > 0) &&
      one.levers.some((lever) => lever.kind === 'serve' && lever.releaseId === releaseId),
  );
  return overlay?.from ?? stage.pointer?.from ?? new Date(0);
}

/** The release that came last into any stage by a promotion: what changed, and so the first to be suspected. */
export function newestChange(standing: Standing, segment: Segment = []): Left | null {
  const serving = servingIn(standing, standing.stages, segment);
  const came = (left: Left) =>
    (firstFrom(left.stage, madeOf(standing.releases, left.releaseId)) ?? new Date(0)).getTime();
  return [...serving].sort((a, b) => came(b) - came(a))[0] ?? null;
}

/**
 * The stages that serve the release to be left, and those where something came after it: a promotion that was made
 * while the operator read the screen is left too, not spared.
 */
function servingOrLater(standing: Standing, serving: readonly Left[], leaveId: string): StandingStage[] {
  const made = madeOf(standing.releases, leaveId);
  return serving
    .filter(({ stage, releaseId }) => {
      if (releaseId === leaveId || madeOf(standing.releases, releaseId) === made) return true;
      const [left, here] = [firstFrom(stage, made), firstFrom(stage, madeOf(standing.releases, releaseId))];
      return left !== null && here !== null && here > left;
    })
    .map(({ stage }) => stage);
}

export type Concerned = { stages: StandingStage[]; leaveId: string | null } | RollbackObjection;

/** The stages that a rollback concerns. Null keys: every stage that serves what is left, or anything. */
export function concernedStages(
  standing: Standing,
  { scope, stageKeys, segment, leaveReleaseId }: AskedPlace,
  levers: readonly LeverInput[],
): Concerned {
  if (scope === 'workflow') return { stages: [...standing.stages], leaveId: leaveReleaseId };
  if (stageKeys !== null) {
    const unknown = stageKeys.find((key) => !standing.stages.some((stage) => stage.key === key));
    if (unknown !== undefined)
      return { code: 'NOT_FOUND', message: `This workflow has no stage ${unknown}`, field: 'stageKeys' };
    return { stages: standing.stages.filter(({ key }) => stageKeys.includes(key)), leaveId: leaveReleaseId };
  }
  const serving = servingIn(standing, standing.stages, segment);
  const leaving = levers.some(isLeaving) || leaveReleaseId !== null;
  const leaveId = leaving ? (leaveReleaseId ?? newestChange(standing, segment)?.releaseId ?? null) : null;
  const stages =
    leaveId === null ? serving.map(({ stage }) => stage) : servingOrLater(standing, serving, leaveId);
  if (stages.length > 0) return { stages, leaveId };
  return {
    code: 'NOTHING_TO_ROLL_BACK',
    message: serving.length === 0 ? 'Nothing is live' : 'No stage serves the release that is to be left',
  };
}
