import { poolAggregates } from '../evals/evals.domain.js';
import type { RunAggregates } from '../evals/evals.schema.js';
import type { ReviewFacts } from '../promotion/review.domain.js';
import { componentDigests, type ReleaseBundle } from '../release/release.domain.js';
import type { LineageNode } from '../release/lineage.domain.js';
import type { ToolsComponent, CoreComponent } from '../workflow/contract.schema.js';
import { computeTier, effectiveTier } from '../workflow/risk.domain.js';
import type { RiskTier } from '../workflow/risk.schema.js';
import type {
  AnswerFact,
  BaselineFact,
  ComponentFact,
  DrillFact,
  Facts,
  IntervalFact,
  OperatingFact,
  PromotionFact,
  ReleaseFact,
  RunFact,
  StageFact,
  SuiteFact,
  WaiverFact,
} from './readiness.facts.js';

/** JSON as the statement gives it: dates are texts still. */
type Row<T> = {
  [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};

interface RawComponent {
  id: string;
  number: number;
  digest: string;
  createdAt: string;
  content: unknown;
}

export interface FactsRow extends Pick<
  Facts,
  'workflowId' | 'steps' | 'rollbackTarget' | 'firstRelease' | 'holds' | 'quarantined'
> {
  drill: Row<DrillFact> | null;
  evaluatedAt: string;
  checklistVersion: number;
  raisedTier: RiskTier | null;
  stageKey: string;
  release: Omit<Row<ReleaseFact>, 'digests'> & { bundle: ReleaseBundle };
  core: RawComponent;
  output: RawComponent;
  retrieval: RawComponent | null;
  tools: RawComponent | null;
  budgets: RawComponent | null;
  operating: Row<OperatingFact> | null;
  suites: readonly (Omit<SuiteFact, 'baseline' | 'runs'> & {
    runs: Row<RunFact>[];
    baseline: RunAggregates[] | null;
  })[];
  stages: readonly (Omit<StageFact, 'occupantId' | 'intervals'> & { intervals: Row<IntervalFact>[] })[];
  baseline: (Omit<BaselineFact, 'digests'> & { bundle: ReleaseBundle }) | null;
  lineage: readonly LineageNode[] | null;
  promotion:
    | (Pick<PromotionFact, 'id' | 'kind' | 'incidentId' | 'requesterIds'> & {
        reviews: Row<ReviewFacts>[] | null;
        authorIds: string[] | null;
      })
    | null;
  soakParents: Facts['soakParents'] | null;
  answers: Row<AnswerFact>[];
  organisationAnswers: Row<AnswerFact>[];
  waivers: Row<WaiverFact>[];
}

const dated = <T extends { createdAt: string }>(row: T): Omit<T, 'createdAt'> & { createdAt: Date } => ({
  ...row,
  createdAt: new Date(row.createdAt),
});

/** Contents were parsed by their schema before they were stored, and are immutable. */
const componentOf = <T>(row: RawComponent | null): ComponentFact<T> | null =>
  row ? { ...dated(row), content: row.content as T } : null;
const componentThere = <T>(row: RawComponent): ComponentFact<T> => ({
  ...dated(row),
  content: row.content as T,
});

function stageOf(row: FactsRow['stages'][number]): StageFact {
  const intervals = row.intervals.map(({ releaseId, from, to }): IntervalFact => ({
    releaseId,
    from: new Date(from),
    to: to === null ? null : new Date(to),
  }));
  const current = intervals[0];
  return { ...row, intervals, occupantId: current?.to === null ? current.releaseId : null };
}

const suiteOf = (row: FactsRow['suites'][number]): SuiteFact => ({
  ...row,
  runs: row.runs.map(dated),
  baseline: row.baseline ? poolAggregates(row.baseline) : null,
});

/** Null where the workflow has no such stage in force at the instant. */
export function factsOf(row: FactsRow): Facts | null {
  const stages = row.stages.map(stageOf);
  const stage = stages.find((one) => one.key === row.stageKey);
  if (!stage) return null;
  const core = componentThere<CoreComponent>(row.core);
  const tools = componentOf<ToolsComponent>(row.tools);
  const computed = computeTier(core.content, tools?.content ?? null);
  const { bundle, ...release } = row.release;
  const { promotion, baseline } = row;
  return {
    ...{ evaluatedAt: new Date(row.evaluatedAt), workflowId: row.workflowId },
    ...{ tier: effectiveTier(computed.tier, row.raisedTier), tierReasons: computed.reasons },
    release: { ...dated(release), digests: componentDigests(bundle) },
    ...{
      core,
      output: componentThere(row.output),
      retrieval: componentOf(row.retrieval),
      tools,
      budgets: componentOf(row.budgets),
    },
    steps: row.steps,
    operating: row.operating && dated(row.operating),
    suites: row.suites.map(suiteOf),
    ...{ stages, stage, previous: stages.filter((one) => one.position < stage.position).at(-1) ?? null },
    baseline: baseline && {
      ...{ id: baseline.id, number: baseline.number, alias: baseline.alias, changed: baseline.changed },
      digests: componentDigests(baseline.bundle),
    },
    ...{ rollbackTarget: row.rollbackTarget, firstRelease: row.firstRelease },
    ...{ holds: row.holds, quarantined: row.quarantined },
    drill: row.drill && { ...row.drill, at: new Date(row.drill.at) },
    promotion: promotion && {
      ...{ id: promotion.id, kind: promotion.kind, incidentId: promotion.incidentId ?? null },
      ...{ requesterIds: promotion.requesterIds },
      ...{ reviews: (promotion.reviews ?? []).map(dated), authorIds: promotion.authorIds ?? [] },
    },
    soakParents: row.soakParents ?? [],
    lineage: row.lineage ?? [],
    ...{ answers: row.answers.map(dated), organisationAnswers: row.organisationAnswers.map(dated) },
    waivers: row.waivers.map((waiver) => ({ ...dated(waiver), expiresAt: new Date(waiver.expiresAt) })),
  };
}
