import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** PostgreSQL holds no NUL, and a lone surrogate has no UTF-8 form: neither could be stored or hashed as sent. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** How far JSON in variables may nest. Deeper, walking, hashing or storing it could exhaust a stack. */
const deepest = 256;

/** Whether a value nests deeper than may be. Walks by levels, so that no depth is too much for it. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : [],
    );
  }
  return false;
}

/** Path of the first text that cannot be stored; null when there is none. */
export function unstorablePath(value: unknown, path: readonly string[] = []): readonly string[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = isStorable(key) ? unstorablePath(inner, [...path, key]) : [...path, key];
    if (found) return found;
  }
  return null;
}

const escapedInLiteral = /\\u0000|\\u\{0+\}|\\u[dD][89a-fA-F]/;

/** Refuses, before anything runs, a request with text that the registry could not keep as it was sent. */
export function refuseUnstorableText(): Plugin {
  return {
    onParams({ params, setResult }) {
      if (isTooDeep(params.variables ?? {})) {
        const message = `The variables nest more than ${String(deepest)} levels deep`;
        const extensions = { code: 'INVALID_INPUT', field: null, http: { status: 400 } };
        setResult({ errors: [new GraphQLError(message, { extensions })] });
        return;
      }
      const path = unstorablePath(params.variables ?? {});
      // Typed as text, but the client may have sent anything; what is no text is refused after this.
      const query: unknown = params.query;
      const inQuery = typeof query === 'string' && (!isStorable(query) || escapedInLiteral.test(query));
      if (!path && !inQuery) return;
      const where = path ? path.map((part) => part.replaceAll('\u0000', '')).join('.') : 'the query';
      setResult({
        errors: [
          new GraphQLError(`${where} holds a NUL character or half of a surrogate pair`, {
            extensions: { code: 'INVALID_INPUT', field: path ?? null, http: { status: 400 } },
          }),
        ],
      });
    },
  };
}
