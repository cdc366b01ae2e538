import type { TypedDocumentString } from './generated/documents.js';
import { isOutage, registry } from './reachability.js';

/** A fault: the API could not be reached or failed. Expected refusals are user errors in the payload. */
export class ApiFault extends Error {
  /** react-admin signs out on 401 and shows "no access" on 403. */
  readonly status: number;
  readonly code: string;

  constructor(message: string, status: number, code: string) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.code = code;
  }
}

interface GraphqlResponse<R> {
  data?: R | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const statusOfCode: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** Sends one typed operation. Throws ApiFault; resolves with complete data only. */
export async function request<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  signal?: AbortSignal,
): Promise<R> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: document.toString(), variables }),
    credentials: 'same-origin',
    signal,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    registry.missed();
    throw new ApiFault('The registry cannot be reached. What is shown may be out of date.', 0, 'UNREACHABLE');
  });
  const body = ((await response.json().catch(() => null)) ?? {}) as GraphqlResponse<R>;
  if (isOutage(response.status, body.errors !== undefined)) registry.missed();
  else registry.answered();
  const error = body.errors?.[0];
  if (error) {
    const code = error.extensions?.code ?? 'INTERNAL';
    throw new ApiFault(error.message, statusOfCode[code] ?? response.status, code);
  }
  if (!body.data) throw new ApiFault(`The server answered ${response.status}.`, response.status, 'INTERNAL');
  return body.data;
}
