import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { teamCreate, teamMemberChange, teamUpdate } from './team.schema.js';

const organisation = { organisation: true } as const;

@Injectable()
export class TeamService {
  constructor(private readonly door: Door) {}

  create(actor: Actor, requestId: string, raw: unknown): Promise<{ teamId: string }> {
    const input = parse(teamCreate, raw);
    const { key, name, onCallContact = null, idempotencyKey } = input;
    return this.door.act(
      {
        actor,
        requestId,
        mutation: 'teamCreate',
        input,
        idempotencyKey,
        scope: organisation,
        permission: 'team.create',
      },
      async (act) => {
        const taken = await act.tx.team.findUnique({ where: { key } });
        if (taken) throw new Refusal('CONFLICT', `There is a team with the key ${key}`, ['input', 'key']);
        const id = act.newId();
        await act.tx.team.create({ data: { id, key, name, onCallContact, createdAt: act.now } });
        act.record({
          act: 'team.created',
          subjectKind: 'team',
          subjectId: id,
          data: { key, name },
        });
        return { teamId: id };
      },
    );
  }

  update(actor: Actor, requestId: string, raw: unknown): Promise<{ teamId: string }> {
    const input = parse(teamUpdate, raw);
    const { teamId, expectedRevision, name, onCallContact = null, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'teamUpdate', input, idempotencyKey },
        ...{ scope: organisation, permission: 'team.manage', teamId },
      },
      async (act) => {
        const team = await act.tx.team.findUnique({ where: { id: teamId } });
        if (!team) throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamId']);
        if (team.revision !== expectedRevision)
          throw new Refusal('CONFLICT', 'Somebody changed this team since you read it', [
            'input',
            'expectedRevision',
          ]);
        const revision = team.revision + 1;
        await act.tx.team.update({ where: { id: teamId }, data: { name, onCallContact, revision } });
        act.record({
          act: 'team.updated',
          subjectKind: 'team',
          subjectId: teamId,
          data: { name, revision },
        });
        return { teamId };
      },
    );
  }

  addMember(actor: Actor, requestId: string, raw: unknown): Promise<{ teamId: string }> {
    const input = parse(teamMemberChange, raw);
    const { teamId, userId, role, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'teamMemberAdd', input, idempotencyKey },
        ...{ scope: organisation, permission: 'team.manage', teamId },
      },
      async (act) => {
        const team = await act.tx.team.findUnique({ where: { id: teamId } });
        if (!team) throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamId']);
        const user = await act.tx.user.findFirst({ where: { id: userId, disabledAt: null } });
        if (!user) throw new Refusal('NOT_FOUND', 'There is no such person', ['input', 'userId']);
        const held = await act.tx.teamMember.findFirst({ where: { teamId, userId, role, endedAt: null } });
        if (held)
          throw new Refusal('CONFLICT', `${user.name} is ${role} of this team already`, ['input', 'role']);
        await act.tx.teamMember.create({ data: { id: act.newId(), teamId, userId, role, addedAt: act.now } });
        act.record({
          act: 'team.member_added',
          subjectKind: 'team',
          subjectId: teamId,
          data: { userId, role },
        });
        return { teamId };
      },
    );
  }

  removeMember(actor: Actor, requestId: string, raw: unknown): Promise<{ teamId: string }> {
    const input = parse(teamMemberChange, raw);
    const { teamId, userId, role, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'teamMemberRemove', input, idempotencyKey },
        ...{ scope: organisation, permission: 'team.manage', teamId },
      },
      async (act) => {
        const ended = await act.tx.teamMember.updateMany({
          where: { teamId, userId, role, endedAt: null },
          data: { endedAt: act.now },
        });
        if (ended.count === 0)
          throw new Refusal('NOT_FOUND', `This person is not ${role} of this team`, ['input', 'userId']);
        act.record({
          act: 'team.member_removed',
          subjectKind: 'team',
          subjectId: teamId,
          data: { userId, role },
        });
        return { teamId };
      },
    );
  }
}
