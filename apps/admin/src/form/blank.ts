import { NotJson } from './not-json.js';

/** Fields that hold JSON as somebody wrote it: there a null and an empty text are said on purpose. */
const asWritten = new Set(['schema', 'argsSchema', 'parameters']);

/** What a form field that was left empty means: nothing, not an empty text. Lists keep their empty rows. */
export function withoutBlanks(value: unknown): unknown {
  if (value === '' || value === null || (typeof value === 'number' && Number.isNaN(value))) return undefined;
  if (Array.isArray(value)) return value.map((item) => withoutBlanks(item) ?? '');
  if (typeof value !== 'object' || value instanceof NotJson) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, asWritten.has(key) ? (item ?? undefined) : withoutBlanks(item)] as const)
    .filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries);
}
