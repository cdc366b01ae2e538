import type { GateMetric, RunAggregates, SuiteDefinition } from './evals.schema.js';

export interface RunTotals {
  cases: number;
  passed: number;
  failed: number;
  errored: number;
  skipped: number;
}

/** Scores are sums of decimal fractions: without this, ten times 0.9 would miss a threshold of 0.9. */
const tidy = (value: number): number => Math.round(value * 1e9) / 1e9;

const merged = <T>(all: Record<string, T>[], add: (a: T, b: T) => T): Record<string, T> => {
  const sums = new Map<string, T>();
  for (const one of all)
    for (const [key, value] of Object.entries(one)) {
      const before = sums.get(key);
      sums.set(key, before === undefined ? value : add(before, value));
    }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
};
const plus = (a: number, b: number): number => a + b;

export const addTotals = (a: RunTotals, b: RunTotals): RunTotals => ({
  cases: a.cases + b.cases,
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  errored: a.errored + b.errored,
  skipped: a.skipped + b.skipped,
});

export const noTotals: RunTotals = { cases: 0, passed: 0, failed: 0, errored: 0, skipped: 0 };

export const poolTotals = (runs: readonly RunTotals[]): RunTotals => runs.reduce(addTotals, noTotals);

/** Errors per case, 0–1; 1 where there are no cases, because nothing unknown passes. */
export const errorRate = (totals: RunTotals): number =>
  totals.cases === 0 ? 1 : tidy(totals.errored / totals.cases);

/**
 * All runs as if they were one. Percentiles cannot be added: the slowest run's p95 is taken, which the
 * p95 of all cases together never exceeds.
 */
export const poolAggregates = (runs: readonly RunAggregates[]): RunAggregates => {
  const p95s = runs.flatMap((run) => (run.latencyP95Ms === null ? [] : [run.latencyP95Ms]));
  return {
    metrics: merged(
      runs.map((run) => run.metrics),
      (a, b) => ({ sum: tidy(a.sum + b.sum), count: a.count + b.count }),
    ),
    categories: merged(
      runs.map((run) => run.categories),
      addTotals,
    ),
    expectedStatuses: merged(
      runs.map((run) => run.expectedStatuses),
      plus,
    ),
    failingSeverities: merged(
      runs.map((run) => run.failingSeverities),
      plus,
    ),
    plugins: [...new Set(runs.flatMap((run) => run.plugins))].sort(),
    latencyP95Ms: p95s.length === 0 ? null : Math.max(...p95s),
    latencySamples: runs.reduce((sum, run) => sum + run.latencySamples, 0),
  };
};

/** Mean score of a metric; null where no case had one. */
export const metricMean = (name: string, pooled: RunAggregates): number | null => {
  const found = Object.hasOwn(pooled.metrics, name) ? pooled.metrics[name] : undefined;
  return found === undefined || found.count === 0 ? null : tidy(found.sum / found.count);
};

const compare = {
  gte: { holds: (a: number, b: number) => a >= b, words: 'at least' },
  gt: { holds: (a: number, b: number) => a > b, words: 'more than' },
  lte: { holds: (a: number, b: number) => a <= b, words: 'at most' },
  lt: { holds: (a: number, b: number) => a < b, words: 'less than' },
};

/** Two decimals, more where two would hide on which side of the limit a value lies. */
const inWords = (value: number, limit: number): string => {
  for (const digits of [2, 3, 4, 6]) {
    const text = value.toFixed(digits);
    if (Math.sign(Number(text) - limit) === Math.sign(value - limit)) return text;
  }
  return String(value);
};
const cases = (count: number): string => `${String(count)} ${count === 1 ? 'case' : 'cases'}`;

export interface MetricVerdict {
  meets: boolean;
  mean: number | null;
  count: number;
  /** Why it is not met: "not at least 0.90", "9 of 10 cases". Null: it is met. */
  whyNot: string | null;
  /** "groundedness 0.94 over 120 cases" */
  measuredText: string;
  /** "at least 0.90 over 100 cases" */
  requiredText: string;
}

