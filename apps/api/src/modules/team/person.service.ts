import { Injectable } from '@nestjs/common';
import { hashPassword } from 'better-auth/crypto';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { organisationRoleChange, userCreate } from './person.schema.js';

const organisation = { organisation: true } as const;

@Injectable()
export class PersonService {
  constructor(private readonly door: Door) {}

  async create(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const { idempotencyKey, password, ...person } = parse(userCreate, raw);
    // Slow on purpose, so before the lock. The password is in no input hash and in no entry.
    const hash = await hashPassword(password);
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'userCreate', input: person, idempotencyKey },
        ...{ scope: organisation, permission: 'organisation.manage' },
      },
      async (act) => {
        const taken = await act.tx.user.findUnique({ where: { email: person.email } });
        if (taken) throw new Refusal('CONFLICT', 'There is a person with this address', ['input', 'email']);
        const [id, at] = [act.newId(), { createdAt: act.now, updatedAt: act.now }];
        await act.tx.user.create({ data: { id, ...person, emailVerified: false, ...at } });
        await act.tx.account.create({
          data: {
            id: act.newId(),
            userId: id,
            accountId: id,
            providerId: 'credential',
            password: hash,
            ...at,
          },
        });
        // Name and address are personal data and the ledger cannot forget: the entry holds the id alone.
        act.record({ act: 'user.created', subjectKind: 'user', subjectId: id });
        return { userId: id };
      },
    );
  }

  grantRole(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(organisationRoleChange, raw);
    const { userId, role, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'organisationRoleGrant', input, idempotencyKey },
        ...{ scope: organisation, permission: 'organisation.manage' },
      },
      async (act) => {
        const user = await act.tx.user.findFirst({ where: { id: userId, disabledAt: null } });
        if (!user) throw new Refusal('NOT_FOUND', 'There is no such person', ['input', 'userId']);
        const held = await act.tx.organisationRole.findFirst({ where: { userId, role, endedAt: null } });
        if (held) throw new Refusal('CONFLICT', `${user.name} holds this role already`, ['input', 'role']);
        await act.tx.organisationRole.create({ data: { id: act.newId(), userId, role, grantedAt: act.now } });
        act.record({
          act: 'organisation_role.granted',
          subjectKind: 'user',
          subjectId: userId,
          data: { role },
        });
        return { userId };
      },
    );
  }

  revokeRole(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(organisationRoleChange, raw);
    const { userId, role, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'organisationRoleRevoke', input, idempotencyKey },
        ...{ scope: organisation, permission: 'organisation.manage' },
      },
      async (act) => {
        const ended = await act.tx.organisationRole.updateMany({
          where: { userId, role, endedAt: null },
          data: { endedAt: act.now },
        });
        if (ended.count === 0)
          throw new Refusal('NOT_FOUND', 'This person does not hold this role', ['input', 'role']);
        if (role === 'administrator') {
          const [left] = await act.tx.$queryRaw<{ count: number }[]>`
            SELECT count(*)::int AS count FROM organisation_role r JOIN "user" u ON u.id = r.user_id
            WHERE r.role = 'administrator' AND r.ended_at IS NULL AND u.disabled_at IS NULL`;
          if (!left?.count)
            throw new Refusal('LAST_ADMINISTRATOR', 'The last administrator cannot be removed', [
              'input',
              'userId',
            ]);
        }
        act.record({
          act: 'organisation_role.revoked',
          subjectKind: 'user',
          subjectId: userId,
          data: { role },
        });
        return { userId };
      },
    );
  }
}
