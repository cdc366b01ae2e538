import { describe, expect, test } from '@jest/globals';
import { promptfooText, readRuns } from '../support/eval-files.js';

const one = (row: object) => readRuns('promptfoo', promptfooText([row])).cases[0];
const run = (rows: object[], more?: Parameters<typeof promptfooText>[1]) =>
  readRuns('promptfoo', promptfooText(rows, more)).runs[0];

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
