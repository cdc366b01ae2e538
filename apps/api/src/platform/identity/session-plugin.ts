import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Seconds. What the provider has withdrawn since is asked again at the next sign-in, which is not put off for days. */
export const oidcSessionLife = 12 * 60 * 60;

const body = z.object({ userId: z.uuid(), oidcSid: z.string().nullable() });

/** Begins a session for a person whom the identity provider has named. Callable from this server alone. */
export const oidcSession = {
  id: 'holdpoint-oidc-session',
  endpoints: {
    startOidcSession: createAuthEndpoint.serverOnly({ method: 'POST', body }, async (context) => {
      const { userId, oidcSid } = context.body;
      const { internalAdapter } = context.context;
      const user = await internalAdapter.findUserById(userId);
      if (!user) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED' });
      const expiresAt = new Date(Date.now() + oidcSessionLife * 1000);
      const given = { method: 'oidc', oidcSid, expiresAt };
      const session = await internalAdapter.createSession(userId, false, given, true);
      await setSessionCookie(context, { session, user }, false, { maxAge: oidcSessionLife });
      return context.json({ sessionId: session.id });
    }),
  },
} satisfies BetterAuthPlugin;
