import { APIError, betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Config } from '../config/config.js';
import type { PrismaClient } from '../database/generated/client.js';
import { mayHoldSession } from './may-hold-session.js';
import { passwordLength } from './person.schema.js';
import { oidcSession } from './session-plugin.js';

/** Injection token of the authentication library's instance. */
export const AUTH = Symbol('auth');

/** Carries the client's address to the library; set by us alone, whatever the client sent under this name. */
export const addressHeader = 'x-holdpoint-client-address';

const day = 24 * 60 * 60;

/**
 * Passwords, sessions and their cookies. Only what auth.controller.ts passes on is reachable over HTTP; people are
 * made by IdentityService, never by signing up.
 */
export function createAuth(config: Config, db: PrismaClient, secret: string, logger: Logger) {
  const log = logger.child({ part: 'auth' });
  return betterAuth({
    appName: 'Holdpoint',
    baseURL: config.publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    secret,
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // What may be chosen is decided in password.domain.ts; this bounds what is hashed.
      minPasswordLength: 1,
      maxPasswordLength: passwordLength.most * 4,
    },
    session: {
      expiresIn: 7 * day,
      updateAge: day,
      additionalFields: {
        method: { type: 'string', required: false, input: false },
        oidcSid: { type: 'string', required: false, input: false },
      },
    },
    plugins: [oidcSession],
    // Ours counts in the database, by account too (sign-in-throttle.ts).
    rateLimit: { enabled: false },
    trustedOrigins: config.publicUrl === null ? [] : [config.publicUrl],
    advanced: {
      cookiePrefix: 'holdpoint',
      useSecureCookies: config.publicUrl?.startsWith('https:') === true,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // The whole server refuses cross-site requests before any route is asked (secure-app.ts), and no address
      // to go to afterwards is passed on, so there is nothing left for the library to check.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    telemetry: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            if (await mayHoldSession(db, userId, config.demo)) return;
            throw new APIError('FORBIDDEN', {
              code: 'ACCOUNT_DISABLED',
              message: 'This account may not sign in',
            });
          },
        },
      },
    },
    // Only the kind of message: what comes after it may hold a row of the session or account table.
    logger: {
      level: 'error',
      log: (_level, message) => log.error({ message: message.slice(0, 100) }, 'sign-in failed'),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
