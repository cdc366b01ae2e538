import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countedReviews } from '../../apps/api/src/modules/as-of/counted-reviews.domain.js';
import { csvField, csvLine } from '../../apps/api/src/modules/as-of/csv.domain.js';
import { definitionsWithin } from '../../apps/api/src/modules/as-of/definitions.domain.js';
import {
  heldIn,
  instantWindow,
  intervalWindow,
  windowOf,
} from '../../apps/api/src/modules/as-of/time-window.domain.js';

const at = (ms: number) => new Date(ms);
const day = fc.integer({ min: 0, max: 1000 });

/** Reads a CSV as RFC 4180 says, knowing nothing of how it was written. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quoted && char === '"' && text.charAt(i + 1) === '"') {
      field += '"';
      i += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') {
      record.push(field);
      field = '';
    } else if (!quoted && char === '\r' && text.charAt(i + 1) === '\n') {
      records.push([...record, field]);
      [record, field] = [[], ''];
      i += 1;
    } else field += char;
  }
  return records;
}

describe('a time that is asked about', () => {
  test('is now where none is given, and never still to come', () => {
    expect(instantWindow(null, at(5))).toEqual({ from: at(5), to: null });
    expect(instantWindow(at(5), at(5))).toEqual({ from: at(5), to: null });
    expect(() => instantWindow(at(6), at(5))).toThrow('still to come');
    expect(intervalWindow(at(1), null, at(5))).toEqual({ from: at(1), to: at(5) });
    expect(() => intervalWindow(at(1), at(6), at(5))).toThrow('still to come');
    expect(() => intervalWindow(at(3), at(3), at(5))).toThrow('before it begins');
  });

  test('is an instant or an interval, not both', () => {
    expect(windowOf({ at: at(1) }, at(9))).toEqual({ from: at(1), to: null });
    expect(windowOf({ from: at(1), to: at(2) }, at(9))).toEqual({ from: at(1), to: at(2) });
    expect(() => windowOf({ at: at(1), from: at(1) }, at(9))).toThrow('either');
    expect(() => windowOf({ to: at(1) }, at(9))).toThrow('from as well');
  });
});

describe('what held in a time', () => {
  test('at an instant is exactly what had begun and not ended', () => {
    fc.assert(
      fc.property(day, day, day, (since, length, instant) => {
        const until = since + length;
        const held = heldIn({ since: at(since), until: at(until) }, { from: at(instant), to: null });
        expect(held).toBe(since <= instant && instant < until);
      }),
    );
  });

  test('in an interval is what held at one of its instants', () => {
    const short = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(short, short, short, fc.integer({ min: 1, max: 12 }), (since, length, from, span) => {
        const held = { since: at(since), until: at(since + length) };
        const some = Array.from({ length: span }, (_, i) => heldIn(held, { from: at(from + i), to: null }));
        expect(heldIn(held, { from: at(from), to: at(from + span) })).toBe(some.includes(true));
      }),
    );
  });

  test('of a stage’s definitions is one at every instant of the occupancy', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 6 }), day, (times, instant) => {
        const later = times
          .toSorted((a, b) => a - b)
          .map((ms, i) => ({ stageRevisionId: `r${String(i)}`, at: at(ms) }));
        const occupancy = { since: at(0), until: null, stageRevisionId: 'entered' };
        const found = definitionsWithin(occupancy, later, { from: at(instant), to: null });
        expect(found).toHaveLength(1);
        const last = later.findLast((one) => one.at.getTime() <= instant);
        expect(found[0]?.stageRevisionId).toBe(last?.stageRevisionId ?? 'entered');
      }),
    );
  });
});

describe('an approval counts for a move', () => {
  const review = (over: object) => ({
    ...{ id: 'r1', reviewerId: 'reviewer', verdict: 'approve' as const, digest: 'd', releaseId: 'x' },
    ...{ roles: ['reviewer'], createdAt: at(10) },
    ...over,
  });
  const counted = (reviews: ReturnType<typeof review>[], barredIds: string[] = []) =>
    countedReviews(reviews, { digest: 'd', at: at(20), barredIds }).map((one) => one.id);

  test('where it was given by then, of that digest, under a role, by somebody who was not barred', () => {
    expect(counted([review({})])).toEqual(['r1']);
    expect(counted([review({ createdAt: at(21) })])).toEqual([]);
    expect(counted([review({ digest: 'other' })])).toEqual([]);
    expect(counted([review({ roles: [] })])).toEqual([]);
    expect(counted([review({})], ['reviewer'])).toEqual([]);
  });

  test('until the same person says otherwise', () => {
    const changed = review({ id: 'r2', verdict: 'request_changes', createdAt: at(15) });
    expect(counted([review({}), changed])).toEqual([]);
    expect(counted([review({}), review({ id: 'r3', createdAt: at(16) })])).toEqual(['r3']);
  });
});

describe('a CSV', () => {
  test('gives back every text that is no formula, whatever stands in it', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !/^[=+\-@\t\r\n]/.test(one));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (records) => {
        expect(parseCsv(records.map(csvLine).join(''))).toEqual(records);
      }),
    );
  });

  test('starts no field with what a spreadsheet would run', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n');
    fc.assert(
      fc.property(start, fc.string(), (first, rest) => {
        const [[field = ''] = []] = parseCsv(csvLine([first + rest, 'x']));
        expect(field).toBe(`'${first}${rest}`);
      }),
    );
  });

  test('leaves numbers and what is not there as they are', () => {
    expect(csvField(-3)).toBe('-3');
    expect(csvLine([null, 1, 'a'])).toBe(',1,a\r\n');
  });
});
