import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { IdentityService } from '../../platform/identity/identity.service.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { organisationRoleChange, organisationRoleGrant, userCreate } from './person.schema.js';

const organisation = { organisation: true } as const;

@Injectable()
export class PersonService {
  constructor(
    private readonly door: Door,
    private readonly identity: IdentityService,
  ) {}

  create(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    return this.identity.createUser(actor, requestId, parse(userCreate, raw));
  }

  grantRole(actor: Actor, requestId: string, raw: unknown): Promise<{ userId: string }> {
    const input = parse(organisationRoleGrant, raw);
    const { userId, role, deputy, idempotencyKey } = input;
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
        const data = { id: act.newId(), userId, role, deputy, grantedAt: act.now };
        await act.tx.organisationRole.create({ data });
        act.record({
          act: 'organisation_role.granted',
          subjectKind: 'user',
          subjectId: userId,
          data: { role, deputy },
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
