import { get, post } from './http.js';

/** Sign-in and the first administrator go through plain HTTP; better-auth keeps the session in a cookie. */
export interface SessionUser {
  id: string;
  name: string;
  email: string;
}

export interface SignInMethods {
  password: boolean;
  /** The identity provider, by the name that people know it by. */
  oidc: { name: string } | null;
}

export async function signIn(email: string, password: string): Promise<void> {
  await post('/api/auth/sign-in/email', { email, password });
}

export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
}

/** Null for nobody. @throws HttpRefusal when the registry did not say: that is not nobody */
export async function currentSession(signal?: AbortSignal): Promise<SessionUser | null> {
  const found = (await get('/api/auth/get-session', signal)) as { user?: SessionUser } | null;
  return found?.user ?? null;
}

/** How people sign in here. @throws HttpRefusal when the registry did not say */
export async function signInMethods(): Promise<SignInMethods> {
  return (await get('/api/auth/methods')) as SignInMethods;
}

/** Where the identity provider is asked, to come back to this page of the console. */
export function providerAddress(to: string): string {
  return `/api/auth/oidc/start?${new URLSearchParams({ to }).toString()}`;
}

/** Makes the first administrator of a new install with the token of the one-time link. */
export async function createFirstAdministrator(input: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<void> {
  await post('/api/setup', input);
}

/** Sets a new password by an administrator's link. @returns the address to sign in with */
export async function resetPassword(token: string, password: string): Promise<string> {
  return ((await post('/api/reset', { token, password })) as { email: string }).email;
}

/**
 * Signs in from a page that needs no session. The console starts anew: react-admin holds for signed out whoever began
 * on such a page.
 */
export async function signInAndStart(email: string, password: string): Promise<void> {
  await signIn(email, password);
  location.replace('/');
}
