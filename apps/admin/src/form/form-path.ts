/** Values and errors by dot path (`core.successMetrics.0.name`), as react-hook-form names its fields. */
export function setAt(target: object, path: readonly PropertyKey[], value: unknown): void {
  let place = target as Record<string, unknown>;
  path.forEach((part, index) => {
    const key = String(part);
    if (index === path.length - 1) {
      place[key] = value;
      return;
    }
    const next = place[key];
    place[key] = typeof next === 'object' && next !== null ? next : {};
    place = place[key] as Record<string, unknown>;
  });
}

export function getAt(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[String(part)]
        : undefined,
    source,
  );
}
