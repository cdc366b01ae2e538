import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { canonicalModel } from './model.domain.js';
import { ModelReads } from './model.reads.js';
import { isAlias, modelConfigCreate, modelConfigVersionCreate } from './model.schema.js';

const organisation = { organisation: true } as const;

@Injectable()
export class ModelService {
  constructor(
    private readonly door: Door,
    private readonly reads: ModelReads,
  ) {}

  create(actor: Actor, requestId: string, raw: unknown): Promise<{ modelConfigId: string }> {
    const input = parse(modelConfigCreate, raw);
    const { teamId, key, name, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'modelConfigCreate', input, idempotencyKey },
        ...{ scope: organisation, permission: 'modelConfig.edit', teamId },
      },
      async (act) => {
        const team = await act.tx.team.findUnique({ where: { id: teamId } });
        if (!team) throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamId']);
        const taken = await act.tx.modelConfig.findUnique({ where: { teamId_key: { teamId, key } } });
        if (taken)
          throw new Refusal('CONFLICT', `${team.name} has a model config with the key ${key}`, [
            'input',
            'key',
          ]);
        const id = act.newId();
        await act.tx.modelConfig.create({ data: { id, teamId, key, name, createdAt: act.now } });
        act.record({
          act: 'model_config.created',
          subjectKind: 'model_config',
          subjectId: id,
          data: { teamId, key, name },
        });
        return { modelConfigId: id };
      },
    );
  }

  async createVersion(
    actor: Actor,
    requestId: string,
    raw: unknown,
  ): Promise<{ modelConfigVersionId: string }> {
    const input = parse(modelConfigVersionCreate, raw);
    const { modelConfigId, expectedVersion, provider, model, parameters, commitMessage, idempotencyKey } =
      input;
    const moves = isAlias(model);
    const reason = input.aliasAcceptedReason ?? null;
    const { canonical, digest } = canonicalModel({ provider, model, parameters });
    const config = await this.reads.modelConfig(modelConfigId);
    if (!config) throw new Refusal('NOT_FOUND', 'There is no such model config', ['input', 'modelConfigId']);
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'modelConfigVersionCreate', input, idempotencyKey },
        ...{ scope: organisation, permission: 'modelConfig.edit', teamId: config.teamId },
      },
      async (act) => {
        const { lastVersion } = await act.tx.modelConfig.findUniqueOrThrow({ where: { id: modelConfigId } });
        if (expectedVersion != null && expectedVersion !== lastVersion) {
          const message = `The latest version is ${String(lastVersion)}, not ${String(expectedVersion)}`;
          throw new Refusal('CONFLICT', message, ['input', 'expectedVersion']);
        }
        const last = await act.tx.modelConfigVersion.findFirst({
          where: { modelConfigId, version: lastVersion },
        });
        if (last?.digest === digest && last.aliasAcceptedReason === reason)
          throw new Refusal('NOTHING_CHANGED', `This is what version ${String(lastVersion)} is already`, [
            'input',
          ]);
        const [id, version] = [act.newId(), lastVersion + 1];
        await act.tx.modelConfigVersion.create({
          data: {
            ...{ id, modelConfigId, version, provider, model, isAlias: moves, aliasAcceptedReason: reason },
            ...{ canonical, digest, commitMessage, authorId: act.actor.id, createdAt: act.now },
            responsibleIds: act.actor.responsibleIds,
          },
        });
        await act.tx.modelConfig.update({ where: { id: modelConfigId }, data: { lastVersion: version } });
        act.record({
          act: 'model_config_version.created',
          subjectKind: 'model_config_version',
          subjectId: id,
          subjectDigest: digest,
          data: { modelConfigId, version, isAlias: moves },
          reason,
        });
        return { modelConfigVersionId: id };
      },
    );
  }
}
