import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { sha256Hex } from '../digest/digest.js';
import { Door } from '../door/door.js';
import { parse } from '../refusal/parse.js';
import { Refusal } from '../refusal/refusal.js';
import { systemActor } from './actor.js';
import { IdentityService } from './identity.service.js';
import { hashChosenPassword } from './password-hash.js';
import { setup } from './person.schema.js';
import { SignInThrottle } from './sign-in-throttle.js';

const linkLifeMs = 24 * 60 * 60 * 1000;

/** The first administrator of a new install, made through a link that works once. */
@Injectable()
export class SetupService {
  constructor(
    private readonly database: Database,
    private readonly door: Door,
    private readonly identity: IdentityService,
    private readonly throttle: SignInThrottle,
  ) {}

  /** Whether nobody can sign in yet. */
  async isNeeded(): Promise<boolean> {
    return (await this.database.client.user.findFirst({ select: { id: true } })) === null;
  }

  /** The token of a new link, good for a day; of it only a hash is kept. Null once there is a person. */
  async issueLink(requestId: string): Promise<string | null> {
    if (!(await this.isNeeded())) return null;
    const token = randomBytes(32).toString('base64url');
    await this.door.act(
      { ...organisationAct, requestId, mutation: 'setupLinkIssue', input: {} },
      async (act) => {
        const id = act.newId();
        const expiresAt = new Date(act.now.getTime() + linkLifeMs);
        await act.tx.setupLink.create({
          data: { id, tokenHash: sha256Hex(token), createdAt: act.now, expiresAt },
        });
        act.record({ act: 'setup_link.issued', subjectKind: 'setup_link', subjectId: id });
        return { id };
      },
    );
    return token;
  }

  /**
   * Makes the administrator. Of requests that arrive together exactly one succeeds.
   * @throws TooManyAttempts @throws Refusal INVALID_INPUT, SETUP_LINK_INVALID when the link is unknown, used, too old or not needed any more
   */
  async complete(requestId: string, address: string, input: unknown): Promise<{ userId: string }> {
    const { token, ...person } = parse(setup, input);
    const attempt = await this.throttle.begin(address, null);
    const tokenHash = sha256Hex(token);
    // Asked before the password is hashed, which takes a while: a guesser must not keep the processor busy.
    const link = await this.database.client.setupLink.findUnique({ where: { tokenHash } });
    if (!link || link.usedAt) throw invalidLink();
    await attempt.succeeded();
    const passwordHash = await hashChosenPassword(person.password, person.email);
    return this.door.act(
      { ...organisationAct, requestId, mutation: 'setupComplete', input: { linkId: link.id } },
      async (act) => {
        const used = await act.tx.setupLink.updateMany({
          where: { id: link.id, usedAt: null, expiresAt: { gt: act.now } },
          data: { usedAt: act.now },
        });
        const someone = await act.tx.user.findFirst({ select: { id: true } });
        if (used.count !== 1 || someone) throw invalidLink();
        const userId = await this.identity.insert(act, person, passwordHash);
        const role = { id: act.newId(), userId, role: 'administrator', grantedAt: act.now };
        await act.tx.organisationRole.create({ data: role });
        act.record({
          act: 'setup.completed',
          subjectKind: 'user',
          subjectId: userId,
          data: { role: role.role },
        });
        return { userId };
      },
    );
  }
}

const organisationAct = {
  actor: systemActor,
  scope: { organisation: true },
  permission: 'organisation.manage',
} as const;

function invalidLink(): Refusal {
  const message = 'This link does not work any more. Start the server again to get a new one.';
  return new Refusal('SETUP_LINK_INVALID', message, ['input', 'token']);
}
