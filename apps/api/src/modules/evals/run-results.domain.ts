import { metricMean, metricMeets, noTotals } from './evals.domain.js';
import type { RunAggregates, SuiteDefinition } from './evals.schema.js';

export interface MetricResult {
  name: string;
  /** null where no case had a score */
  mean: number | null;
  count: number;
  /** Whether the suite gates on it; what follows is null where it does not. */
  gate: boolean;
  threshold: number | null;
  greaterIsBetter: boolean | null;
  meets: boolean | null;
  whyNot: string | null;
  minSamples: number | null;
}

/** Gate metrics in the order of the suite, measured or not, then what else was measured. */
export const metricResults = (suite: SuiteDefinition, run: RunAggregates): MetricResult[] => {
  const gates = suite.metrics.map((metric) => {
    const { mean, count, meets, whyNot } = metricMeets(metric, run);
    const { name, threshold, greaterIsBetter, minSamples } = metric;
    return { name, mean, count, gate: true, threshold, greaterIsBetter, meets, whyNot, minSamples };
  });
  const named = new Set(gates.map((gate) => gate.name));
  const others = Object.entries(run.metrics).flatMap(([name, { count }]) =>
    named.has(name)
      ? []
      : [
          {
            ...{ name, mean: metricMean(name, run), count, gate: false },
            ...{ threshold: null, greaterIsBetter: null, meets: null, whyNot: null, minSamples: null },
          },
        ],
  );
  return [...gates, ...others];
};

export interface CategoryCount {
  category: string;
  cases: number;
  passed: number;
  /** Least number of cases that the suite asks for; null where it asks for none. */
  required: number | null;
}

/** Categories that the suite requires, then the others, each by name. */
export const categoryCounts = (suite: SuiteDefinition, run: RunAggregates): CategoryCount[] => {
  const counted = (category: string) =>
    (Object.hasOwn(run.categories, category) ? run.categories[category] : undefined) ?? noTotals;
  const required = Object.entries(suite.minCasesPerCategory).sort(([a], [b]) => (a < b ? -1 : 1));
  const others = Object.keys(run.categories).filter(
    (name) => !Object.hasOwn(suite.minCasesPerCategory, name),
  );
  return [...required, ...others.sort().map((name) => [name, null] as const)].map(([category, least]) => {
    const { cases, passed } = counted(category);
    return { category, cases, passed, required: least };
  });
};
