import { describe, expect, test } from '@jest/globals';
import { plainFile, promptfooText, readRuns, said } from '../support/eval-files.js';

const aCase = { caseId: 'a', outcome: 'pass' };
const plain = plainFile([aCase, { ...aCase, metrics: [{ name: 'groundedness', score: 0.5 }] }], {
  label: 'nightly',
});

describe('a plain run', () => {
  test('is read with its metrics, categories and totals', () => {
    const { runs, cases } = readRuns(
      'plain',
      plainFile(
        [
          {
            caseId: 'a',
            outcome: 'pass',
            category: 'success',
            expectedStatus: 'answerable',
            latencyMs: 120.4,
            metrics: [{ name: 'groundedness', score: 1 }],
          },
          {
            caseId: 'b',
            outcome: 'fail',
            category: 'success',
            severity: 'high',
            costUsd: 0.25,
            tokensIn: 5,
            metrics: [{ name: 'groundedness', score: 0.5 }],
          },
          { caseId: 'c', outcome: 'error', metrics: [{ name: 'groundedness', score: 0 }] },
          { caseId: 'd', outcome: 'skip' },
        ],
        {
          label: 'nightly',
          status: 'abandoned',
          startedAt: '2026-11-20T10:00:00.000Z',
          finishedAt: '2026-11-20T10:00:02.500Z',
          totals: { cases: 5 },
        },
      ),
    );
    expect(cases.map((one) => [one.index, one.caseId, one.outcome])).toEqual([
      [0, 'a', 'pass'],
      [1, 'b', 'fail'],
      [2, 'c', 'error'],
      [3, 'd', 'skip'],
    ]);
    expect(runs[0]).toMatchObject({
      label: 'nightly',
      status: 'abandoned',
      kind: 'regular',
      durationMs: 2500,
      totals: { cases: 4, passed: 1, failed: 1, errored: 1, skipped: 1 },
      costUsd: 0.25,
      tokensIn: 5,
      tokensOut: null,
      flags: ['The file says 5 cases for the run; its cases are 4'],
      aggregates: {
        metrics: { groundedness: { sum: 1.5, count: 2 } },
        expectedStatuses: { answerable: 1 },
        failingSeverities: { high: 1 },
        latencyP95Ms: 120,
        latencySamples: 1,
      },
    });
  });

  test('may have its keys in any order', () => {
    const turned = `{"cases": [{"outcome": "pass", "caseId": "a"}], "label": "x", "holdpoint": "eval-run@1"}`;
    expect(readRuns('plain', turned).runs[0]).toMatchObject({ label: 'x', totals: { passed: 1 } });
  });

  test('is a red team when the upload says so, or a case names a plugin', () => {
    expect(readRuns('plain', plain, { kind: 'redteam' }).runs[0]?.kind).toBe('redteam');
    const attack = plainFile([{ ...aCase, pluginId: 'pii' }]);
    expect(readRuns('plain', attack).runs[0]).toMatchObject({
      kind: 'redteam',
      aggregates: { plugins: ['pii'] },
    });
  });

  test('stores neither NUL nor half a character, which PostgreSQL would refuse', () => {
    const text = `{"holdpoint": "eval-run@1", "cases": [{"caseId": "a\\u0000\\ud800b\\ud83d\\ude00", "outcome": "pass"}]}`;
    expect(readRuns('plain', text).cases[0]?.caseId).toBe('a\uFFFD\uFFFDb😀');
  });
});

