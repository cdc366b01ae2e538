import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { StageService } from '../stage/stage.service.js';
import { workflowRegister } from './workflow.schema.js';

@Injectable()
export class RegistrationService {
  constructor(
    private readonly door: Door,
    private readonly stages: StageService,
  ) {}

  /** A workflow with its ledger chain and the stages of the default rollout. */
  register(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(workflowRegister, raw);
    const { teamId, key, name, description, restricted, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'workflowRegister', input, idempotencyKey },
        ...{ scope: { organisation: true }, permission: 'workflow.register', teamId },
      },
      async (act) => {
        const team = await act.tx.team.findUnique({ where: { id: teamId } });
        if (!team) throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamId']);
        const taken = await act.tx.workflow.findUnique({ where: { teamId_key: { teamId, key } } });
        if (taken)
          throw new Refusal('CONFLICT', `${team.key}.${key} is taken; keys are never reused`, [
            'input',
            'key',
          ]);
        const id = act.newId();
        await act.tx.workflow.create({
          data: {
            id,
            teamId,
            key,
            name,
            description,
            restricted,
            createdById: act.actor.id,
            createdAt: act.now,
          },
        });
        await act.openChain({ id, teamId, restricted });
        await this.stages.createDefaults(act, id);
        act.record({
          act: 'workflow.registered',
          subjectKind: 'workflow',
          subjectId: id,
          data: { teamId, key, name, restricted },
        });
        act.emit('workflow.registered', { workflowId: id });
        return { workflowId: id };
      },
    );
  }
}
