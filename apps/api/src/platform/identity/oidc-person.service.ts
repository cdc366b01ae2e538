import { Injectable } from '@nestjs/common';
import type { OidcConfig } from '../config/oidc-config.js';
import { Database } from '../database/database.js';
import type { Act } from '../door/act.types.js';
import { Door } from '../door/door.js';
import { systemActor } from './actor.js';
import { IdentityService } from './identity.service.js';
import type { OidcClaims } from './oidc-flow.js';
import { OidcProblem } from './oidc-problem.js';
import { emailAddress, personName } from './person.schema.js';

/** In the account table: a person at the provider is known by issuer and subject, never by an address. */
const providerId = 'oidc';
export const accountIdOf = (issuer: string, subject: string) => `${issuer} ${subject}`;

/** The person whom the provider names: known, linked now, or made now. */
@Injectable()
export class OidcPersonService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly identity: IdentityService,
  ) {}

  /** The person with this name at the provider; null for one who has not signed in through it. */
  async known(issuer: string, subject: string): Promise<{ userId: string; disabled: boolean } | null> {
    const account = await this.database.client.account.findUnique({
      where: { providerId_accountId: { providerId, accountId: accountIdOf(issuer, subject) } },
      select: { userId: true, user: { select: { disabledAt: true } } },
    });
    return account && { userId: account.userId, disabled: account.user.disabledAt !== null };
  }

  /**
   * A person is linked or made by a verified address alone: whoever can claim another's address must not get the
   * other's account.
   * @throws OidcProblem email_missing, domain, disabled, email_unverified, email_taken
   */
  async find(claims: OidcClaims, settings: OidcConfig, requestId: string): Promise<string> {
    const known = await this.known(claims.issuer, claims.subject);
    if (known?.disabled) throw new OidcProblem('disabled');
    const email = claims.email === null ? null : (emailAddress.safeParse(claims.email).data ?? null);
    const domain = email?.split('@')[1];
    const { allowedDomains } = settings;
    if (allowedDomains.length > 0 && (domain === undefined || !allowedDomains.includes(domain)))
      throw new OidcProblem(email === null ? 'email_missing' : 'domain');
    if (known) return known.userId;
    if (email === null) throw new OidcProblem('email_missing');
    if (!claims.emailVerified) throw new OidcProblem('email_unverified');
    return this.linkOrMake(claims, email, requestId);
  }

  private async linkOrMake(claims: OidcClaims, email: string, requestId: string): Promise<string> {
    const { userId } = await this.door.act(
      {
        ...{ actor: systemActor, requestId, mutation: 'oidcPersonFind', input: {} },
        ...{ scope: { organisation: true }, permission: 'organisation.manage' },
      },
      async (act) => {
        const accountId = accountIdOf(claims.issuer, claims.subject);
        const where = { providerId_accountId: { providerId, accountId } };
        const raced = await act.tx.account.findUnique({ where, select: { userId: true } });
        if (raced) return act.withoutEffect(raced);
        const user = await act.tx.user.findUnique({ where: { email } });
        if (user?.disabledAt) throw new OidcProblem('disabled');
        const other = user && (await act.tx.account.findFirst({ where: { userId: user.id, providerId } }));
        if (other) throw new OidcProblem('email_taken');
        const id =
          user?.id ?? (await this.identity.insertPerson(act, { name: nameOf(claims, email), email }));
        const at = { createdAt: act.now, updatedAt: act.now };
        await act.tx.account.create({ data: { id: act.newId(), accountId, providerId, userId: id, ...at } });
        await verify(act, id);
        act.record({
          act: user ? 'user.linked' : 'user.provisioned',
          subjectKind: 'user',
          subjectId: id,
          data: { provider: providerId },
        });
        return { userId: id };
      },
    );
    return userId;
  }
}

async function verify(act: Act, id: string): Promise<void> {
  await act.tx.user.update({ where: { id }, data: { emailVerified: true, updatedAt: act.now } });
}

/** The provider's name for the person in a form that can be kept, else what stands before the @. */
function nameOf({ name }: OidcClaims, email: string): string {
  const clean = (name ?? '').replace(/\p{C}/gu, ' ').trim().slice(0, 120);
  return personName.safeParse(clean).data ?? email.split('@')[0] ?? 'Unnamed';
}
