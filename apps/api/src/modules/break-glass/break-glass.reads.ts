import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { isUnderway } from '../incident/incident.domain.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { grantState, type GrantFacts, type UnreviewedUse } from './break-glass.domain.js';
import type { BreakGlassVerdict } from './break-glass.schema.js';
import type { BreakGlassGrant, BreakGlassUse } from './break-glass.types.js';

const withUse = { use: { select: { id: true } } } as const satisfies Prisma.BreakGlassGrantInclude;
const withGrant = { grant: true, review: true } as const satisfies Prisma.BreakGlassUseInclude;
type GrantRow = Prisma.BreakGlassGrantGetPayload<{ include: typeof withUse }>;
type UseRow = Prisma.BreakGlassUseGetPayload<{ include: typeof withGrant }>;

const useOf = ({ grant, review, ...row }: UseRow): BreakGlassUse => ({
  ...row,
  ...{ grantedById: grant.grantedById, incidentId: grant.incidentId },
  review: review && { ...review, verdict: review.verdict as BreakGlassVerdict },
});

const newestFirst: Prisma.BreakGlassUseOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** Grants, what they admitted, and what is owed a review since. */
@Injectable()
export class BreakGlassReads {
  constructor(
    private readonly database: Database,
    private readonly incidents: IncidentReads,
    private readonly workflows: WorkflowReads,
    private readonly clock: DoorClock,
  ) {}

  /** Inside an act: what decides whether a grant admits a move; null for an unknown one. */
  async facts(tx: Tx, grantId: string): Promise<(GrantFacts & { incidentId: string }) | null> {
    const row = await tx.breakGlassGrant.findUnique({ where: { id: grantId }, include: withUse });
    const incident = row && (await this.incidents.plain(tx, row.incidentId));
    return (
      row && { ...row, used: row.use !== null, incidentUnderway: !!incident && isUnderway(incident.state) }
    );
  }

  /** Outside any request. */
  async grantById(loaders: Loaders, id: string): Promise<BreakGlassGrant | null> {
    const where = { id };
    const row = await this.database.client.breakGlassGrant.findUnique({ where, include: withUse });
    return row && this.shown(loaders, row);
  }

  /** Which workflow an act on a grant is about; null for an unknown one. */
  async workflowOfGrant(id: string): Promise<string | null> {
    const { client } = this.database;
    const row = await client.breakGlassGrant.findUnique({ where: { id }, select: { workflowId: true } });
    return row?.workflowId ?? null;
  }

  /** Those given for an incident, newest first. */
  async ofIncident(loaders: Loaders, incidentId: string): Promise<BreakGlassGrant[]> {
    const loader = loaders.once<string, GrantRow[]>('breakGlass.ofIncident', async (ids) => {
      const where = { incidentId: { in: [...ids] } };
      const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
      const rows = await this.database.client.breakGlassGrant.findMany({ where, orderBy, include: withUse });
      return grouped(ids, rows, (row) => row.incidentId);
    });
    const rows = (await loader.load(incidentId)) ?? [];
    return Promise.all(rows.map((row) => this.shown(loaders, row)));
  }

  /** The one that this person could use for the workflow now, the longest lived first; null: none. */
  async usableBy(loaders: Loaders, workflowId: string, personId: string): Promise<BreakGlassGrant | null> {
    const name = `breakGlass.usableBy ${personId}`;
    const loader = loaders.once<string, GrantRow[]>(name, async (ids) => {
      const where = {
        ...{ workflowId: { in: [...ids] }, personId, revokedAt: null, use: null },
        expiresAt: { gt: this.clock.now() },
      };
      const orderBy = { expiresAt: 'desc' as const };
      const rows = await this.database.client.breakGlassGrant.findMany({ where, orderBy, include: withUse });
      return grouped(ids, rows, (row) => row.workflowId);
    });
    const rows = (await loader.load(workflowId)) ?? [];
    const grants = await Promise.all(rows.map((row) => this.shown(loaders, row)));
    return grants.find((grant) => grant.state === 'usable') ?? null;
  }

  async useById(id: string): Promise<BreakGlassUse | null> {
    const { client } = this.database;
    const row = isUuid(id)
      ? await client.breakGlassUse.findUnique({ where: { id }, include: withGrant })
      : null;
    return row && useOf(row);
  }

  /** Null also for one of a workflow that the actor may not see. */
  async visibleUse(loaders: Loaders, actor: Actor, id: string): Promise<BreakGlassUse | null> {
    const use = await this.useById(id);
    return use && (await this.workflows.load(loaders, actor, use.workflowId)) ? use : null;
  }

  /** What grants admitted, by grant. */
  useOfGrant(loaders: Loaders, grantId: string): Promise<BreakGlassUse | null> {
    return this.useBy(loaders, 'grantId', grantId);
  }

  /** The latest of a promotion: each of its moves may have needed one. */
  useOfPromotion(loaders: Loaders, promotionId: string): Promise<BreakGlassUse | null> {
    return this.useBy(loaders, 'promotionId', promotionId);
  }

  /** Those of a workflow that nobody has reviewed yet, newest first. */
  async unreviewed(loaders: Loaders, workflowId: string): Promise<BreakGlassUse[]> {
    const loader = loaders.once<string, BreakGlassUse[]>('breakGlass.unreviewed', async (ids) => {
      const where = { workflowId: { in: [...ids] }, review: null };
      const args = { where, include: withGrant, orderBy: newestFirst };
      const rows = await this.database.client.breakGlassUse.findMany(args);
      return grouped(ids, rows.map(useOf), (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  /** All that wait for a review, of every workflow that the actor sees; the soonest due first, at most 200. */
  async owed(actor: Actor): Promise<BreakGlassUse[]> {
    const hidden = await this.workflows.hiddenFrom(actor);
    const rows = await this.database.client.breakGlassUse.findMany({
      where: { review: null, workflowId: { notIn: hidden } },
      ...{ include: withGrant, orderBy: [{ reviewDueAt: 'asc' }, { id: 'asc' }], take: 200 },
    });
    return rows.map(useOf);
  }

  /** Outside the lock: a review may come meanwhile, which only allows more; nothing falls due that was not there. */
  unreviewedOf(workflowId: string): Promise<UnreviewedUse[]> {
    return this.database.client.breakGlassUse.findMany({
      where: { workflowId, review: null },
      select: { id: true, reviewDueAt: true },
      orderBy: { reviewDueAt: 'asc' },
    });
  }

  private async useBy(loaders: Loaders, key: 'grantId' | 'promotionId', id: string) {
    const loader = loaders.once<string, BreakGlassUse>(`breakGlass.use ${key}`, async (ids) => {
      const where = { [key]: { in: [...ids] } };
      const orderBy = { createdAt: 'asc' as const };
      const rows = await this.database.client.breakGlassUse.findMany({ where, include: withGrant, orderBy });
      return indexed(ids, rows.map(useOf), (row) => row[key]);
    });
    return loader.load(id);
  }

  private async shown(loaders: Loaders, { use, ...row }: GrantRow): Promise<BreakGlassGrant> {
    const incident = await this.incidents.load(loaders, row.incidentId);
    const facts = { ...row, used: use !== null, incidentUnderway: !!incident && isUnderway(incident.state) };
    return { ...row, state: grantState(facts, this.clock.now()) };
  }
}
