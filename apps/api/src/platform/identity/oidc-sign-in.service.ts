import { Inject, Injectable } from '@nestjs/common';
import { APIError } from 'better-auth/api';
import { Database } from '../database/database.js';
import { loadActor } from './actor.reads.js';
import { AUTH, type Auth } from './auth.js';
import type { Discovered } from './identity-provider.js';
import type { OidcClaims } from './oidc-flow.js';
import { OidcPersonService } from './oidc-person.service.js';
import { OidcProblem } from './oidc-problem.js';
import { OidcRolesService } from './oidc-roles.service.js';
import { SignInLedger } from './sign-in-ledger.js';

/** From what the provider says to a session with the roles that its groups give. */
@Injectable()
export class OidcSignInService {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    private readonly database: Database,
    private readonly people: OidcPersonService,
    private readonly roles: OidcRolesService,
    private readonly ledger: SignInLedger,
  ) {}

  /** @returns the cookies of the session @throws OidcProblem */
  async signIn(
    claims: OidcClaims,
    { settings }: Discovered,
    client: { headers: Headers; requestId: string },
  ): Promise<string[]> {
    const { requestId, headers: requestHeaders } = client;
    const userId = await this.people.find(claims, settings, requestId);
    await this.roles.apply(userId, claims.groups, settings, requestId);
    const { headers, response } = await this.auth.api
      .startOidcSession({
        body: { userId, oidcSid: claims.sid },
        headers: requestHeaders,
        returnHeaders: true,
      })
      .catch((error: unknown) => {
        throw error instanceof APIError ? new OidcProblem('disabled') : error;
      });
    const { sessionId } = response;
    try {
      const actor = await loadActor(this.database.client, userId);
      if (!actor) throw new OidcProblem('disabled');
      await this.ledger.started(actor, requestId, sessionId, 'oidc');
    } catch (error) {
      await this.database.client.session.deleteMany({ where: { id: sessionId } });
      throw error;
    }
    return headers.getSetCookie();
  }
}
