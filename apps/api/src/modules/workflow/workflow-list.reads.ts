import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { pageOf, toConnection, type ConnectionArgs, type Page } from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { RiskTier } from './risk.schema.js';
import { seenBy } from '../../platform/permissions/sight-sql.js';
import { sightOf } from '../../platform/permissions/visibility.js';
import { liveIn } from './live-in-sql.js';
import { workflowOf } from './workflow.reads.js';
import type { WorkflowOrder } from './workflow.schema.js';
import type { WorkflowConnection } from './workflow.types.js';

export interface WorkflowQuery {
  /** In the name, the key or the full key. */
  search?: string | null;
  teamId?: string | null;
  tier?: readonly RiskTier[] | null;
  /** Key of a stage that serves a release to everybody in it now. */
  liveIn?: string | null;
  /** With a promotion that is open: it waits at a gate. */
  inPromotion?: boolean | null;
  /** Of the actor's own teams. */
  mine?: boolean | null;
}

const orders = {
  name_asc: { column: Prisma.sql`w.name`, direction: Prisma.sql`ASC`, after: Prisma.sql`>`, instant: false },
  name_desc: {
    column: Prisma.sql`w.name`,
    direction: Prisma.sql`DESC`,
    after: Prisma.sql`<`,
    instant: false,
  },
  created_asc: {
    column: Prisma.sql`w.created_at`,
    direction: Prisma.sql`ASC`,
    after: Prisma.sql`>`,
    instant: true,
  },
  created_desc: {
    column: Prisma.sql`w.created_at`,
    direction: Prisma.sql`DESC`,
    after: Prisma.sql`<`,
    instant: true,
  },
} as const satisfies Record<WorkflowOrder, unknown>;

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The list of workflows: a read model of its own, which looks at what is live and what is open beside it. */
@Injectable()
export class WorkflowListReads {
  constructor(private readonly database: Database) {}

  /** Three statements, whatever the size of the page. */
  async page(
    actor: Actor,
    args: ConnectionArgs,
    query: WorkflowQuery,
    order: WorkflowOrder,
  ): Promise<WorkflowConnection> {
    const page = pageOf(args);
    const where = Prisma.join(this.conditions(actor, query), ' AND ');
    const [ids, [count]] = await Promise.all([
      this.ids(where, page, order),
      this.database.client.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM workflow w JOIN team t ON t.id = w.team_id WHERE ${where}`,
    ]);
    const rows = await this.database.client.workflow.findMany({ where: { id: { in: ids } } });
    const workflows = indexed(ids, rows, (row) => row.id).flatMap((row) => (row ? [workflowOf(row)] : []));
    return toConnection(workflows, page, count?.total ?? 0, (w) => ({
      key: orders[order].instant ? w.createdAt.toISOString() : w.name,
      id: w.id,
    }));
  }

  private async ids(where: Prisma.Sql, page: Page, order: WorkflowOrder): Promise<string[]> {
    const { column, direction, after, instant } = orders[order];
    const key = page.after && (instant ? instantKey(page.after.key) : page.after.key);
    const following = page.after
      ? Prisma.sql`AND (${column}, w.id) ${after} (${key}, ${page.after.id}::uuid)`
      : Prisma.empty;
    const rows = await this.database.client.$queryRaw<{ id: string }[]>`
      SELECT w.id::text FROM workflow w JOIN team t ON t.id = w.team_id WHERE ${where} ${following}
      ORDER BY ${column} ${direction}, w.id ${direction} LIMIT ${page.take} OFFSET ${page.skip}`;
    return rows.map((row) => row.id);
  }

  private conditions(actor: Actor, query: WorkflowQuery): Prisma.Sql[] {
    const found = [seenBy(sightOf(actor), 'w')];
    if (query.search?.trim()) {
      const pattern = likePattern(query.search.trim());
      found.push(Prisma.sql`(w.name ILIKE ${pattern} OR t.key || '.' || w.key ILIKE ${pattern})`);
    }
    if (query.teamId) {
      found.push(isUuid(query.teamId) ? Prisma.sql`w.team_id = ${query.teamId}::uuid` : Prisma.sql`FALSE`);
    }
    if (query.tier) found.push(Prisma.sql`w.risk_tier = ANY(${[...query.tier]}::text[])`);
    if (query.mine) {
      const teams = actor.memberships.map((membership) => membership.teamId);
      found.push(Prisma.sql`w.team_id = ANY(${teams}::uuid[])`);
    }
    if (query.liveIn) found.push(liveIn(query.liveIn));
    if (query.inPromotion != null) {
      const open = Prisma.sql`EXISTS (SELECT 1 FROM promotion_move m WHERE m.workflow_id = w.id AND m.state = 'open')`;
      found.push(query.inPromotion ? open : Prisma.sql`NOT ${open}`);
    }
    return found;
  }
}
