import { errorsOfBody, type HttpErrorBody } from '../api/http-error.js';

/** Sign-in and the first administrator go through plain HTTP; better-auth keeps the session in a cookie. */
export interface SessionUser {
  id: string;
  name: string;
  email: string;
}

async function post(path: string, body: object): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
}

async function failureOf(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as HttpErrorBody | null;
  return new Error(
    errorsOfBody(body, response.status)
      .map((error) => error.message)
      .join(' '),
  );
}

export async function signIn(email: string, password: string): Promise<void> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (response.ok) return;
  throw await failureOf(response);
}

export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
}

export async function currentSession(): Promise<SessionUser | null> {
  const response = await fetch('/api/auth/get-session', { credentials: 'same-origin' });
  if (!response.ok) return null;
  const body = (await response.json().catch(() => null)) as { user?: SessionUser } | null;
  return body?.user ?? null;
}

/** Makes the first administrator of a new install with the token of the one-time link. */
export async function createFirstAdministrator(input: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<void> {
  const response = await post('/api/setup', input);
  if (!response.ok) throw await failureOf(response);
}
