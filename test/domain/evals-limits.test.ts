import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { UploadFormat } from '../../apps/api/src/modules/evals/evals-input.schema.js';
import { Refusal } from '../../apps/api/src/platform/refusal/refusal.js';
import { plainFile, promptfooFile, promptfooText, readRuns, refused, said } from '../support/eval-files.js';

const aCase = { caseId: 'a', outcome: 'pass' };
const plain = plainFile([aCase, { ...aCase, metrics: [{ name: 'groundedness', score: 0.5 }] }], {
  label: 'nightly',
});

describe('the limits of a file', () => {
  test('are on bytes, depth, strings, cases, runs, the size of a case and the names in a run', () => {
    const deep = `{"holdpoint": "eval-run@1", "x": ${'['.repeat(100)}`;
    const elsewhere = `{"config": ${'{"a":'.repeat(100)}`;
    const many = plainFile(Array.from({ length: 5 }, (_, i) => ({ ...aCase, category: `c${String(i)}` })));
    expect(said('plain', plain, { limits: { maxBytes: 20 } })[0]).toBe('FILE_TOO_LARGE');
    expect(said('promptfoo', elsewhere)[0]).toBe('FILE_TOO_LARGE');
    expect(said('plain', deep)[0]).toBe('FILE_INVALID');
    expect(
      said('plain', plainFile([{ ...aCase, reason: 'x'.repeat(60) }]), {
        limits: { maxStringLength: 50 },
      }).slice(0, 2),
    ).toEqual(['FILE_TOO_LARGE', 'file.cases.0.reason']);
    expect(said('promptfoo', `{"config": "${'x'.repeat(60)}`, { limits: { maxStringLength: 50 } })[0]).toBe(
      'FILE_TOO_LARGE',
    );
    expect(said('promptfoo', `{"${'x'.repeat(60)}`, { limits: { maxStringLength: 50 } })[0]).toBe(
      'FILE_TOO_LARGE',
    );
    expect(said('promptfoo', `{"config": ${'1'.repeat(60)}`, { limits: { maxStringLength: 50 } })[0]).toBe(
      'FILE_TOO_LARGE',
    );
    expect(said('plain', many, { limits: { maxCases: 4 } }).slice(0, 2)).toEqual([
      'FILE_TOO_LARGE',
      'file.cases.4',
    ]);
    expect(said('plain', many, { limits: { maxNames: 4 } })[0]).toBe('FILE_TOO_LARGE');
    expect(said('promptfoo', promptfooText([{}], { prompts: [{}, {}] }), { limits: { maxRuns: 1 } })[0]).toBe(
      'FILE_TOO_LARGE',
    );
    expect(
      said('promptfoo', promptfooText([{ vars: Array(100).fill(0) }]), {
        limits: { maxCaseSize: 1000 },
      }).slice(0, 2),
    ).toEqual(['FILE_TOO_LARGE', 'file.results.results.0']);
  });

  test('on depth are found while reading, not after', () => {
    expect(said('promptfoo', `{"results": {"results": [{"vars": ${'['.repeat(1_000_000)}`)[0]).toBe(
      'FILE_TOO_LARGE',
    );
  });
});

describe('whatever a file holds', () => {
  const files: [UploadFormat, Buffer][] = [
    ['plain', Buffer.from(plain)],
    ['promptfoo', Buffer.from(promptfooText([{ vars: { a: 'é😀', b: [1.5e3, true, null] } }]))],
    ['promptfoo', promptfooFile('redteam')],
  ];

  test('cut off anywhere, it is refused as truncated and nothing else happens', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        ([format, file], share, piece) => {
          const end =
            file.toString().trimEnd().length &&
            file.subarray(0, Math.floor(share * file.toString().trimEnd().length));
          const [code, , message] = said(format, end || '', { piece });
          expect(code).toBe('FILE_INVALID');
          expect(message).toMatch(/truncated|empty|not UTF-8/);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with bytes changed, it is read or refused, and never anything else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6, minLength: 1 }),
        ([format, file], changes) => {
          const changed = Buffer.from(file);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          try {
            readRuns(format, changed);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('garbage is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<UploadFormat>('plain', 'promptfoo'),
        fc.uint8Array({ maxLength: 200 }),
        (format, bytes) => {
          expect(refused(format, bytes).code).toMatch(/^FILE_/);
        },
      ),
    );
  });

  test('any JSON at any place of it is read or refused', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.constantFrom(
          'vars',
          'namedScores',
          'gradingResult',
          'metadata',
          'testCase',
          'response',
          'error',
          'score',
          'tokenUsage',
          'promptIdx',
          '__proto__',
        ),
        (value, other, key) => {
          const rows = JSON.stringify([{ promptIdx: 0, success: true, [key]: value }, other]);
          const text = `{"results": {"version": 3, "prompts": [${JSON.stringify(other)}, {}], "stats": ${JSON.stringify(value)}, "results": ${rows}}}`;
          for (const file of [
            text,
            promptfooText([{ [key]: value }]),
            promptfooText([{ metadata: { caseId: value, severity: other, tags: value } }]),
          ]) {
            try {
              readRuns('promptfoo', file);
            } catch (error) {
              expect(error).toBeInstanceOf(Refusal);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
