import type { Context } from '@holdpoint/client/decide/audience.js';

export type OfrepErrorCode = 'PARSE_ERROR' | 'INVALID_CONTEXT' | 'FLAG_NOT_FOUND' | 'GENERAL';

export interface OfrepError {
  errorCode: OfrepErrorCode;
  errorDetails: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type ReadContext = { context: Context } | { error: OfrepError };

const refused = (errorCode: OfrepErrorCode, errorDetails: string): ReadContext => ({
  error: { errorCode, errorDetails },
});

/** The context of `{"context": {…}}`; none is an empty one. */
export function readContext(body: string): ReadContext {
  let parsed: unknown;
  try {
    parsed = body === '' ? {} : JSON.parse(body);
  } catch {
    return refused('PARSE_ERROR', 'The body is not JSON');
  }
  if (!isObject(parsed)) return refused('PARSE_ERROR', 'The body is not an object');
  const { context = {} } = parsed;
  if (!isObject(context)) return refused('INVALID_CONTEXT', 'context is not an object');
  const { targetingKey, stage } = context;
  if (targetingKey !== undefined && typeof targetingKey !== 'string')
    return refused('INVALID_CONTEXT', 'targetingKey is not a text');
  if (stage !== undefined && typeof stage !== 'string')
    return refused('INVALID_CONTEXT', 'stage is not a text');
  return { context: context as Context };
}
