import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import {
  keysetWhere,
  pageOf,
  toConnection,
  type ConnectionArgs,
  type ConnectionOf,
  type Page,
} from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { promotionOf, promotionWith } from './promotion-row.js';
import { promotionStates, type PromotionState } from './promotion.schema.js';
import { PromotionStandingReads } from './promotion-standing.reads.js';
import type { Promotion } from './promotion.types.js';

export interface PromotionQuery {
  state?: readonly PromotionState[] | null;
  workflowId?: string | null;
  releaseId?: string | null;
  waitingForMe?: boolean | null;
}

/** How many open promotions are looked through for those that wait for somebody. */
const lookThrough = 1000;
const cursorOf = (row: Promotion) => ({ key: row.createdAt.toISOString(), id: row.id });

/** Lists of promotions, newest first. Those of workflows that the viewer may not see are left out. */
@Injectable()
export class PromotionListReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
    private readonly standing: PromotionStandingReads,
  ) {}

  async page(
    loaders: Loaders,
    actor: Actor,
    args: ConnectionArgs,
    query: PromotionQuery,
  ): Promise<ConnectionOf<Promotion>> {
    const page = pageOf(args);
    const where = await this.where(actor, query);
    if (query.waitingForMe) return this.waiting(loaders, actor, page, where);
    const [rows, total] = await Promise.all([
      this.rows(where, page),
      this.database.client.promotion.count({ where }),
    ]);
    return toConnection(rows, page, total, cursorOf);
  }

  /** Of one workflow, in as many statements for many workflows as for one. */
  async ofWorkflow(
    loaders: Loaders,
    workflowId: string,
    { first, after, offset }: ConnectionArgs,
    states: readonly PromotionState[] | null,
  ): Promise<ConnectionOf<Promotion>> {
    const args = { first, after, offset };
    const page = pageOf(args);
    const name = `promotion.ofWorkflow ${JSON.stringify([args, states])}`;
    const loader = loaders.once<string, ConnectionOf<Promotion>>(name, async (workflowIds) => {
      const found = await this.idsOf(workflowIds, page, states ?? promotionStates);
      const where = { id: { in: found.flatMap((one) => one.ids) } };
      const rows = await this.database.client.promotion.findMany({ where, include: promotionWith });
      const promotions = new Map(rows.map((row) => [row.id, promotionOf(row)]));
      const connections = found.map(({ workflowId: id, ids, total }) => {
        const nodes = ids.flatMap((one) => promotions.get(one) ?? []);
        return { id, connection: toConnection(nodes, page, total, cursorOf) };
      });
      return indexed(workflowIds, connections, (one) => one.id).map((one) => one?.connection ?? null);
    });
    return (await loader.load(workflowId)) ?? toConnection([], page, 0, cursorOf);
  }

  private idsOf(
    workflowIds: readonly string[],
    page: Page,
    states: readonly PromotionState[],
  ): Promise<{ workflowId: string; total: number; ids: string[] }[]> {
    const { sql, empty } = Prisma;
    const matching = sql`p.workflow_id = w.id AND p.state = ANY(${[...states]}::text[])`;
    const following = page.after
      ? sql`AND (p.created_at, p.id) < (${instantKey(page.after.key)}, ${page.after.id}::uuid)`
      : empty;
    return this.database.client.$queryRaw`
      SELECT w.id::text AS "workflowId", (SELECT count(*)::int FROM promotion p WHERE ${matching}) AS total,
        ARRAY(SELECT p.id::text FROM promotion p WHERE ${matching} ${following}
              ORDER BY p.created_at DESC, p.id DESC LIMIT ${page.take} OFFSET ${page.skip}) AS ids
      FROM unnest(${[...workflowIds]}::uuid[]) AS w(id)`;
  }

  /** Open ones are few, so they are judged first and paged after. */
  private async waiting(
    loaders: Loaders,
    actor: Actor,
    page: Page,
    where: Where,
  ): Promise<ConnectionOf<Promotion>> {
    const open = await this.rows(
      { AND: [where, { state: 'open' }] },
      { take: lookThrough, skip: 0, after: null },
    );
    const waits = await Promise.all(
      open.map((promotion) => this.standing.waitsFor(loaders, actor, promotion)),
    );
    const mine = open.filter((_, index) => waits[index]);
    const start = page.after ? mine.findIndex((row) => row.id === page.after?.id) + 1 : 0;
    const from = start + page.skip;
    return toConnection(mine.slice(from, from + page.take), page, mine.length, cursorOf);
  }

  private async rows(where: Where, page: Page): Promise<Promotion[]> {
    const rows = await this.database.client.promotion.findMany({
      where: { AND: [where, keysetWhere('createdAt', 'desc', page.after, instantKey)] },
      include: promotionWith,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.take,
      skip: page.skip,
    });
    return rows.map(promotionOf);
  }

  private async where(actor: Actor, { state, workflowId, releaseId }: PromotionQuery): Promise<Where> {
    const hidden = await this.workflows.hiddenFrom(actor);
    const is = (id: string) => (isUuid(id) ? id : { in: [] });
    return {
      workflowId: workflowId
        ? hidden.includes(workflowId)
          ? { in: [] }
          : is(workflowId)
        : { notIn: hidden },
      ...(state ? { state: { in: [...state] } } : {}),
      ...(releaseId ? { releaseId: is(releaseId) } : {}),
    };
  }
}

type Where = NonNullable<NonNullable<Parameters<Database['client']['promotion']['findMany']>[0]>['where']>;
