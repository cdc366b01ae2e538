import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { authorsBetween } from '../../apps/api/src/modules/release/authors.domain.js';
import {
  baselineOf,
  descendsFrom,
  isBehindLive,
  lineageOf,
} from '../../apps/api/src/modules/release/lineage.domain.js';

const node = (id: string, parentId: string | null = null, derivedFromId: string | null = null) => ({
  id,
  parentId,
  derivedFromId,
});
const stages = (...occupants: (string | null)[]) =>
  occupants.map((occupantId, position) => ({ key: `s${position}`, position, occupantId }));

describe('Behind live', () => {
  const lineage = lineageOf([
    node('live'),
    node('next', 'live'),
    node('later', 'next'),
    node('side', 'live'),
    node('fresh'),
    node('pinned', 'live', 'live'),
    node('mended', 'pinned'),
  ]);

  test('a release made from what is live, at any distance, is not behind it', () => {
    expect(isBehindLive(lineage, 'next', 'live')).toBe(false);
    expect(isBehindLive(lineage, 'later', 'live')).toBe(false);
    expect(isBehindLive(lineage, 'live', 'live')).toBe(false);
  });

  test('a release made from what was live before is behind what overtook it', () => {
    expect(isBehindLive(lineage, 'side', 'next')).toBe(true);
    expect(isBehindLive(lineage, 'fresh', 'live')).toBe(true);
  });

  test('nothing live: nothing to be behind', () => {
    expect(isBehindLive(lineage, 'fresh', null)).toBe(false);
  });

  test('where a derived release is live, descending from what it was derived from is enough', () => {
    expect(isBehindLive(lineage, 'side', 'pinned')).toBe(false);
    expect(isBehindLive(lineage, 'mended', 'pinned')).toBe(false);
    expect(isBehindLive(lineage, 'fresh', 'pinned')).toBe(true);
  });

  test('holds for any tree: exactly the descendants of the baseline are not behind', () => {
    const trees = fc
      .array(fc.nat(), { minLength: 1, maxLength: 30 })
      .map((picks) =>
        picks.map((pick, i) => node(`r${i}`, i === 0 || pick % 4 === 0 ? null : `r${pick % i}`)),
      );
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (nodes, a, b) => {
        const [release, baseline] = [`r${a % nodes.length}`, `r${b % nodes.length}`];
        const parents = new Map(nodes.map((n) => [n.id, n.parentId]));
        const line: string[] = [];
        for (let at: string | null = release; at !== null; at = parents.get(at) ?? null) line.push(at);
        const tree = lineageOf(nodes);
        expect(descendsFrom(tree, release, baseline)).toBe(line.includes(baseline));
        expect(isBehindLive(tree, release, baseline)).toBe(!line.includes(baseline));
      }),
    );
  });

  test('a broken lineage that runs in a circle ends', () => {
    const circle = lineageOf([node('a', 'b', 'b'), node('b', 'a', 'a')]);
    expect(descendsFrom(circle, 'a', 'z')).toBe(false);
    expect(isBehindLive(circle, 'a', 'b')).toBe(false);
  });
});

describe('The baseline', () => {
  test('is what the target stage serves', () => {
    expect(baselineOf(stages('a', 'b', 'c'), 's1')).toBe('b');
  });
  test('else what the nearest later stage serves, never an earlier one', () => {
    expect(baselineOf(stages('a', null, null, 'd'), 's1')).toBe('d');
    expect(baselineOf(stages('a', null, null), 's1')).toBeNull();
  });
  test('does not depend on the order in which the stages come', () => {
    expect(baselineOf(stages('a', null, 'c', 'd').reverse(), 's1')).toBe('c');
  });
});

describe('Authors since the baseline', () => {
  const trails = [
    { thing: 'prompt', versions: [1, 2, 3, 4, 5].map((number) => ({ number, authorId: `p${number}` })) },
  ];
  const since = (pinned: number, held: number | null) =>
    [
      ...authorsBetween(
        [{ thing: 'prompt', number: pinned }],
        held === null ? [] : [{ thing: 'prompt', number: held }],
        trails,
      ),
    ].sort();

  test('are all who wrote a version after it, not only the last', () => {
    expect(since(5, 2)).toEqual(['p3', 'p4', 'p5']);
  });
  test('are nobody where nothing changed', () => {
    expect(since(3, 3)).toEqual([]);
  });
  test('are all up to the version where nothing is live', () => {
    expect(since(3, null)).toEqual(['p1', 'p2', 'p3']);
  });
  test('are the author of an earlier version that is returned to', () => {
    expect(since(2, 4)).toEqual(['p2']);
  });
});
