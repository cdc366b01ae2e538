import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Refusal } from '../refusal/refusal.js';
import type { Actor } from './actor.js';
import { actorOf, loadActor } from './actor.reads.js';
import { AUTH, type Auth } from './auth.js';
import { isDemoEmail } from './demo-people.js';
import { findKey, reloadKey } from './key-actor.reads.js';
import { bearerToken, hashToken } from './key-token.js';
import { KeyUse } from './key-use.js';
import { sessionToken } from './session-cookie.js';
import { SESSION_SECRET } from './session-secret-token.js';
import { findSession } from './session.reads.js';

export type SignedIn = {
  actor: Actor;
  session: { id: string; expiresAt: Date; method: string };
  user: { id: string; name: string; email: string };
};

/** By which whoever uses a key states the person whose change this is: an e-mail address or a user id. */
export const committerHeader = 'x-holdpoint-committer';

const sessionCookie = /(^|;)\s*(__Secure-)?holdpoint\.session_token=/;

/** Who sends a request. Asked once per request, however many parts of it want to know. */
@Injectable()
export class RequestActors {
  private readonly known = new WeakMap<FastifyRequest, Promise<SignedIn | null>>();
  private readonly knownKeys = new WeakMap<FastifyRequest, Promise<Actor>>();

  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SESSION_SECRET) private readonly secret: string,
    private readonly database: Database,
    private readonly use: KeyUse,
  ) {}

  /**
   * The person whose session the cookie names, or the service or agent whose key the request carries, with what they
   * may do now; null without either.
   * @throws Refusal UNAUTHENTICATED for any key that is not valid, INVALID_INPUT for a request that names two actors.
   */
  async of(request: FastifyRequest): Promise<Actor | null> {
    const token = bearerToken(request.headers.authorization);
    if (token === null) return (await this.signedIn(request))?.actor ?? null;
    const known = this.knownKeys.get(request);
    if (known) return known;
    const found = this.keyOf(request, token);
    this.knownKeys.set(request, found);
    return found;
  }

  signedIn(request: FastifyRequest): Promise<SignedIn | null> {
    const known = this.known.get(request);
    if (known) return known;
    const found = this.find(request);
    this.known.set(request, found);
    return found;
  }

  /** The same actor as it stands now, for what outlives a request; null once it may do nothing any more. */
  again(actor: Actor): Promise<Actor | null> {
    const { client } = this.database;
    if (actor.kind === 'user') return loadActor(client, actor.id);
    return actor.key ? reloadKey(client, actor.key) : Promise.resolve(null);
  }

  private async keyOf(request: FastifyRequest, token: string): Promise<Actor> {
    const { cookie = '', [committerHeader]: stated } = request.headers;
    if (sessionCookie.test(cookie)) {
      throw new Refusal('INVALID_INPUT', 'Send a key or a session, not both', ['headers', 'authorization']);
    }
    const committer = typeof stated === 'string' && stated.trim() !== '' ? stated.trim() : null;
    const found = token === '' ? null : await findKey(this.database.client, hashToken(token), committer);
    if (!found) throw new Refusal('UNAUTHENTICATED', 'This key is not valid');
    if (committer !== null && found.actor.key.committerId === null) {
      const message = 'X-Holdpoint-Committer names nobody who may sign in here';
      throw new Refusal('INVALID_INPUT', message, ['headers', committerHeader]);
    }
    if (!found.seenLately) this.use.seen(found.actor.id);
    return found.actor;
  }

  private async find(request: FastifyRequest): Promise<SignedIn | null> {
    const { cookie } = request.headers;
    if (cookie === undefined) return null;
    // The library makes sessions and ends them. Extending one is left to the route that can send the longer cookie too.
    const { authCookies } = await this.auth.$context;
    const token = sessionToken(cookie, authCookies.sessionToken.name, this.secret);
    const found = token === null ? null : await findSession(this.database.client, token);
    if (!found || (isDemoEmail(found.email) && !this.config.demo)) return null;
    const { id, name, email, sessionId, expiresAt, method } = found;
    return {
      actor: actorOf(found),
      session: { id: sessionId, expiresAt, method },
      user: { id, name, email },
    };
  }
}
