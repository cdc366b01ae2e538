const secretKey =
  /pass(word|phrase)?$|token$|secret$|^(set-)?cookie$|authorization$|api[-_]?key$|^databaseUrl$|^migrateUrl$/i;
const userInfo = /(\w+:\/\/)[^\s/@]+@/g;
const hidden = '[hidden]';

/** A copy for the log without what must never be in it: values under secret names, and logins inside URLs. */
export function redact(value: unknown, depth = 6): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === 0) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  // Another realm's errors and Node's system errors keep message and stack outside the enumerable keys.
  const error = 'stack' in value && 'message' in value;
  const entries = Object.entries(error ? errorFields(value as Error) : value);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, secretKey.test(key) ? hidden : redact(item, depth - 1)]),
  );
}

export function redactText(text: string): string {
  return text.replace(userInfo, `$1${hidden}@`);
}

function errorFields(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? { code: error.code } : {};
  return { type: name, message, stack, ...code, ...(cause === undefined ? {} : { cause }) };
}