describe('a file that is refused names the place', () => {
  test.each([
    ['a misspelt field of the run', plainFile([aCase], { evaldigest: 'x' }), 'file.evaldigest'],
    ['a misspelt field of a case', plainFile([aCase, { ...aCase, sevrity: 'high' }]), 'file.cases.1.sevrity'],
    ['an outcome that is not one', plainFile([{ ...aCase, outcome: 'passed' }]), 'file.cases.0.outcome'],
    [
      'a score that is no number',
      plainFile([{ ...aCase, metrics: [{ name: 'a', score: '1' }] }]),
      'file.cases.0.metrics.0.score',
    ],
    [
      'a number beyond measure',
      `{"holdpoint": "eval-run@1", "cases": [{"caseId": "a", "score": 1e999}]}`,
      'file.cases.0.score',
    ],
    ['a score outside its column', plainFile([{ ...aCase, score: 1e300 }]), 'file.cases.0.score'],
    ['a repeat outside its column', plainFile([{ ...aCase, repeat: 3e9 }]), 'file.cases.0.repeat'],
    ['a digest that is none', plainFile([aCase], { evalDigest: 'sha256:12' }), 'file.evalDigest'],
    ['a time outside of ours', plainFile([aCase], { startedAt: '0000-01-01T00:00:00Z' }), 'file.startedAt'],
    ['another format', JSON.stringify({ holdpoint: 'eval-run@2', cases: [aCase] }), 'file.holdpoint'],
    ['no format at all', JSON.stringify({ cases: [aCase] }), 'file.holdpoint'],
    ['no cases', plainFile([]), 'file.cases'],
    ['cases that are no list', JSON.stringify({ holdpoint: 'eval-run@1', cases: {} }), 'file.cases'],
    ['cases that are null', JSON.stringify({ holdpoint: 'eval-run@1', cases: null }), 'file.cases'],
    ['cases twice', `{"holdpoint": "eval-run@1", "cases": [], "cases": []}`, 'file.cases'],
    ['a list for a file', '[1]', 'file'],
    ['a word for a file', '"eval-run@1"', 'file'],
    ['nothing', '', 'file'],
    ['blanks', '  \n', 'file'],
    ['text after the end', `${plain} {}`, 'file'],
    [
      'a missing comma',
      `{"holdpoint": "eval-run@1",${' '.repeat(16_384)}"cases": [{"caseId": "a" "outcome": "pass"}]}`,
      'file.holdpoint',
    ],
    ['a control character in a string', '{"holdpoint": "eval-\u0001run@1"}', 'file'],
  ])('%s', (_, text, place) => {
    expect(said('plain', text).slice(0, 2)).toEqual(['FILE_INVALID', place]);
  });

  test.each([
    ['version 2', promptfooText([{}], { results: { version: 2 } }), 'file.results.version'],
    ['no version', promptfooText([{}], { results: { version: undefined } }), 'file.results.version'],
    ['a plain run', plain, 'file.results.version'],
    ['no results', '{"results": null}', 'file.results'],
    ['results that are a list', '{"results": []}', 'file.results'],
    ['no prompts', promptfooText([{}], { prompts: [] }), 'file.results.prompts'],
    ['no cases', promptfooText([]), 'file.results.results'],
    ['a case of a prompt that is not there', promptfooText([{ promptIdx: 4 }]), 'file.results.prompts'],
    [
      'a case without an outcome',
      promptfooText([{}, { success: undefined }]),
      'file.results.results.1.success',
    ],
    [
      'a named score that is text',
      promptfooText([{ namedScores: { a: 'good' } }]),
      'file.results.results.0.namedScores.a',
    ],
    [
      'an endless case id',
      promptfooText([{ testCase: { metadata: { caseId: 'x'.repeat(301) } } }]),
      'file.results.results.0.testCase.metadata.caseId',
    ],
    [
      'a digest that is none',
      promptfooText([{ metadata: { holdpointEvalDigest: 7 } }]),
      'file.results.results.0.metadata.holdpointEvalDigest',
    ],
  ])('in a promptfoo file: %s', (_, text, place) => {
    expect(said('promptfoo', text).slice(0, 2)).toEqual(['FILE_INVALID', place]);
  });

  test('with a byte-order mark, in UTF-16, or in Latin-1', () => {
    const utf16 = Buffer.from(plain, 'utf16le');
    expect(said('plain', `\uFEFF${plain}`)[2]).toMatch(/byte-order mark/);
    expect(said('plain', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))[2]).toMatch(/UTF-16/);
    expect(said('plain', utf16)[2]).toMatch(/UTF-16/);
    expect(said('plain', Buffer.from(plainFile([{ ...aCase, caseId: 'Müller' }]), 'latin1'))[2]).toMatch(
      /not UTF-8/,
    );
    expect(
      said('plain', Buffer.from(plainFile([{ ...aCase, caseId: 'Müller' }]), 'latin1'), { piece: 1 })[2],
    ).toMatch(/not UTF-8/);
  });
});
