import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareRuns,
  errorRate,
  metricMeets,
  poolAggregates,
  poolTotals,
} from '../../apps/api/src/modules/evals/evals.domain.js';
import {
  gateMetric,
  suiteDefinition,
  type RunAggregates,
} from '../../apps/api/src/modules/evals/evals.schema.js';

const run = (metrics: RunAggregates['metrics'], more: Partial<RunAggregates> = {}): RunAggregates => ({
  metrics,
  categories: {},
  expectedStatuses: {},
  failingSeverities: {},
  plugins: [],
  latencyP95Ms: null,
  latencySamples: 0,
  ...more,
});
const counts = (cases: number, passed: number) => ({
  cases,
  passed,
  failed: cases - passed,
  errored: 0,
  skipped: 0,
});
const metric = (more: object = {}) =>
  gateMetric.parse({ name: 'groundedness', threshold: 0.9, minSamples: 10, ...more });

describe('pooling of runs', () => {
  test('adds sums and counts, so that a small lucky run does not outweigh a large one', () => {
    const pooled = poolAggregates([run({ a: { sum: 5, count: 10 } }), run({ a: { sum: 2, count: 2 } })]);
    expect(pooled.metrics['a']).toEqual({ sum: 7, count: 12 });
  });

  test('keeps categories, statuses, severities and plugins of every attempt', () => {
    const pooled = poolAggregates([
      run(
        {},
        {
          categories: { success: counts(3, 2) },
          failingSeverities: { high: 1 },
          plugins: ['pii'],
          expectedStatuses: { ok: 1 },
        },
      ),
      run(
        {},
        {
          categories: { success: counts(1, 1), other: counts(1, 0) },
          failingSeverities: { high: 2 },
          plugins: ['bias', 'pii'],
          expectedStatuses: { ok: 2, no: 1 },
        },
      ),
    ]);
    expect(pooled.categories).toEqual({ success: counts(4, 3), other: counts(1, 0) });
    expect(pooled.failingSeverities).toEqual({ high: 3 });
    expect(pooled.plugins).toEqual(['bias', 'pii']);
    expect(pooled.expectedStatuses).toEqual({ ok: 3, no: 1 });
  });

  test('takes the slowest p95, and none where nothing was timed', () => {
    expect(poolAggregates([run({}), run({})]).latencyP95Ms).toBeNull();
    const timed = poolAggregates([
      run({}, { latencyP95Ms: 900, latencySamples: 5 }),
      run({}, { latencyP95Ms: 400, latencySamples: 95 }),
      run({}),
    ]);
    expect([timed.latencyP95Ms, timed.latencySamples]).toEqual([900, 100]);
  });

  test('does not depend on the order of the runs', () => {
    const anyRun = fc
      .record({ sum: fc.integer({ min: 0, max: 1000 }), count: fc.integer({ min: 1, max: 1000 }) })
      .map((a) => run({ a: { sum: a.sum / 10, count: a.count } }));
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 8 }), (runs) => {
        expect(poolAggregates([...runs].reverse())).toEqual(poolAggregates(runs));
      }),
    );
  });

  test('counts a set without cases as all errors', () => {
    expect(errorRate(poolTotals([]))).toBe(1);
    expect(errorRate(poolTotals([{ ...counts(4, 4) }, { ...counts(4, 2), failed: 0, errored: 2 }]))).toBe(
      0.25,
    );
  });
});

