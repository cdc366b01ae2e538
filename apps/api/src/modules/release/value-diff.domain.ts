export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export interface ValueChange {
  /** Dotted: `failureBehaviour.action`, `tools.send_reply.effect`, `layers.0.kind`; empty for the whole value. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before: JsonValue;
  after: JsonValue;
}

type JsonObject = Record<string, JsonValue>;
const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const identities = ['name', 'id', 'kind'] as const;

/** The items of a list by what they call themselves; null where one has no such name, or two share one. */
function namedItems(items: JsonValue[], key: string): Map<string, JsonValue> | null {
  const named = new Map<string, JsonValue>();
  for (const item of items) {
    const name = isObject(item) ? item[key] : null;
    if (typeof name !== 'string' || name.includes('.') || named.has(name)) return null;
    named.set(name, item);
  }
  return named;
}

/** Two lists whose items name themselves, read as objects by those names; null where they are not such lists. */
function byIdentity(list: JsonValue[], other: JsonValue[]): [JsonObject, JsonObject] | null {
  for (const key of identities) {
    const [first, second] = [namedItems(list, key), namedItems(other, key)];
    if (!first || !second) continue;
    // The same items in another order are a change of the list itself.
    const inFirst = [...first.keys()].filter((name) => second.has(name));
    const inSecond = [...second.keys()].filter((name) => first.has(name));
    if (inFirst.join('\n') !== inSecond.join('\n')) return null;
    return [Object.fromEntries(first), Object.fromEntries(second)];
  }
  return null;
}

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function diffObjects(before: JsonObject, after: JsonObject, path: string): ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key): ValueChange[] => {
    const at = join(path, key);
    if (!Object.hasOwn(before, key))
      return [{ path: at, kind: 'added', before: null, after: after[key] ?? null }];
    if (!Object.hasOwn(after, key))
      return [{ path: at, kind: 'removed', before: before[key] ?? null, after: null }];
    return diffValues(before[key] ?? null, after[key] ?? null, at);
  });
}

/** The smallest named places in which two JSON values differ. Lists of plain values are compared as one value. */
export function diffValues(before: JsonValue, after: JsonValue, path: string): ValueChange[] {
  if (isObject(before) && isObject(after)) return diffObjects(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) {
    const named = byIdentity(before, after);
    if (named) return diffObjects(named[0], named[1], path);
    return same(before, after) ? [] : [{ path, kind: 'changed', before, after }];
  }
  if (before === after) return [];
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return [{ path, kind, before, after }];
}

function same(a: JsonValue, b: JsonValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i] ?? null));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && same(a[key] ?? null, b[key] ?? null))
    );
  }
  return a === b;
}
