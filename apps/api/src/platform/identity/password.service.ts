import { Injectable } from '@nestjs/common';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { Database } from '../database/database.js';
import { sha256Hex } from '../digest/digest.js';
import type { Act } from '../door/act.types.js';
import { Door } from '../door/door.js';
import { DoorClock } from '../door/door-clock.js';
import { parse } from '../refusal/parse.js';
import { Refusal } from '../refusal/refusal.js';
import type { Actor } from './actor.js';
import { loadActor } from './actor.reads.js';
import { hashChosenPassword } from './password-hash.js';
import { passwordChange, passwordReset } from './person.schema.js';
import { setPassword } from './set-password.js';
import { type Attempt, SignInThrottle } from './sign-in-throttle.js';

const self = { scope: { organisation: true }, permission: 'session.self' } as const;

/** Passwords after the first one: by an administrator's one-time link, or by who knows the present one. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly clock: DoorClock,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * Sets a new password by a link. Every session of the person ends.
   * @throws Refusal INVALID_INPUT, RESET_LINK_INVALID @throws TooManyAttempts
   */
  async reset(requestId: string, address: string, raw: unknown): Promise<{ email: string }> {
    const { token, password } = parse(passwordReset, raw);
    const attempt = await this.throttle.begin(address, null);
    const link = await this.database.client.resetLink.findUnique({ where: { tokenHash: sha256Hex(token) } });
    if (!link || link.usedAt || link.expiresAt < this.clock.now()) throw invalidLink();
    // Whoever has the link has not guessed it; what remains is about the password.
    await attempt.succeeded();
    const actor = await loadActor(this.database.client, link.userId);
    const where = { id: link.userId };
    const { email } = await this.database.client.user.findUniqueOrThrow({ where, select: { email: true } });
    if (!actor) throw invalidLink();
    const hash = await hashChosenPassword(password, email);
    await this.door.act(
      { ...self, actor, requestId, mutation: 'passwordReset', input: { linkId: link.id } },
      async (act) => {
        const used = await act.tx.resetLink.updateMany({
          where: { id: link.id, usedAt: null, expiresAt: { gt: act.now } },
          data: { usedAt: act.now },
        });
        if (used.count !== 1) throw invalidLink();
        await this.replace(act, hash, null, 'password.reset', { linkId: link.id });
        return {};
      },
    );
    await this.throttle.forget(email);
    return { email };
  }

  /**
   * Sets one's own new password. One's other sessions end.
   * @throws Refusal INVALID_INPUT, also when the present password is wrong @throws TooManyAttempts
   */
  async change(
    who: { actor: Actor; email: string; sessionId: string },
    requestId: string,
    address: string,
    raw: unknown,
  ): Promise<void> {
    const { actor, email, sessionId } = who;
    const { currentPassword, newPassword } = parse(passwordChange, raw);
    const attempt = await this.throttle.begin(address, email);
    await this.mustMatch(actor.id, currentPassword, attempt);
    const hash = await hashChosenPassword(newPassword, email, 'newPassword');
    await this.door.act({ ...self, actor, requestId, mutation: 'passwordChange', input: {} }, async (act) => {
      await this.replace(act, hash, sessionId, 'password.changed', {});
      return {};
    });
  }

  private async mustMatch(userId: string, password: string, attempt: Attempt): Promise<void> {
    const where = { userId, providerId: 'credential' };
    const account = await this.database.client.account.findFirst({ where, select: { password: true } });
    // As long for a person without a password.
    const hash = account?.password ?? (await hashPassword('no password'));
    const matches = (await verifyPassword({ hash, password })) && account?.password != null;
    if (!matches)
      throw new Refusal('INVALID_INPUT', 'This is not the password you have now', [
        'input',
        'currentPassword',
      ]);
    await attempt.succeeded();
  }

  private async replace(
    act: Act,
    hash: string,
    keepSessionId: string | null,
    name: string,
    data: { linkId?: string },
  ): Promise<void> {
    const userId = act.actor.id;
    await setPassword(act, userId, hash);
    await act.tx.resetLink.deleteMany({ where: { userId, usedAt: null } });
    const others = { userId, ...(keepSessionId === null ? {} : { id: { not: keepSessionId } }) };
    const { count: sessionsEnded } = await act.tx.session.deleteMany({ where: others });
    act.record({ act: name, subjectKind: 'user', subjectId: userId, data: { ...data, sessionsEnded } });
  }
}

function invalidLink(): Refusal {
  const message = 'This link does not work any more. Ask an administrator for a new one.';
  return new Refusal('RESET_LINK_INVALID', message, ['input', 'token']);
}
