import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import { parseModel } from './model.domain.js';
import type {
  ModelConfig,
  ModelConfigConnection,
  ModelConfigVersion,
  ModelConfigVersionConnection,
} from './model.types.js';
import type { ModelConfigVersionModel } from '../../platform/database/generated/models.js';

export interface ModelConfigFilter {
  teamId?: string | null;
  search?: string | null;
}

/** A stored version as the API shows it. */
export function modelVersionOf(row: ModelConfigVersionModel): ModelConfigVersion {
  return { ...row, parameters: parseModel(row.canonical).parameters };
}

@Injectable()
export class ModelReads {
  constructor(private readonly database: Database) {}

  async modelConfig(id: string): Promise<ModelConfig | null> {
    return isUuid(id) ? this.database.client.modelConfig.findUnique({ where: { id } }) : null;
  }

  async version(id: string): Promise<ModelConfigVersion | null> {
    const row = isUuid(id)
      ? await this.database.client.modelConfigVersion.findUnique({ where: { id } })
      : null;
    return row && modelVersionOf(row);
  }

  load(loaders: Loaders, id: string): Promise<ModelConfig | null> {
    return loaders
      .once('modelConfig', async (ids: readonly string[]) =>
        indexed(
          ids,
          await this.database.client.modelConfig.findMany({ where: { id: { in: [...ids] } } }),
          (p) => p.id,
        ),
      )
      .load(id);
  }

  loadVersion(loaders: Loaders, id: string): Promise<ModelConfigVersion | null> {
    return loaders
      .once('modelConfigVersion', async (ids: readonly string[]) => {
        const rows = await this.database.client.modelConfigVersion.findMany({
          where: { id: { in: [...ids] } },
        });
        return indexed(ids, rows.map(modelVersionOf), (row) => row.id);
      })
      .load(id);
  }

  /** The version with the highest number; null while there is none. */
  async latest(loaders: Loaders, modelConfig: ModelConfig): Promise<ModelConfigVersion | null> {
    if (modelConfig.lastVersion === 0) return null;
    const loader = loaders.once(
      'latestModelConfigVersion',
      async (keys: readonly { id: string; version: number }[]) => {
        const rows = await this.database.client.modelConfigVersion.findMany({
          where: { OR: keys.map(({ id, version }) => ({ modelConfigId: id, version })) },
        });
        const ids = keys.map((key) => key.id);
        return indexed(ids, rows.map(modelVersionOf), (row) => row.modelConfigId);
      },
    );
    return loader.load({ id: modelConfig.id, version: modelConfig.lastVersion });
  }

  async page(args: ConnectionArgs, filter: ModelConfigFilter): Promise<ModelConfigConnection> {
    const page = pageOf(args);
    if (filter.teamId && !isUuid(filter.teamId))
      return toConnection([], page, 0, () => ({ key: '', id: '' }));
    const match = filter.search ? { contains: filter.search, mode: 'insensitive' as const } : null;
    const where = {
      ...(filter.teamId ? { teamId: filter.teamId } : {}),
      ...(match ? { OR: [{ name: match }, { key: match }] } : {}),
    };
    const [rows, total] = await Promise.all([
      this.database.client.modelConfig.findMany({
        where: { AND: [where, keysetWhere('name', 'asc', page.after)] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: page.take,
        skip: page.skip,
      }),
      this.database.client.modelConfig.count({ where }),
    ]);
    return toConnection(rows, page, total, (row) => ({ key: row.name, id: row.id }));
  }

  /** Versions of one model config, newest first. */
  versions(
    loaders: Loaders,
    modelConfigId: string,
    args: ConnectionArgs,
  ): Promise<ModelConfigVersionConnection> {
    const { client } = this.database;
    const list = {
      name: 'modelConfigVersions',
      table: 'model_config_version',
      belongs: Prisma.sql`t.model_config_id = p.id`,
      orderBy: 'version',
      keyType: 'integer' as const,
      rows: async (ids: string[]) =>
        (await client.modelConfigVersion.findMany({ where: { id: { in: ids } } })).map(modelVersionOf),
      cursorOf: (row: ModelConfigVersion) => ({ key: String(row.version), id: row.id }),
    };
    return nestedConnection(client, loaders, list, modelConfigId, args);
  }

  /** Versions by id, in any order; inside an act's transaction or outside any request. */
  async versionsById(
    ids: readonly string[],
    db: Pick<Tx, 'modelConfigVersion'> = this.database.client,
  ): Promise<ModelConfigVersion[]> {
    return (await db.modelConfigVersion.findMany({ where: { id: { in: [...ids] } } })).map(modelVersionOf);
  }

  /** All versions of these model configs, with who wrote them and who answers for them. */
  trails(ids: readonly string[], db: Pick<Tx, 'modelConfigVersion'> = this.database.client) {
    return db.modelConfigVersion.findMany({
      where: { modelConfigId: { in: [...ids] } },
      select: { id: true, modelConfigId: true, version: true, authorId: true, responsibleIds: true },
    });
  }
}
