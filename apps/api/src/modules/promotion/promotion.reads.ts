import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { promotionById, promotionOf, promotionWith } from './promotion-row.js';
import type { PromotionState } from './promotion.schema.js';
import type { Promotion } from './promotion.types.js';

/** Promotions with their moves and reviews; batched over the request. */
@Injectable()
export class PromotionReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  async load(loaders: Loaders, id: string): Promise<Promotion | null> {
    const loader = loaders.once<string, Promotion>('promotion', async (ids) => {
      const where = { id: { in: ids.filter(isUuid) } };
      const rows = await this.database.client.promotion.findMany({ where, include: promotionWith });
      return indexed(ids, rows.map(promotionOf), (row) => row.id);
    });
    return loader.load(id);
  }

  /** Null also for one of a workflow that the actor may not see. */
  async visible(loaders: Loaders, actor: Actor, id: string): Promise<Promotion | null> {
    const promotion = await this.load(loaders, id);
    return promotion && (await this.workflows.load(loaders, actor, promotion.workflowId)) ? promotion : null;
  }

  /** Outside any request, in one statement. */
  byId(id: string): Promise<Promotion | null> {
    return promotionById(this.database.client, id);
  }

  /** Those of a workflow that are open, oldest first. */
  async openOf(loaders: Loaders, workflowId: string): Promise<Promotion[]> {
    const loader = loaders.once<string, Promotion[]>('promotion.open', async (ids) => {
      const rows = await this.database.client.promotion.findMany({
        where: { workflowId: { in: [...ids] }, state: 'open' satisfies PromotionState },
        include: promotionWith,
        orderBy: { createdAt: 'asc' },
      });
      return grouped(ids, rows.map(promotionOf), (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  /** The one that is open into a stage. */
  async openInto(loaders: Loaders, workflowId: string, stageKey: string): Promise<Promotion | null> {
    const open = await this.openOf(loaders, workflowId);
    const into = ({ moves }: Promotion) => moves.some((m) => m.stageKey === stageKey && m.state === 'open');
    return open.find(into) ?? null;
  }

  /** Ids of those that mend an incident, oldest first. */
  async fixesOf(loaders: Loaders, incidentId: string): Promise<string[]> {
    const loader = loaders.once<string, string[]>('promotion.fixes', async (ids) => {
      const rows = await this.database.client.promotion.findMany({
        where: { incidentId: { in: [...ids] }, kind: 'fix' },
        select: { id: true, incidentId: true },
        orderBy: { createdAt: 'asc' },
      });
      const of = (incident: string) => rows.filter((row) => row.incidentId === incident).map(({ id }) => id);
      return ids.map(of);
    });
    return (await loader.load(incidentId)) ?? [];
  }

  /** Which workflow an act on a promotion is about; null for an unknown one. */
  async workflowOf(id: string): Promise<string | null> {
    const row = await this.database.client.promotion.findUnique({
      where: { id },
      select: { workflowId: true },
    });
    return row?.workflowId ?? null;
  }
}
