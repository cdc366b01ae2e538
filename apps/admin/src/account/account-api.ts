import { get, post } from '../app/http.js';

export interface AccountSession {
  id: string;
  /** The one in which this is asked. */
  current: boolean;
  method: 'password' | 'oidc';
  startedAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
}

export interface Account {
  hasPassword: boolean;
  hasProvider: boolean;
  sessions: AccountSession[];
}

export const accountKey = ['api', 'account'];

export async function readAccount(): Promise<Account> {
  return (await get('/api/account')) as Account;
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post('/api/account/password', { currentPassword, newPassword });
}

/** Ends one session, or all but this one. @returns how many */
export async function endSessions(which: { sessionId: string } | { others: true }): Promise<number> {
  return ((await post('/api/account/sessions/end', which)) as { ended: number }).ended;
}
