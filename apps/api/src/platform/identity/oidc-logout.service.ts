import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Database } from '../database/database.js';
import type { Act } from '../door/act.types.js';
import { sha256Hex } from '../digest/digest.js';
import { Door } from '../door/door.js';
import { LOGGER } from '../http/logger.js';
import { systemActor } from './actor.js';
import { type Discovered, IdentityProvider } from './identity-provider.js';
import { OidcPersonService } from './oidc-person.service.js';

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Asymmetric alone: the secret that the provider shares with us must not make a logout. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds in which a token is taken; what was taken is remembered for longer than that. */
const tokenLife = 5 * 60;
const clockTolerance = 30;

const logoutClaims = z
  .object({
    iss: z.string(),
    jti: z.string().min(1),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.object({ [event]: z.looseObject({}) }),
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);
type LogoutClaims = z.infer<typeof logoutClaims>;

/** The token is not a logout token of the provider for this server, or was used already. */
export class LogoutRefused extends Error {}

/** What the provider ends, ends here: OpenID Connect Back-Channel Logout 1.0. */
@Injectable()
export class OidcLogoutService {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly people: OidcPersonService,
    private readonly database: Database,
    private readonly door: Door,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Ends the sessions that a logout token names: with `sid` those of that session of the provider, else every
   * session of the person. @throws LogoutRefused
   */
  async end(token: string, requestId: string): Promise<void> {
    const claims = await verified(token, await this.provider.discover()).catch((error: unknown) => {
      this.logger.warn({ reqId: requestId, code: codeOf(error) }, 'a logout token was refused');
      throw new LogoutRefused('This is not a logout token for this server');
    });
    const where = await this.sessionsOf(claims);
    await this.door.act(
      {
        ...{ actor: systemActor, requestId, mutation: 'oidcLogout', input: {} },
        ...{ scope: { organisation: true }, permission: 'session.self' },
      },
      async (act) => {
        await this.refuseReplay(act, claims);
        const sessions = where === null ? [] : await act.tx.session.findMany({ where });
        await act.tx.session.deleteMany({ where: { id: { in: sessions.map(({ id }) => id) } } });
        act.record({
          act: 'session.ended_by_provider',
          subjectKind: 'user',
          subjectId: sessions[0]?.userId ?? where?.userId ?? 'unknown',
          data: { sessionIds: sessions.map(({ id }) => id) },
        });
        return {};
      },
    );
  }

  private async sessionsOf({ iss, sub, sid }: LogoutClaims) {
    const person = sub === undefined ? null : await this.people.known(iss, sub);
    if (sub !== undefined && !person) return null;
    return { ...(person && { userId: person.userId }), ...(sid !== undefined && { oidcSid: sid }) };
  }

  /** The chain's lock makes of two requests with one token the second wait for the first. */
  private async refuseReplay(act: Act, { iss, jti }: LogoutClaims): Promise<void> {
    const identifier = `oidc-logout:${sha256Hex(`${iss} ${jti}`)}`;
    const { verification } = act.tx;
    await verification.deleteMany({
      where: { identifier: { startsWith: 'oidc-logout:' }, expiresAt: { lt: act.now } },
    });
    if (await verification.findFirst({ where: { identifier } }))
      throw new LogoutRefused('This logout token was used already');
    const expiresAt = new Date(act.now.getTime() + 2 * (tokenLife + clockTolerance) * 1000);
    const at = { createdAt: act.now, updatedAt: act.now };
    await verification.create({ data: { id: uuidv7(), identifier, value: 'used', expiresAt, ...at } });
  }
}

async function verified(token: string, { client, keys }: Discovered): Promise<LogoutClaims> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: client.serverMetadata().issuer,
    audience: client.clientMetadata().client_id,
    algorithms,
    maxTokenAge: tokenLife,
    clockTolerance,
    requiredClaims: ['iat', 'jti', 'events'],
  });
  // An ID token or an access token of the same provider must not pass for one.
  if (protectedHeader.typ !== undefined && !/^((application\/)?logout\+jwt|JWT)$/i.test(protectedHeader.typ))
    throw new Error('not a logout token');
  return logoutClaims.parse(payload);
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