/** Whether the pooled runs meet one gate metric. Too few cases never meet it. */
export const metricMeets = (metric: GateMetric, pooled: RunAggregates): MetricVerdict => {
  const mean = metricMean(metric.name, pooled);
  const count = mean === null ? 0 : (pooled.metrics[metric.name]?.count ?? 0);
  const { holds, words } = compare[metric.comparator];
  const { threshold: limit, minSamples } = metric;
  const tooFew = count < minSamples;
  const reasons =
    mean === null
      ? ['not measured']
      : [
          ...(holds(mean, tidy(limit)) ? [] : [`not ${words} ${inWords(limit, limit)}`]),
          ...(tooFew ? [`${String(count)} of ${cases(minSamples)}`] : []),
        ];
  return {
    meets: reasons.length === 0,
    mean,
    count,
    whyNot: reasons.length === 0 ? null : reasons.join('; '),
    measuredText:
      mean === null
        ? `${metric.name} was not measured`
        : `${metric.name} ${inWords(mean, limit)} over ${cases(count)}${tooFew ? `, fewer than ${String(minSamples)}` : ''}`,
    requiredText: `${words} ${inWords(limit, limit)} over ${cases(metric.minSamples)}`,
  };
};

export interface MetricComparison {
  metric: string;
  candidate: number | null;
  baseline: number | null;
  /** candidate − baseline; null where one of them was not measured */
  delta: number | null;
  threshold: number;
  /** The least cases that count */
  minSamples: number;
  /** Cases of the candidate with a score */
  cases: number;
  /** Why the candidate does not meet the gate, whatever the baseline is; null: it does. */
  whyNot: string | null;
  tolerance: number;
  greaterIsBetter: boolean;
  /** Worse than the baseline by more than the tolerance, or no longer measured. */
  regression: boolean;
}

const nothingMeasured = poolAggregates([]);

const comparison = (
  metric: GateMetric,
  candidate: RunAggregates | null,
  baseline: RunAggregates | null,
): MetricComparison => {
  const verdict = metricMeets(metric, candidate ?? nothingMeasured);
  const now = verdict.mean;
  const then = baseline && metricMean(metric.name, baseline);
  const delta = now === null || then === null ? null : tidy(now - then);
  const { threshold, minSamples, tolerance, greaterIsBetter } = metric;
  const gain = delta === null ? null : greaterIsBetter ? delta : -delta;
  const regression = then !== null && (gain === null || gain < -tolerance);
  return {
    metric: metric.name,
    candidate: now,
    baseline: then,
    delta,
    ...{ threshold, minSamples, cases: verdict.count, whyNot: verdict.whyNot },
    tolerance,
    greaterIsBetter,
    regression,
  };
};

/** What a reader is to see first: what got worse, then what does not meet its gate. */
export const byGravity = (a: MetricComparison, b: MetricComparison): number =>
  Number(b.regression) - Number(a.regression) || Number(b.whyNot !== null) - Number(a.whyNot !== null);

/** How bad, for sorting: an unmeasured regression first, then the larger loss. */
const loss = (one: MetricComparison): number =>
  one.delta === null ? (one.regression ? Infinity : -Infinity) : one.greaterIsBetter ? -one.delta : one.delta;

/** Candidate against baseline for every gate metric of the suite: the gravest first, of two alike the larger loss. */
export const compareRuns = (
  suite: Pick<SuiteDefinition, 'metrics'>,
  candidate: RunAggregates | null,
  baseline: RunAggregates | null,
): MetricComparison[] =>
  suite.metrics
    .map((metric) => comparison(metric, candidate, baseline))
    .sort((a, b) => {
      const graver = byGravity(a, b);
      if (graver !== 0) return graver;
      const [lossA, lossB] = [loss(a), loss(b)];
      return lossA === lossB ? (a.metric < b.metric ? -1 : 1) : lossB > lossA ? 1 : -1;
    });
