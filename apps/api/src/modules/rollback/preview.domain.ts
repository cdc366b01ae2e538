import { effectiveRelease, outcomeIn } from './effective.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { Standing, StandingStage } from './standing.domain.js';

export interface StageChange {
  readonly stageKey: string;
  readonly leavesReleaseId: string | null;
  readonly leavesAlias: string | null;
  readonly getsReleaseId: string | null;
  readonly getsAlias: string | null;
  readonly getsDigest: string | null;
  readonly outcome: 'release' | 'disabled' | 'fallback' | 'failure';
}

type Gets = { id: string | null; alias: string | null; digest: string } | null;

/** What is served instead; of a derived release that is yet to be made, its digest alone. */
export function replacementOf({ replacement }: RollbackPlan, standing: Standing): Gets {
  if (!replacement) return null;
  if ('release' in replacement) return replacement.release;
  const { digest } = replacement.derived;
  const same = [...standing.releases.values()].find((release) => release.digest === digest);
  return { id: same?.id ?? null, alias: same?.alias ?? null, digest };
}

export function stageChange(standing: Standing, plan: RollbackPlan, stage: StandingStage): StageChange {
  const { segment } = plan.asked;
  const now = outcomeIn(standing, stage, segment);
  const releaseId = effectiveRelease(standing, stage, segment);
  const serves = releaseId === null ? undefined : standing.releases.get(releaseId);
  const leaves = plan.left.some((left) => left.stage.key === stage.key);
  const gets: Gets = leaves ? replacementOf(plan, standing) : (serves ?? null);
  const kinds = plan.levers.map(({ kind }) => kind);
  const ended =
    kinds.includes('disable') || (now === 'disabled' && !kinds.includes('fallback'))
      ? 'disabled'
      : kinds.includes('fallback') || now === 'fallback'
        ? 'fallback'
        : null;
  const outcome = ended ?? (gets && (leaves || now === 'release') ? 'release' : 'failure');
  const gone = leaves || ended !== null;
  return {
    stageKey: stage.key,
    leavesReleaseId: gone ? (serves?.id ?? null) : null,
    leavesAlias: gone ? (serves?.alias ?? null) : null,
    getsReleaseId: outcome === 'release' ? (gets?.id ?? null) : null,
    getsAlias: outcome === 'release' ? (gets?.alias ?? null) : null,
    getsDigest: outcome === 'release' ? (gets?.digest ?? null) : null,
    outcome,
  };
}

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
