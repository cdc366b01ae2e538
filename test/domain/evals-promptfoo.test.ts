import { describe, expect, test } from '@jest/globals';
import { errorRate, metricMeets } from '../../apps/api/src/modules/evals/evals.domain.js';
import { gateMetric, requiredCategories } from '../../apps/api/src/modules/evals/evals.schema.js';
import { promptfooFile, promptfooText, readRuns } from '../support/eval-files.js';

const one = (row: object) => readRuns('promptfoo', promptfooText([row])).cases[0];
const run = (rows: object[], more?: Parameters<typeof promptfooText>[1]) =>
  readRuns('promptfoo', promptfooText(rows, more)).runs[0];

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

describe('a promptfoo row', () => {
  test('that failed an assertion is a failure although it sets error', () => {
    expect(one({ success: false, failureReason: 1, error: 'Expected output to contain' })?.outcome).toBe(
      'fail',
    );
  });

  test('with failureReason 2 is an error, and its scores are none', () => {
    const result = run([
      { success: false, failureReason: 2, error: 'timed out', namedScores: { a: 0 } },
      { namedScores: { a: 1 } },
    ]);
    expect(result?.totals).toMatchObject({ errored: 1, failed: 0, passed: 1 });
    expect(result?.aggregates.metrics['a']).toEqual({ sum: 1, count: 1 });
  });

  test('of an older file without failureReason is an error only where it was never graded', () => {
    const without = { failureReason: undefined, success: false, error: 'x' };
    expect(one({ ...without, gradingResult: { pass: false, score: 0, reason: 'no' } })?.outcome).toBe('fail');
    expect(one({ ...without, gradingResult: null })?.outcome).toBe('error');
    expect(one({ failureReason: undefined })?.outcome).toBe('pass');
  });

  test('keeps named scores as the values they are, not as weighted sums', () => {
    const result = run(
      [
        { namedScores: { tone: 0.75 }, gradingResult: { namedScoreWeights: { tone: 4 } } },
        { namedScores: { tone: 0.25 }, gradingResult: { namedScoreWeights: { tone: 4 } } },
      ],
      {
        prompts: [
          {
            label: 'a',
            provider: 'b',
            metrics: { namedScores: { tone: 4 }, namedScoreWeights: { tone: 8 } },
          },
        ],
      },
    );
    expect(result?.aggregates.metrics['tone']).toEqual({ sum: 1, count: 2 });
    expect(result?.flags).toEqual([]);
  });

  test('of an older file without weights has its sum turned into the mean of its assertions', () => {
    const component = (score: number, weight?: number) => ({
      pass: true,
      score,
      reason: '',
      assertion: { metric: 'tone', weight },
    });
    const old = {
      namedScores: { tone: 1.5 },
      gradingResult: { componentResults: [component(1), component(0.5), null] },
    };
    expect(one(old)?.metrics[0]?.score).toBe(0.75);
    const weighted = {
      namedScores: { tone: 1.5 },
      gradingResult: { componentResults: [component(1, 3), component(0)] },
    };
    expect(one(weighted)?.metrics[0]?.score).toBe(0.75);
  });

  test('with an assertion of weight 0 keeps the score that the assertion gave', () => {
    const row = {
      namedScores: { informational: 0 },
      gradingResult: {
        namedScoreWeights: { informational: 0 },
        componentResults: [
          { pass: true, score: 0.6, reason: '', assertion: { metric: 'informational', weight: 0 } },
        ],
      },
    };
    expect(one(row)?.metrics[0]?.score).toBe(0.6);
  });

  test('whose score is no number counts as an error, not as nothing', () => {
    const result = run([{ namedScores: { a: null } }, { namedScores: { a: 1 } }]);
    expect(result?.totals).toMatchObject({ errored: 1, passed: 1 });
  });

  test('takes its case and category from the metadata of the test, over those of the row', () => {
    const row = one({
      metadata: { caseId: 'row', category: 'row' },
      testCase: {
        metadata: { caseId: 'case-7', category: 'success', tags: ['billing', 4], expectedStatus: 'escalate' },
      },
    });
    expect(row).toMatchObject({
      caseId: 'case-7',
      category: 'success',
      tags: ['billing'],
      expectedStatus: 'escalate',
    });
    expect(one({ testIdx: 12 })).toMatchObject({ caseId: 'test-12', category: null });
  });

  test('that fails a red-team case of unknown severity does not look harmless', () => {
    const failed = { success: false, failureReason: 1, testCase: { metadata: { pluginId: 'pii' } } };
    expect(run([failed])?.aggregates.failingSeverities).toEqual({ unknown: 1 });
  });

  test('keeps digests of what was asked and answered, equal for equal content', () => {
    const a = one({ vars: { x: 1, y: 2 }, response: { output: 'text' } });
    const b = one({ vars: { y: 2, x: 1 }, response: { output: 'text' } });
    expect(a?.inputDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([a?.inputDigest, a?.outputDigest]).toEqual([b?.inputDigest, b?.outputDigest]);
    expect(one({ vars: { x: 2 } })?.inputDigest).not.toBe(a?.inputDigest);
  });

  test('keeps no more than the first line of its reason, cut', () => {
    const reason = one({
      success: false,
      failureReason: 1,
      gradingResult: { reason: `${'long '.repeat(100)}\nsecret` },
    })?.reason;
    expect(reason).toHaveLength(200);
    expect(reason).not.toContain('secret');
  });
});

describe('totals of a promptfoo file', () => {
  test('that differ from its cases are counted anew and flagged', () => {
    const result = run([{}], {
      prompts: [
        {
          label: 'a',
          provider: 'b',
          metrics: { testPassCount: 3, testFailCount: 0, testErrorCount: 0, namedScores: { a: 2 } },
        },
      ],
      results: { stats: { successes: 3, failures: 0, errors: 0 } },
    });
    expect(result?.totals.passed).toBe(1);
    expect(result?.flags).toEqual([
      'The file says 3 passing cases for this prompt; its cases are 1',
      "The file's sum for a is 2; its cases add up to 0",
      'The file says 3 passing cases for the whole file; its cases are 1',
    ]);
  });

  test('show a prompt without cases for what it is', () => {
    const { runs } = readRuns(
      'promptfoo',
      promptfooText([{}], { prompts: [{ label: 'a' }, { label: 'b' }] }),
    );
    expect(runs[1]).toMatchObject({ totals: { cases: 0 }, flags: ['No case in the file is of this prompt'] });
  });

  test('label a prompt that has only its text by its number', () => {
    const label = (prompt: object) => run([{}], { prompts: [prompt] })?.label;
    expect(label({ raw: 'You are a helper', label: 'You are a helper', provider: '' })).toBe('prompt 1');
    expect(label({ label: 'Answer {{ticket}}', provider: 'echo' })).toBe('prompt 1 · echo');
  });
});
