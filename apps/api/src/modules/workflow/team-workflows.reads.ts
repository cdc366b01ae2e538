import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { ConnectionArgs } from '../../platform/graphql/connection.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { seenBy } from '../../platform/permissions/sight-sql.js';
import { sightOf } from '../../platform/permissions/visibility.js';
import { workflowOf } from './workflow.reads.js';
import type { Workflow, WorkflowConnection } from './workflow.types.js';

@Injectable()
export class TeamWorkflowsReads {
  constructor(private readonly database: Database) {}

  /** The workflows of a team that the actor sees, newest first. */
  ofTeam(loaders: Loaders, actor: Actor, teamId: string, args: ConnectionArgs): Promise<WorkflowConnection> {
    const { client } = this.database;
    const list = {
      name: 'teamWorkflows',
      table: 'workflow',
      belongs: Prisma.sql`t.team_id = p.id`,
      orderBy: 'created_at',
      keyType: 'instant' as const,
      where: seenBy(sightOf(actor), 't'),
      rows: async (ids: string[]) =>
        (await client.workflow.findMany({ where: { id: { in: ids } } })).map(workflowOf),
      cursorOf: (row: Workflow) => ({ key: row.createdAt.toISOString(), id: row.id }),
    };
    return nestedConnection(client, loaders, list, teamId, args);
  }
}
