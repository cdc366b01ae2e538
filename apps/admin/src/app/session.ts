/** Sign-in and the first administrator go through plain HTTP; better-auth keeps the session in a cookie. */
export interface SessionUser {
  id: string;
  name: string;
  email: string;
}

interface Failure {
  message?: string;
  error?: string;
  userErrors?: { message: string }[];
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

async function failureOf(response: Response, otherwise: string): Promise<Error> {
  const body = (await response.json().catch(() => ({}))) as Failure;
  return new Error(body.userErrors?.[0]?.message ?? body.message ?? otherwise);
}

export async function signIn(email: string, password: string): Promise<void> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (response.ok) return;
  if (response.status === 429) throw new Error('Too many attempts. Wait a minute, then try again.');
  if (response.status < 500) throw new Error('This email and password do not match an account.');
  throw await failureOf(response, `The server answered ${response.status}.`);
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
  if (!response.ok) throw await failureOf(response, 'This link is not valid any more.');
}
