import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { ConnectionArgs } from '../../platform/graphql/connection.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { RollbackKind, RollbackScope, RollbackVerdict } from './rollback.schema.js';
import type { Rollback, RollbackLever } from './rollback.types.js';

const withReview = { review: true } as const satisfies Prisma.RollbackInclude;
type Row = Prisma.RollbackGetPayload<{ include: typeof withReview }>;

export const leverOf = (lever: Partial<RollbackLever> & Pick<RollbackLever, 'kind'>): RollbackLever => ({
  ...{ to: null, releaseId: null, digest: null, step: null },
  ...{ promptVersionId: null, modelConfigVersionId: null, tool: null },
  ...lever,
});

/** The database holds the closed sets. */
const rollbackOf = ({ review, ...row }: Row): Rollback => ({
  ...row,
  kind: row.kind as RollbackKind,
  scope: row.scope as RollbackScope,
  levers: (row.levers as unknown as RollbackLever[]).map(leverOf),
  review: review && { ...review, verdict: review.verdict as RollbackVerdict },
});

/** Rollbacks and drills. Batched over the request. */
@Injectable()
export class RollbackReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  load(loaders: Loaders, id: string): Promise<Rollback | null> {
    return loaders
      .once<string, Rollback>('rollback', async (ids) =>
        indexed(ids, await this.rows(ids.filter(isUuid)), (row) => row.id),
      )
      .load(id);
  }

  /** A rollback that something points to; they are never removed. */
  async must(loaders: Loaders, id: string): Promise<Rollback> {
    const rollback = await this.load(loaders, id);
    if (!rollback) throw new Error(`There is no rollback ${id}`);
    return rollback;
  }

  /** Null also for one of a workflow that the actor may not see. */
  async visible(loaders: Loaders, actor: Actor, id: string): Promise<Rollback | null> {
    const rollback = await this.load(loaders, id);
    return rollback && (await this.workflows.load(loaders, actor, rollback.workflowId)) ? rollback : null;
  }

  /** Null also for one of a workflow that the actor may not see. @param which id, or team.workflow */
  async numbered(actor: Actor, which: string, number: number): Promise<Rollback | null> {
    const workflow = await this.workflow(actor, which);
    if (!workflow) return null;
    const where = { workflowId: workflow.id, number };
    const row = await this.database.client.rollback.findFirst({ where, include: withReview });
    return row && rollbackOf(row);
  }

  /** What this actor's own request under a key came to; null: nothing is recorded under it, or not there. */
  async asked(actor: Actor, which: string, idempotencyKey: string): Promise<Rollback | null> {
    const name = { actorId: actor.id, mutation: 'rollbackTrigger', key: idempotencyKey };
    const [workflow, record] = await Promise.all([
      this.workflow(actor, which),
      this.database.client.idempotencyRecord.findUnique({ where: { actorId_mutation_key: name } }),
    ]);
    const id = (record?.result as { rollbackId?: string } | null | undefined)?.rollbackId;
    const rollback = workflow && id !== undefined ? await this.byId(id) : null;
    return rollback?.workflowId === workflow?.id ? rollback : null;
  }

  /** Outside any request. */
  async byId(id: string): Promise<Rollback | null> {
    return (await this.rows([id]))[0] ?? null;
  }

  /** Newest first. */
  ofWorkflow(loaders: Loaders, workflowId: string, args: ConnectionArgs) {
    const list = {
      ...{ name: 'rollbacks', table: 'rollback', orderBy: 'number', keyType: 'integer' as const },
      belongs: Prisma.sql`t.workflow_id = p.id`,
      rows: (ids: string[]) => this.rows(ids),
      cursorOf: (row: Rollback) => ({ key: String(row.number), id: row.id }),
    };
    return nestedConnection(this.database.client, loaders, list, workflowId, args);
  }

  /** Oldest first. */
  async ofIncident(loaders: Loaders, incidentId: string): Promise<Rollback[]> {
    const loader = loaders.once<string, Rollback[]>('rollbacksOfIncident', async (ids) => {
      const rows = await this.database.client.rollback.findMany({
        where: { incidentId: { in: [...ids] } },
        include: withReview,
        orderBy: [{ appliedAt: 'asc' }, { number: 'asc' }],
      });
      return grouped(ids, rows.map(rollbackOf), (row) => row.incidentId ?? '');
    });
    return (await loader.load(incidentId)) ?? [];
  }

  /** The latest that was no drill. */
  async latest(workflowId: string): Promise<Rollback | null> {
    const where = { workflowId, kind: 'rollback' };
    const row = await this.database.client.rollback.findFirst({
      where,
      include: withReview,
      orderBy: { number: 'desc' },
    });
    return row && rollbackOf(row);
  }

  /** That no different person has looked at yet, the first due first; of workflows that the actor may see. */
  async owed(actor: Actor): Promise<Rollback[]> {
    const hidden = await this.workflows.hiddenFrom(actor);
    const rows = await this.database.client.rollback.findMany({
      where: { kind: 'rollback', review: null, workflowId: { notIn: hidden } },
      ...{ include: withReview, orderBy: [{ reviewDueAt: 'asc' }, { id: 'asc' }], take: 200 },
    });
    return rows.map(rollbackOf);
  }

  private workflow(actor: Actor, which: string) {
    return isUuid(which) ? this.workflows.byId(actor, which) : this.workflows.byFullKey(actor, which);
  }

  private async rows(ids: readonly string[]): Promise<Rollback[]> {
    const where = { id: { in: [...ids] } };
    return (await this.database.client.rollback.findMany({ where, include: withReview })).map(rollbackOf);
  }
}
