import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Act, ActSpec } from '../../platform/door/act.types.js';
import type { Actor } from '../../platform/identity/actor.js';
import { isErased } from '../../platform/identity/erased-person.js';
import { hasOtherAdministrator } from '../../platform/identity/last-administrator.reads.js';
import { ResetLinkService } from '../../platform/identity/reset-link.service.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { personDisable, personEnable, personResetLinkCreate } from './person.schema.js';

/** Whether a person may sign in at all, and how one who cannot gets in again. */
@Injectable()
export class PersonAccessService {
  constructor(
    private readonly door: Door,
    private readonly links: ResetLinkService,
  ) {}

  /** Ends every session and every open link in the same act; roles stay, for when the person comes back. */
  disable(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(personDisable, raw);
    const { userId, reason = null } = input;
    return this.door.act(this.spec(actor, requestId, 'personDisable', input), async (act) => {
      const user = await personOf(act, userId);
      if (user.disabledAt) throw new Refusal('CONFLICT', `${user.name} is disabled already`, field);
      await refuseLastAdministrator(act, userId);
      await act.tx.user.update({ where: { id: userId }, data: { disabledAt: act.now, updatedAt: act.now } });
      const { count: sessionsEnded } = await act.tx.session.deleteMany({ where: { userId } });
      await act.tx.resetLink.deleteMany({ where: { userId, usedAt: null } });
      act.record({
        ...{ act: 'user.disabled', subjectKind: 'user', subjectId: userId },
        ...{ data: { sessionsEnded }, reason },
      });
      return { userId };
    });
  }

  enable(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(personEnable, raw);
    const { userId } = input;
    return this.door.act(this.spec(actor, requestId, 'personEnable', input), async (act) => {
      const user = await personOf(act, userId);
      if (!user.disabledAt) throw new Refusal('CONFLICT', `${user.name} may sign in already`, field);
      await act.tx.user.update({ where: { id: userId }, data: { disabledAt: null, updatedAt: act.now } });
      act.record({ act: 'user.enabled', subjectKind: 'user', subjectId: userId });
      return { userId };
    });
  }

  /** The token comes after `#`, which browsers send to no server. */
  async resetLink(
    actor: Actor,
    requestId: string,
    raw: unknown,
  ): Promise<{ userId: string; path: string; expiresAt: Date }> {
    const { userId, hours, idempotencyKey = null } = parse(personResetLinkCreate, raw);
    const asked = { userId, hours: hours ?? 24, idempotencyKey };
    const { token, ...issued } = await this.links.issue(actor, requestId, asked);
    return { ...issued, path: `/reset#${token}` };
  }

  private spec(
    actor: Actor,
    requestId: string,
    mutation: string,
    input: { idempotencyKey?: string | null | undefined },
  ): ActSpec {
    const { idempotencyKey = null } = input;
    const scope = { organisation: true } as const;
    return { actor, requestId, mutation, input, idempotencyKey, scope, permission: 'organisation.manage' };
  }
}

const field = ['input', 'userId'];

async function personOf(act: Act, id: string) {
  const user = await act.tx.user.findUnique({
    where: { id },
    select: { name: true, email: true, disabledAt: true },
  });
  if (user && isErased(user))
    throw new Refusal('CONFLICT', 'This person is erased and does not come back', field);
  if (!user) throw new Refusal('NOT_FOUND', 'There is no such person', field);
  return user;
}

async function refuseLastAdministrator(act: Act, userId: string): Promise<void> {
  const where = { userId, role: 'administrator', endedAt: null };
  const administers = await act.tx.organisationRole.findFirst({ where });
  if (administers && !(await hasOtherAdministrator(act.tx, userId)))
    throw new Refusal('LAST_ADMINISTRATOR', 'The last administrator cannot be disabled', field);
}
