export interface JsonChange {
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The places in which two JSON values differ, by dot path. Lists of equal length are compared by position. */
export function jsonDiff(before: unknown, after: unknown, path = ''): JsonChange[] {
  if (same(before, after)) return [];
  const pairs = pairsOf(before, after);
  if (!pairs) {
    const kind =
      before === undefined || before === null
        ? 'added'
        : after === undefined || after === null
          ? 'removed'
          : 'changed';
    return [{ path: path || 'all of it', kind, before, after }];
  }
  return pairs.flatMap(([key, a, b]) => jsonDiff(a, b, path ? `${path}.${key}` : key));
}

function pairsOf(before: unknown, after: unknown): [key: string, before: unknown, after: unknown][] | null {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.map((key) => [key, before[key], after[key]]);
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.map((item, index) => [String(index), item as unknown, after[index] as unknown]);
  }
  return null;
}

/** Three-way merge: theirs, with what I changed since `base` laid over it. Lists are taken whole. */
export function mergeMine(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(base, mine)) return theirs;
  if (!isObject(mine) || !isObject(theirs)) return mine;
  const from = isObject(base) ? base : {};
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return Object.fromEntries(
    keys
      .map((key) => [key, mergeMine(from[key], mine[key], theirs[key])] as const)
      .filter(([, value]) => value !== undefined),
  );
}
