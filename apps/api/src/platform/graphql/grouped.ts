/** Rows in the order of the keys they belong to, for a loader: an empty list where a key has none. */
export function grouped<R>(keys: readonly string[], rows: readonly R[], keyOf: (row: R) => string): R[][] {
  const lists = new Map<string, R[]>(keys.map((key) => [key, []]));
  for (const row of rows) lists.get(keyOf(row))?.push(row);
  return keys.map((key) => lists.get(key) ?? []);
}

/** The one row of each key, for a loader: null where a key has none. */
export function indexed<R>(
  keys: readonly string[],
  rows: readonly R[],
  keyOf: (row: R) => string,
): (R | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => found.get(key) ?? null);
}
