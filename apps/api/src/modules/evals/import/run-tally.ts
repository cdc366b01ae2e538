import { noTotals, type RunTotals } from '../evals.domain.js';
import type { RunAggregates, RunKind } from '../evals.schema.js';
import { tooLarge, type FilePath } from './file-refusal.js';
import type { CaseOutcome, MeasuredCase } from './imported-run.js';
import { LatencyPercentile } from './latency-percentile.js';

const totalOf = {
  pass: 'passed',
  fail: 'failed',
  error: 'errored',
  skip: 'skipped',
} as const satisfies Record<CaseOutcome, keyof RunTotals>;
const tidy = (value: number): number => Math.round(value * 1e9) / 1e9;

/** What a run adds up to, case by case, in memory that does not grow with the cases. */
export class RunTally {
  readonly totals: RunTotals = { ...noTotals };
  tokensIn: number | null = null;
  tokensOut: number | null = null;
  private cost: number | null = null;
  private unrated = 0;
  private readonly metrics = new Map<string, { sum: number; count: number }>();
  private readonly categories = new Map<string, RunTotals>();
  private readonly statuses = new Map<string, number>();
  private readonly severities = new Map<string, number>();
  private readonly plugins = new Set<string>();
  private readonly latency = new LatencyPercentile();

  constructor(private readonly maxNames: number) {}

  get attacks(): boolean {
    return this.plugins.size > 0;
  }

  get costUsd(): number | null {
    return this.cost === null ? null : Math.round(this.cost * 1e6) / 1e6;
  }

  /** @throws Refusal FILE_TOO_LARGE when the run has too many names of one kind */
  add(one: MeasuredCase, place: FilePath): void {
    count(this.totals, one.outcome);
    if (one.category !== null)
      count(
        entry(this.categories, one.category, () => ({ ...noTotals })),
        one.outcome,
      );
    // An error measured nothing: what it would add is not a score of zero but no score.
    if (one.outcome === 'pass' || one.outcome === 'fail') this.addScores(one);
    if (one.outcome === 'pass' && one.expectedStatus !== null) increment(this.statuses, one.expectedStatus);
    if (one.outcome === 'fail' && one.severity !== null) increment(this.severities, one.severity);
    if (one.outcome === 'fail' && one.severity === null) this.unrated += 1;
    if (one.pluginId !== null) this.plugins.add(one.pluginId);
    if (one.latencyMs !== null) this.latency.add(one.latencyMs);
    if (one.tokensIn !== null) this.tokensIn = (this.tokensIn ?? 0) + one.tokensIn;
    if (one.tokensOut !== null) this.tokensOut = (this.tokensOut ?? 0) + one.tokensOut;
    if (one.costUsd !== null) this.cost = (this.cost ?? 0) + one.costUsd;
    for (const [what, names] of Object.entries({
      metrics: this.metrics,
      categories: this.categories,
      'expected statuses': this.statuses,
      plugins: this.plugins,
    }))
      if (names.size > this.maxNames)
        throw tooLarge(`More than ${String(this.maxNames)} ${what} in one run`, place);
  }

  /** A failed attack of unknown severity is kept as `unknown`: it must not look like none. */
  aggregates(kind: RunKind): RunAggregates {
    const failing = new Map(this.severities);
    if (kind === 'redteam' && this.unrated > 0) failing.set('unknown', this.unrated);
    return {
      metrics: sorted(this.metrics, ({ sum, count: cases }) => ({ sum: tidy(sum), count: cases })),
      categories: sorted(this.categories, (totals) => ({ ...totals })),
      expectedStatuses: sorted(this.statuses, (n) => n),
      failingSeverities: sorted(failing, (n) => n),
      plugins: [...this.plugins].sort(),
      latencyP95Ms: this.latency.at(0.95),
      latencySamples: this.latency.count,
    };
  }

  private addScores(one: MeasuredCase): void {
    for (const { name, score } of one.metrics) {
      const sums = entry(this.metrics, name, () => ({ sum: 0, count: 0 }));
      sums.sum += score;
      sums.count += 1;
    }
  }
}

const count = (totals: RunTotals, outcome: CaseOutcome): void => {
  totals.cases += 1;
  totals[totalOf[outcome]] += 1;
};

const entry = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
};

const increment = (map: Map<string, number>, key: string): void => {
  map.set(key, (map.get(key) ?? 0) + 1);
};

const sorted = <T, U>(map: Map<string, T>, value: (one: T) => U): Record<string, U> =>
  Object.fromEntries(
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, value(one)] as const),
  );
