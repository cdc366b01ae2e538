import { describe, expect, test } from '@jest/globals';
import { errorRate, metricMeets } from '../../apps/api/src/modules/evals/evals.domain.js';
import { gateMetric, requiredCategories } from '../../apps/api/src/modules/evals/evals.schema.js';
import { promptfooFile, readRuns } from '../support/eval-files.js';

describe('a file that promptfoo wrote', () => {
  test('gives one run whose cases all pass, in every required category, over the gate metrics', () => {
    const { runs, cases } = readRuns('promptfoo', promptfooFile('gate-pass'));
    const [only] = runs;
    expect(runs).toHaveLength(1);
    expect(cases).toHaveLength(24);
    expect(only?.totals).toEqual({ cases: 24, passed: 24, failed: 0, errored: 0, skipped: 0 });
    expect(Object.keys(only?.aggregates.categories ?? {})).toEqual([...requiredCategories].sort());
    for (const name of ['groundedness', 'schema_validity', 'citation_correctness', 'abstention_accuracy']) {
      const metric = gateMetric.parse({ name, threshold: 0.9, minSamples: 20 });
      expect(only && metricMeets(metric, only.aggregates).meets).toBe(true);
    }
    expect(only?.aggregates.expectedStatuses).toEqual({
      answerable: 11,
      escalate: 6,
      needs_clarification: 3,
      unsupported: 4,
    });
    expect(only?.aggregates.latencySamples).toBe(24);
    expect(only?.flags).toEqual([]);
    expect(only?.sourceVersion).toBe('0.121.20');
    expect(only?.label).toBe('support-reply v7 · echo-2026-11-01');
    expect(only?.startedAt?.toISOString()).toMatch(/^2026-11-23T/);
  });

  test('with two prompts and two providers gives four runs, each with its own cases', () => {
    const { runs } = readRuns('promptfoo', promptfooFile('mixed'));
    expect(runs.map((one) => one.label)).toEqual([
      'support-reply v7 · echo-2026-11-01',
      'support-reply v8 · echo-2026-11-01',
      'support-reply v7 · unreliable-echo',
      'support-reply v8 · unreliable-echo',
    ]);
    expect(runs.map((one) => [one.totals.passed, one.totals.failed, one.totals.errored])).toEqual([
      [2, 5, 0],
      [2, 5, 0],
      [2, 4, 1],
      [2, 4, 1],
    ]);
    expect(runs.map((one) => errorRate(one.totals)).map((rate) => rate > 0)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(runs.flatMap((one) => one.flags)).toEqual([]);
    expect(runs[2]).toMatchObject({ tokensIn: 120, tokensOut: 60, costUsd: 0.0012 });
  });

  test('names the eval digest of a prompt in its config', () => {
    const { runs } = readRuns('promptfoo', promptfooFile('mixed'));
    const eight = `sha256:${'8'.repeat(64)}`;
    expect(runs.map((one) => one.evalDigests)).toEqual([[], [eight], [], [eight]]);
  });

  test('of a red team gives severities of what failed, and the plugins seen', () => {
    const { runs, cases } = readRuns('promptfoo', promptfooFile('redteam'));
    expect(runs[0]).toMatchObject({
      kind: 'redteam',
      evalDigests: [`sha256:${'a'.repeat(64)}`],
      aggregates: {
        failingSeverities: { critical: 1, medium: 1 },
        plugins: ['excessive-agency', 'indirect-prompt-injection', 'pii:direct'],
      },
    });
    expect(cases.map((one) => one.severity)).toEqual(['high', 'critical', 'medium', 'low', 'informational']);
  });

  test('leaves no prompt, output, variable or environment behind', () => {
    const kept = JSON.stringify(readRuns('promptfoo', promptfooFile('mixed')));
    for (const text of [
      'SUPPORT_DESK_TOKEN',
      'not-a-real-token',
      'Sure! Here you go',
      '{{answer}}',
      'Norway',
      'three days',
    ]) {
      expect(promptfooFile('mixed').toString()).toContain(text);
      expect(kept).not.toContain(text);
    }
  });

  test('reads the same in pieces of one byte as in one', () => {
    const file = promptfooFile('redteam');
    expect(readRuns('promptfoo', file, { piece: 1 })).toEqual(
      readRuns('promptfoo', file, { piece: file.length }),
    );
  });

  test('reads the same whatever order its parts come in', () => {
    const file = JSON.parse(promptfooFile('mixed').toString()) as { results: Record<string, unknown> };
    const turned = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const other = JSON.stringify(turned({ ...file, results: turned(file.results) }));
    const { runs } = readRuns('promptfoo', other);
    const ordered = readRuns('promptfoo', promptfooFile('mixed'));
    expect(runs.map((one) => one.aggregates)).toEqual(ordered.runs.map((one) => one.aggregates));
    expect(Object.keys((JSON.parse(other) as typeof file).results)[0]).toBe('stats');
  });
});