describe('a gate metric', () => {
  test('says what was measured and what is required', () => {
    const verdict = metricMeets(metric(), run({ groundedness: { sum: 112.8, count: 120 } }));
    expect(verdict).toMatchObject({
      meets: true,
      measuredText: 'groundedness 0.94 over 120 cases',
      requiredText: 'at least 0.90 over 10 cases',
    });
  });

  test('is met by ten times 0.9 at a threshold of 0.9, whatever floating point makes of the sum', () => {
    const sum = Array.from({ length: 10 }, () => 0.9).reduce((a, b) => a + b, 0);
    expect(sum).not.toBe(9);
    expect(metricMeets(metric(), run({ groundedness: { sum, count: 10 } })).meets).toBe(true);
  });

  test('is not met by too few cases, nor by none', () => {
    expect(metricMeets(metric(), run({ groundedness: { sum: 9, count: 9 } })).meets).toBe(false);
    const unmeasured = metricMeets(metric(), run({}));
    expect([unmeasured.meets, unmeasured.mean, unmeasured.measuredText]).toEqual([
      false,
      null,
      'groundedness was not measured',
    ]);
  });

  test('says why it is not met: the threshold, too few cases, or both', () => {
    const why = (sum: number, count: number) =>
      metricMeets(metric(), run({ groundedness: { sum, count } })).whyNot;
    expect([why(9.5, 10), why(8, 10), why(9, 9), why(1, 9)]).toEqual([
      ...[null, 'not at least 0.90', '9 of 10 cases', 'not at least 0.90; 9 of 10 cases'],
    ]);
    expect(metricMeets(metric(), run({})).whyNot).toBe('not measured');
    const few = metricMeets(metric(), run({ groundedness: { sum: 9, count: 9 } }));
    expect(few.measuredText).toBe('groundedness 1.00 over 9 cases, fewer than 10');
  });

  test('shows enough digits to tell a near miss from a hit', () => {
    const verdict = metricMeets(
      metric({ minSamples: 1 }),
      run({ groundedness: { sum: 899.8, count: 1000 } }),
    );
    expect([verdict.meets, verdict.measuredText]).toEqual([false, 'groundedness 0.8998 over 1000 cases']);
  });

  test('may be one that has to stay low', () => {
    const low = metric({ comparator: 'lte', threshold: 0.1, greaterIsBetter: false, minSamples: 1 });
    expect(metricMeets(low, run({ groundedness: { sum: 0.1, count: 1 } })).meets).toBe(true);
    expect(metricMeets(low, run({ groundedness: { sum: 0.2, count: 1 } })).meets).toBe(false);
  });

  test('whose direction contradicts its comparator is refused when the suite is written', () => {
    expect(gateMetric.safeParse({ name: 'toxicity', comparator: 'lte', threshold: 0.1 }).success).toBe(false);
  });

  test('named constructor or __proto__ is not measured by accident', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(metricMeets(metric({ name }), run({})).mean).toBeNull();
    }
  });
});

describe('comparison with the baseline', () => {
  const suite = suiteDefinition.parse({
    metrics: [
      { name: 'better', threshold: 0.5 },
      { name: 'slightly_worse', threshold: 0.5, tolerance: 0.05 },
      { name: 'worse', threshold: 0.5, tolerance: 0.05 },
      { name: 'gone', threshold: 0.5 },
      { name: 'toxicity', threshold: 0.5, comparator: 'lte', greaterIsBetter: false },
    ],
  });
  const means = (all: Record<string, number>) =>
    run(Object.fromEntries(Object.entries(all).map(([name, mean]) => [name, { sum: mean * 10, count: 10 }])));
  const baseline = means({ better: 0.7, slightly_worse: 0.7, worse: 0.7, gone: 0.7, toxicity: 0.1 });

  test('puts regressions first: what is no longer measured, then the largest loss', () => {
    const candidate = means({ better: 0.8, slightly_worse: 0.66, worse: 0.6, toxicity: 0.3 });
    const compared = compareRuns(suite, candidate, baseline);
    expect(compared.map((one) => [one.metric, one.regression])).toEqual([
      ['gone', true],
      ['toxicity', true],
      ['worse', true],
      ['slightly_worse', false],
      ['better', false],
    ]);
    expect(compared.find((one) => one.metric === 'worse')?.delta).toBe(-0.1);
  });

  test('puts what does not meet its gate before what does, although nothing got worse', () => {
    const few = { metrics: [metric({ name: 'a' }), metric({ name: 'b', minSamples: 11 })] };
    const same = means({ a: 0.95, b: 0.95 });
    expect(compareRuns(few, same, same).map(({ metric: name, whyNot }) => [name, whyNot])).toEqual([
      ['b', '10 of 11 cases'],
      ['a', null],
    ]);
    expect(compareRuns(few, null, null).map(({ whyNot }) => whyNot)).toEqual([
      'not measured',
      'not measured',
    ]);
  });

  test('a loss of exactly the tolerance is no regression', () => {
    const [first] = compareRuns(
      { metrics: [metric({ tolerance: 0.1 })] },
      means({ groundedness: 0.6 }),
      means({ groundedness: 0.7 }),
    );
    expect(first?.regression).toBe(false);
  });

  test('without a baseline nothing is a regression', () => {
    expect(compareRuns(suite, means({ better: 0.1 }), null).some((one) => one.regression)).toBe(false);
  });
});
