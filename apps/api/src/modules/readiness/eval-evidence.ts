import {
  metricMeets,
  poolAggregates,
  poolTotals,
  type MetricVerdict,
  type RunTotals,
} from '../evals/evals.domain.js';
import type { GateMetric, RunAggregates } from '../evals/evals.schema.js';
import type { RunFact, SuiteFact } from './readiness.facts.js';
import type { EvidenceRef } from './readiness-result.domain.js';
import { counted } from './rule.js';

/** All regular runs of one suite version for one release, as if they were one. */
export interface PooledSuite {
  suite: SuiteFact;
  /** Completed ones: these are pooled. */
  runs: readonly RunFact[];
  /** All of them, abandoned ones included. */
  attempts: number;
  totals: RunTotals;
  aggregates: RunAggregates;
  newest: Date | null;
}

const pooledByRuns = new WeakMap<readonly RunFact[], PooledSuite>();

/** Pooling costs more than reading; several checks ask for the same runs of the same facts. */
export function pooled(suite: SuiteFact): PooledSuite {
  const known = pooledByRuns.get(suite.runs);
  if (known) return known;
  const regular = suite.runs.filter((run) => run.kind === 'regular');
  const runs = regular.filter((run) => run.status === 'completed');
  const result = {
    suite,
    runs,
    attempts: regular.length,
    totals: poolTotals(runs),
    aggregates: poolAggregates(runs.map((run) => run.aggregates)),
    newest: newestOf(runs),
  };
  pooledByRuns.set(suite.runs, result);
  return result;
}

export const newestOf = (runs: readonly RunFact[]): Date | null =>
  runs.reduce<Date | null>(
    (newest, run) => (newest && newest >= run.createdAt ? newest : run.createdAt),
    null,
  );

/** Suites that gate releases: all but those used for red teaming only. */
export const gatingSuites = (suites: readonly SuiteFact[]): readonly PooledSuite[] =>
  suites.filter((suite) => !suite.redteamOnly).map(pooled);

export interface NamedVerdict extends MetricVerdict {
  name: string;
  metric: GateMetric;
  pool: PooledSuite;
}

/** The gate metrics of this name in all suites, each judged on its pooled runs. */
export const verdictsOn = (name: string, suites: readonly SuiteFact[]): NamedVerdict[] =>
  gatingSuites(suites).flatMap((pool) =>
    pool.suite.definition.metrics
      .filter((metric) => metric.name === name)
      .map((metric) => ({ name, metric, pool, ...metricMeets(metric, pool.aggregates) })),
  );

const latestFirst = (runs: readonly RunFact[]) =>
  [...runs].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));

/** The newest few of the runs a result rests on, so that a result stays small. */
export const runRefs = (workflowId: string, runs: readonly RunFact[]): EvidenceRef[] =>
  latestFirst(runs)
    .slice(0, 5)
    .map((run) => ({
      kind: 'eval_run',
      label: `${run.label === '' ? 'Run' : run.label}: ${counted(run.passed, 'pass', 'passes')}, ${counted(run.failed, 'failure')}, ${counted(run.errored, 'error')}`,
      href: `/workflows/${workflowId}/evals?run=${run.id}`,
    }));

export const suiteName = ({ key, version }: SuiteFact): string => `${key} v${String(version)}`;

/** What a result over runs shows: the runs, and the time of the newest. */
export function seenIn(
  workflowId: string,
  runs: readonly RunFact[],
): { evidence: EvidenceRef[]; evaluatedFrom?: Date } {
  const newest = newestOf(runs);
  return { evidence: runRefs(workflowId, runs), ...(newest ? { evaluatedFrom: newest } : {}) };
}
