import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import { parsePrompt } from './prompt.domain.js';
import type {
  Prompt,
  PromptConnection,
  PromptVersion,
  PromptVersionConnection,
  SecretFinding,
} from './prompt.types.js';
import type { PromptVersionModel } from '../../platform/database/generated/models.js';

export interface PromptFilter {
  teamId?: string | null;
  search?: string | null;
}

/** A stored version as the API shows it. */
export function promptVersionOf(row: PromptVersionModel): PromptVersion {
  const content = parsePrompt(row.canonical);
  return {
    ...row,
    format: content.format,
    text: content.format === 'text' ? content.text : null,
    messages: content.format === 'chat' ? content.messages : null,
    secretFindings: row.secretFindings as unknown as SecretFinding[],
  };
}

@Injectable()
export class PromptReads {
  constructor(private readonly database: Database) {}

  async prompt(id: string): Promise<Prompt | null> {
    return isUuid(id) ? this.database.client.prompt.findUnique({ where: { id } }) : null;
  }

  async version(id: string): Promise<PromptVersion | null> {
    const row = isUuid(id) ? await this.database.client.promptVersion.findUnique({ where: { id } }) : null;
    return row && promptVersionOf(row);
  }

  load(loaders: Loaders, id: string): Promise<Prompt | null> {
    return loaders
      .once('prompt', async (ids: readonly string[]) =>
        indexed(
          ids,
          await this.database.client.prompt.findMany({ where: { id: { in: [...ids] } } }),
          (p) => p.id,
        ),
      )
      .load(id);
  }

  loadVersion(loaders: Loaders, id: string): Promise<PromptVersion | null> {
    return loaders
      .once('promptVersion', async (ids: readonly string[]) => {
        const rows = await this.database.client.promptVersion.findMany({ where: { id: { in: [...ids] } } });
        return indexed(ids, rows.map(promptVersionOf), (row) => row.id);
      })
      .load(id);
  }

  /** The version with the highest number; null while there is none. */
  async latest(loaders: Loaders, prompt: Prompt): Promise<PromptVersion | null> {
    if (prompt.lastVersion === 0) return null;
    const loader = loaders.once(
      'latestPromptVersion',
      async (keys: readonly { id: string; version: number }[]) => {
        const rows = await this.database.client.promptVersion.findMany({
          where: { OR: keys.map(({ id, version }) => ({ promptId: id, version })) },
        });
        const ids = keys.map((key) => key.id);
        return indexed(ids, rows.map(promptVersionOf), (row) => row.promptId);
      },
    );
    return loader.load({ id: prompt.id, version: prompt.lastVersion });
  }

  async page(args: ConnectionArgs, filter: PromptFilter): Promise<PromptConnection> {
    const page = pageOf(args);
    if (filter.teamId && !isUuid(filter.teamId))
      return toConnection([], page, 0, () => ({ key: '', id: '' }));
    const match = filter.search ? { contains: filter.search, mode: 'insensitive' as const } : null;
    const where = {
      ...(filter.teamId ? { teamId: filter.teamId } : {}),
      ...(match ? { OR: [{ name: match }, { key: match }] } : {}),
    };
    const [rows, total] = await Promise.all([
      this.database.client.prompt.findMany({
        where: { AND: [where, keysetWhere('name', 'asc', page.after)] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: page.take,
        skip: page.skip,
      }),
      this.database.client.prompt.count({ where }),
    ]);
    return toConnection(rows, page, total, (row) => ({ key: row.name, id: row.id }));
  }

  /** Versions of one prompt, newest first. */
  versions(loaders: Loaders, promptId: string, args: ConnectionArgs): Promise<PromptVersionConnection> {
    const { client } = this.database;
    const list = {
      name: 'promptVersions',
      table: 'prompt_version',
      belongs: Prisma.sql`t.prompt_id = p.id`,
      orderBy: 'version',
      keyType: 'integer' as const,
      rows: async (ids: string[]) =>
        (await client.promptVersion.findMany({ where: { id: { in: ids } } })).map(promptVersionOf),
      cursorOf: (row: PromptVersion) => ({ key: String(row.version), id: row.id }),
    };
    return nestedConnection(client, loaders, list, promptId, args);
  }

  /** Versions by id, in any order; inside an act's transaction or outside any request. */
  async versionsById(
    ids: readonly string[],
    db: Pick<Tx, 'promptVersion'> = this.database.client,
  ): Promise<PromptVersion[]> {
    return (await db.promptVersion.findMany({ where: { id: { in: [...ids] } } })).map(promptVersionOf);
  }

  /** All versions of these prompts, with who wrote them and who answers for them. */
  trails(ids: readonly string[], db: Pick<Tx, 'promptVersion'> = this.database.client) {
    return db.promptVersion.findMany({
      where: { promptId: { in: [...ids] } },
      select: { id: true, promptId: true, version: true, authorId: true, responsibleIds: true },
    });
  }
}
