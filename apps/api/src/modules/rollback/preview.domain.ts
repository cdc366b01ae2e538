import { overruledBy } from './applied-order.domain.js';
import { effectiveRelease, outcomeIn, type Outcome } from './effective.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import { replacementOf, standingAfter } from './standing-after.domain.js';
import type { AppliedLever, OpenOverlay, Standing, StandingStage } from './standing.domain.js';

export interface StageChange {
  readonly stageKey: string;
  /** What is served now; what it leaves is what it holds, whether that is served or not. */
  readonly before: Outcome;
  readonly leavesReleaseId: string | null;
  readonly leavesAlias: string | null;
  readonly getsReleaseId: string | null;
  readonly getsAlias: string | null;
  readonly getsDigest: string | null;
  readonly outcome: Outcome;
}

export function stageChange(standing: Standing, plan: RollbackPlan, stage: StandingStage): StageChange {
  const { segment } = plan.asked;
  const after = standingAfter(standing, plan);
  const stageAfter = after.stages.find(({ key }) => key === stage.key) ?? stage;
  const releaseId = effectiveRelease(standing, stage, segment);
  const serves = releaseId === null ? undefined : standing.releases.get(releaseId);
  const leaves = plan.left.some((left) => left.stage.key === stage.key);
  const outcome = outcomeIn(after, stageAfter, segment);
  const gets = outcome !== 'release' ? null : leaves ? replacementOf(plan, standing) : (serves ?? null);
  const gone = leaves || outcome === 'disabled' || outcome === 'fallback';
  return {
    ...{ stageKey: stage.key, before: outcomeIn(standing, stage, segment) },
    leavesReleaseId: gone ? (serves?.id ?? null) : null,
    leavesAlias: gone ? (serves?.alias ?? null) : null,
    ...{ getsReleaseId: gets?.id ?? null, getsAlias: gets?.alias ?? null, getsDigest: gets?.digest ?? null },
    outcome,
  };
}

/** A stage in which a plan changes nothing for anybody whom it is about, and what comes first there. */
export interface OverruledStage {
  readonly stage: StandingStage;
  readonly by: readonly OpenOverlay[];
}

/** The stages in which overlays that go on come before all that a plan does. */
export function overruledStages(standing: Standing, plan: RollbackPlan): OverruledStage[] {
  const { overlays } = standingAfter(standing, plan);
  const older = overlays.filter((one) => !one.isDrill && standing.overlays.includes(one));
  return plan.stages.flatMap((stage) => {
    const leaves = plan.left.some((left) => left.stage.key === stage.key);
    const serve: AppliedLever[] = leaves ? [{ kind: 'serve', releaseId: '' }] : [];
    const levers = [...plan.levers, ...serve];
    if (levers.length === 0) return [];
    const { segment } = plan.asked;
    const asked = { id: '', stageKey: stage.key, segment, levers, from: latestFrom(older) };
    const by = overruledBy(asked, older);
    return by.length > 0 ? [{ stage, by }] : [];
  });
}

const latestFrom = (overlays: readonly OpenOverlay[]) =>
  new Date(Math.max(0, ...overlays.map(({ from }) => from.getTime())) + 1);

export interface NotRolled {
  readonly what: string;
  readonly why: string;
}

/** What stays as it is. Said before anybody presses, so that nobody is surprised at night. */
export function notRolledBack(standing: Standing, plan: RollbackPlan): NotRolled[] {
  const { asked, stages } = plan;
  const others = standing.stages.filter(
    (stage) => !stages.includes(stage) && outcomeIn(standing, stage) === 'release',
  );
  const alias = (stage: StandingStage) =>
    standing.releases.get(effectiveRelease(standing, stage) ?? '')?.alias ?? 'what it serves';
  const writes = stages.some(
    (stage) => standing.releases.get(effectiveRelease(standing, stage, asked.segment) ?? '')?.writes,
  );
  return [
    ...others.map((stage) => ({
      what: stage.name,
      why: `It is not in scope and goes on with ${alias(stage)}`,
    })),
    ...(asked.segment.length > 0
      ? [{ what: 'Everybody outside the segment', why: 'They go on as now' }]
      : []),
    { what: 'Requests under way', why: 'They end with the release that they began with' },
    ...(writes ? [{ what: 'What tools have written', why: 'Data is not taken back' }] : []),
    { what: 'Other environments', why: 'Only production has stages' },
  ];
}

/** Instances that do not report: nobody can tell when they hear of it. */
export function silentOnes(count: number): NotRolled[] {
  if (count === 0) return [];
  if (count === 1)
    return [{ what: '1 silent instance', why: 'It serves what it last had until it reports again' }];
  const what = `${String(count)} silent instances`;
  return [{ what, why: 'They serve what they last had until they report again' }];
}
