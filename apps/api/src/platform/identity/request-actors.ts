import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Actor } from './actor.js';
import { loadActor } from './actor.reads.js';
import { AUTH, type Auth } from './auth.js';
import { isDemoEmail } from './demo-people.js';

export type SignedIn = {
  actor: Actor;
  session: { id: string; expiresAt: Date };
  user: { id: string; name: string; email: string };
};

/** Who sends a request. Asked once per request, however many parts of it want to know. */
@Injectable()
export class RequestActors {
  private readonly known = new WeakMap<FastifyRequest, Promise<SignedIn | null>>();

  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  /** The person whose session the cookie names, with the roles held now; null without a valid session. */
  async of(request: FastifyRequest): Promise<Actor | null> {
    return (await this.signedIn(request))?.actor ?? null;
  }

  signedIn(request: FastifyRequest): Promise<SignedIn | null> {
    const known = this.known.get(request);
    if (known) return known;
    const found = this.find(request);
    this.known.set(request, found);
    return found;
  }

  private async find(request: FastifyRequest): Promise<SignedIn | null> {
    const { cookie } = request.headers;
    if (cookie === undefined) return null;
    // Extending the session is left to the route that can send the longer cookie too.
    const found = await this.auth.api.getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: true },
    });
    if (!found || (isDemoEmail(found.user.email) && !this.config.demo)) return null;
    const actor = await loadActor(this.database.client, found.user.id);
    if (!actor) return null;
    const { id, name, email } = found.user;
    return {
      actor,
      session: { id: found.session.id, expiresAt: found.session.expiresAt },
      user: { id, name, email },
    };
  }
}
