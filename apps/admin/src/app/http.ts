import { errorsOfBody, isNamed, type HttpErrorBody } from '../api/http-error.js';
import { isOutage, registry } from '../api/reachability.js';

export interface FieldError {
  message: string;
  /** The field of the form; null where none is to blame. */
  field: string | null;
}

/** The server said no. `errors` names the fields of a form. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly errors: FieldError[];

  constructor(status: number, errors: FieldError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.name = 'HttpRefusal';
    this.status = status;
    this.errors = errors;
  }
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch(() => {
    registry.missed();
    throw new HttpRefusal(0, [{ message: 'The registry cannot be reached.', field: null }]);
  });
  const body = (await response.json().catch(() => null)) as HttpErrorBody | null;
  if (isOutage(response.status, isNamed(body))) registry.missed();
  else registry.answered();
  if (response.ok) return body;
  const errors = errorsOfBody(body, response.status).map(({ message, field }) => ({
    message,
    field: field?.[1] ?? null,
  }));
  throw new HttpRefusal(response.status, errors);
}

/** JSON over plain HTTP, for what is about sessions and passwords. @throws HttpRefusal */
export function post(path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return send(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** @throws HttpRefusal */
export function get(path: string, signal?: AbortSignal): Promise<unknown> {
  return send(path, { signal });
}
