import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { WorkflowModel } from '../../platform/database/generated/models.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { RiskTier } from './risk.schema.js';
import { maySee, sightOf } from '../../platform/permissions/visibility.js';
import type { Workflow } from './workflow.types.js';

/** A stored workflow as the API shows it. The database holds the tiers to their closed set. */
export const workflowOf = (row: WorkflowModel): Workflow => ({
  ...row,
  riskTier: row.riskTier as RiskTier | null,
  raisedTier: row.raisedTier as RiskTier | null,
});

/** Workflows one at a time. What the actor may not see is answered as if it did not exist. */
@Injectable()
export class WorkflowReads {
  constructor(private readonly database: Database) {}

  async byId(actor: Actor, id: string): Promise<Workflow | null> {
    const row = isUuid(id) ? await this.database.client.workflow.findUnique({ where: { id } }) : null;
    return row && maySee(actor, row) ? workflowOf(row) : null;
  }

  /** @param fullKey `team.workflow` */
  async byFullKey(actor: Actor, fullKey: string): Promise<Workflow | null> {
    const [teamKey, key, ...more] = fullKey.split('.');
    if (!teamKey || !key || more.length > 0) return null;
    const row = await this.database.client.workflow.findFirst({ where: { key, team: { key: teamKey } } });
    return row && maySee(actor, row) ? workflowOf(row) : null;
  }

  /** Batched over the request. */
  async load(loaders: Loaders, actor: Actor, id: string): Promise<Workflow | null> {
    const row = await this.anyOne(loaders, id);
    return row && maySee(actor, row) ? row : null;
  }

  /** The workflow that something the actor was allowed to read belongs to. Workflows are never removed. */
  async must(loaders: Loaders, id: string): Promise<Workflow> {
    const workflow = await this.anyOne(loaders, id);
    if (!workflow) throw new Error(`There is no workflow ${id}`);
    return workflow;
  }

  /** Ids of the workflows that the actor does not see: for lists across workflows to leave out. */
  async hiddenFrom(actor: Actor): Promise<string[]> {
    const sight = sightOf(actor);
    if (sight.all) return [];
    const where = {
      ...(sight.open ? { restricted: true } : {}),
      ...{ teamId: { notIn: [...sight.teamIds] }, id: { notIn: [...sight.workflowIds] } },
    };
    return (await this.database.client.workflow.findMany({ where, select: { id: true } })).map(
      (row) => row.id,
    );
  }

  /** Outside any request, or inside an act's transaction; without a question of who asks. */
  async plain(id: string, db: Pick<Tx, 'workflow'> = this.database.client): Promise<Workflow | null> {
    const row = await db.workflow.findUnique({ where: { id } });
    return row && workflowOf(row);
  }

  private anyOne(loaders: Loaders, id: string): Promise<Workflow | null> {
    return loaders
      .once('workflow', async (ids: readonly string[]) => {
        const rows = await this.database.client.workflow.findMany({
          where: { id: { in: ids.filter(isUuid) } },
        });
        return indexed(ids, rows.map(workflowOf), (row) => row.id);
      })
      .load(id);
  }
}
