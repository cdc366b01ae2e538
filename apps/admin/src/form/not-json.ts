/** What a JSON field holds while its text is not JSON: never sent, and refused wherever it is met. */
export class NotJson {
  constructor(
    readonly text: string,
    /** Of the field, as it is headed on the screen. */
    readonly label: string,
    readonly problem: string,
  ) {}

  get message(): string {
    return `Not JSON yet: ${this.problem}`;
  }
}

export interface UnreadableField {
  path: string[];
  label: string;
  message: string;
}

/** Every field of a form whose text is not JSON. The forms refuse to be sent while there is one. */
export function unreadableFields(value: unknown, path: string[] = []): UnreadableField[] {
  if (value instanceof NotJson) return [{ path, label: value.label, message: value.message }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => unreadableFields(item, [...path, key]));
}

/** These, and of the issues that a schema found those about other fields: "expected object" says less. */
export function withUnreadable<T extends { path: PropertyKey[]; message: string }>(
  values: unknown,
  issues: readonly T[],
): { path: PropertyKey[]; message: string }[] {
  const unreadable = unreadableFields(values);
  const places = new Set(unreadable.map(({ path }) => path.join('.')));
  return [...unreadable, ...issues.filter(({ path }) => !places.has(path.map(String).join('.')))];
}
