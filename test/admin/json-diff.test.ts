import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withoutBlanks } from '../../apps/admin/src/form/blank.js';
import { jsonDiff, mergeMine } from '../../apps/admin/src/ui/json-diff.js';

const draft = fc.dictionary(
  fc.constantFrom('userJob', 'pattern', 'risk', 'layers'),
  fc.oneof(
    fc.string({ minLength: 1 }),
    fc.boolean(),
    fc.dictionary(fc.constantFrom('a', 'b'), fc.integer()),
    fc.array(fc.integer()),
  ),
);

describe('what changed between two drafts', () => {
  test('names only the places that differ', () => {
    const before = { core: { userJob: 'a', layers: [{ kind: 'tools' }] }, output: null };
    const after = { core: { userJob: 'b', layers: [{ kind: 'tools' }] }, output: { statusField: 's' } };
    expect(jsonDiff(before, after)).toEqual([
      { path: 'core.userJob', kind: 'changed', before: 'a', after: 'b' },
      { path: 'output', kind: 'added', before: null, after: { statusField: 's' } },
    ]);
  });

  test('is nothing exactly when they are equal', () => {
    fc.assert(
      fc.property(draft, draft, (a, b) => {
        expect(jsonDiff(a, b).length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        expect(jsonDiff(a, a)).toEqual([]);
      }),
    );
  });
});

describe('putting my changes on top of theirs', () => {
  test('keeps what I changed and takes over what only they changed', () => {
    const base = { job: 'a', risk: { money: false, legal: false } };
    const mine = { job: 'mine', risk: { money: false, legal: false } };
    const theirs = { job: 'a', risk: { money: true, legal: false } };
    expect(mergeMine(base, mine, theirs)).toEqual({ job: 'mine', risk: { money: true, legal: false } });
  });

  test('gives theirs where I changed nothing, and mine where they changed nothing', () => {
    fc.assert(
      fc.property(draft, draft, (base, other) => {
        expect(mergeMine(base, base, other)).toEqual(other);
        expect(mergeMine(base, other, base)).toEqual(other);
      }),
    );
  });
});

test('a field that was left blank is not there', () => {
  expect(withoutBlanks({ a: '', b: null, c: 0, d: false, e: [''], f: { g: '' } })).toEqual({
    c: 0,
    d: false,
    e: [''],
    f: {},
  });
});

const sorted = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
