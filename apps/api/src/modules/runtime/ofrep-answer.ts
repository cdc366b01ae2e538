import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';
import type { BulkAnswer } from './kept-bulk-answers.js';
import { readContext, type OfrepError } from './ofrep-body.domain.js';
import type { OfrepEvaluator } from './ofrep-evaluator.service.js';

export interface OfrepQuestion {
  key: RuntimeKey;
  /** Null: all flags. */
  flag: string | null;
  /** Of all flags alone. */
  streamUrl: string;
}

interface Asked extends OfrepQuestion {
  body: string;
  /** See ofrep-callers.ts. */
  caller: string;
  ifNoneMatch: string | undefined;
}

export interface OfrepAnswer {
  status: number;
  /** Names and values in turn. */
  headers: readonly string[];
  bytes: Buffer | null;
}

export const ofrepJson = 'application/json; charset=utf-8';
export const flagNotFound: OfrepError = {
  errorCode: 'FLAG_NOT_FOUND',
  errorDetails: 'There is no such flag',
};
export const generalError: OfrepError = { errorCode: 'GENERAL', errorDetails: 'This cannot be answered now' };

/** Pages of other sites ask with a key, and may read the answer. */
const open = [
  ...['access-control-allow-origin', '*', 'access-control-expose-headers', 'ETag, Retry-After'],
  ...['x-content-type-options', 'nosniff'],
];

const withBytes = (status: number, bytes: Buffer, more: readonly string[] = []): OfrepAnswer => ({
  status,
  headers: [...open, 'content-type', ofrepJson, 'content-length', String(bytes.length), ...more],
  bytes,
});

/** @param failed told of a fault, which the client sees as GENERAL */
export function ofrepAnswer(
  evaluator: OfrepEvaluator,
  asked: Asked,
  failed: (error: unknown) => void,
): OfrepAnswer {
  const { key, flag, streamUrl, body, caller, ifNoneMatch } = asked;
  const refused = (status: number, error: OfrepError) =>
    withBytes(status, Buffer.from(JSON.stringify(flag === null ? error : { key: flag, ...error })));
  try {
    const text = `${streamUrl}\n${body}`;
    const again = flag === null ? evaluator.again(key, text, caller) : null;
    if (again) return ofAll(again, ifNoneMatch);
    const read = readContext(body);
    if ('error' in read) return refused(400, read.error);
    if (flag === null) return ofAll(evaluator.bulk(key, text, read.context, caller, streamUrl), ifNoneMatch);
    const bytes = evaluator.single(key, flag, read.context, caller);
    return bytes ? withBytes(200, bytes) : refused(404, flagNotFound);
  } catch (error) {
    failed(error);
    return refused(500, generalError);
  }
}

function ofAll({ etag, body }: BulkAnswer, ifNoneMatch: string | undefined): OfrepAnswer {
  const caching = ['etag', etag, 'cache-control', 'private, no-cache'];
  if (isSameEtag(ifNoneMatch, etag)) return { status: 304, headers: [...open, ...caching], bytes: null };
  return withBytes(200, Buffer.from(body()), caching);
}

/** Weakly, as If-None-Match is compared. */
function isSameEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
