import type { TypedDocumentString } from '../api/generated/documents.js';
import { registry } from '../api/reachability.js';
import { ApiFault, request } from '../api/request.js';

/**
 * A request that gives up: on a bad connection a call may hang for minutes without failing.
 * @param ms milliseconds. @throws ApiFault with status 0 and code TIMEOUT.
 */
export async function requestWithin<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  ms: number,
  signal?: AbortSignal,
): Promise<R> {
  const ours = new AbortController();
  const stop = () => ours.abort();
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(stop, ms);
  try {
    return await request(document, variables, ours.signal);
  } catch (error) {
    if (ours.signal.aborted && !signal?.aborted) {
      registry.missed();
      throw new ApiFault(`No answer within ${String(ms / 1000)} seconds.`, 0, 'TIMEOUT');
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** Whether a fault leaves open what the server did: none came, or it broke while it answered. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof ApiFault)) return true;
  return error.status === 0 || error.status >= 500 || error.code === 'INTERNAL';
}
