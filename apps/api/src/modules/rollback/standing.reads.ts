import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { QuarantineModel } from '../../platform/database/generated/models.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import { inAppliedOrder, overruledBy } from './applied-order.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import type { Hold, Overlay, Quarantine } from './rollback.types.js';
import type { Segment } from './segment.domain.js';

type OverlayRow = Omit<Overlay, 'kind'> & { /** Null: no stage. */ position: number | null };

/** Stage by stage in the order of the rollout, whoever is in none last; in each the one that wins first. */
const inOrder = (rows: readonly OverlayRow[]): Overlay[] =>
  inAppliedOrder(rows)
    .sort((one, other) => (one.position ?? Infinity) - (other.position ?? Infinity) || 0)
    .map(({ position: _, ...row }) => ({ ...row, kind: overlayKind(row.levers) }));

const newestFirst = [{ from: 'desc' as const }, { id: 'desc' as const }];

/** The database holds audience rules in it. */
const quarantineOf = (row: QuarantineModel): Quarantine => ({
  ...row,
  segment: row.segment as unknown as Segment,
});

/** A workflow is asked for what is in force, a rollback for all that it left. */
type Owner = 'workflow' | 'rollback';

const whose = <Open extends object>(owner: Owner, ids: readonly string[], open: Open) =>
  owner === 'workflow' ? { workflowId: { in: [...ids] }, ...open } : { rollbackId: { in: [...ids] } };

const ownerIn = (owner: Owner) => (row: { workflowId: string; rollbackId: string }) =>
  owner === 'workflow' ? row.workflowId : row.rollbackId;

/** Overlays, holds and quarantines as screens show them. Batched over the request. */
@Injectable()
export class StandingReads {
  constructor(
    private readonly database: Database,
    private readonly clock: DoorClock,
  ) {}

  async overlay(id: string): Promise<Overlay | null> {
    const rows = isUuid(id) ? await this.overlayRows(Prisma.sql`o.id = ${id}::uuid`) : [];
    return inOrder(rows)[0] ?? null;
  }

  hold(id: string): Promise<Hold | null> {
    return this.database.client.hold.findUnique({ where: { id } });
  }

  async quarantine(id: string): Promise<Quarantine | null> {
    const row = await this.database.client.quarantine.findUnique({ where: { id } });
    return row && quarantineOf(row);
  }

  /** In force now. */
  openOverlays(loaders: Loaders, workflowId: string): Promise<Overlay[]> {
    return this.overlays(loaders, 'workflow', workflowId);
  }

  /** Those in force that come before this one for everybody it is laid over; none of one that has ended. */
  async overruledBy(loaders: Loaders, overlay: Overlay): Promise<Overlay[]> {
    const open = await this.openOverlays(loaders, overlay.workflowId);
    return open.some(({ id }) => id === overlay.id) ? overruledBy(overlay, open) : [];
  }

  overlaysOfRollback(loaders: Loaders, rollbackId: string): Promise<Overlay[]> {
    return this.overlays(loaders, 'rollback', rollbackId);
  }

  openHolds(loaders: Loaders, workflowId: string): Promise<Hold[]> {
    return this.holds(loaders, 'workflow', workflowId);
  }

  holdsOfRollback(loaders: Loaders, rollbackId: string): Promise<Hold[]> {
    return this.holds(loaders, 'rollback', rollbackId);
  }

  openQuarantines(loaders: Loaders, workflowId: string): Promise<Quarantine[]> {
    return this.quarantines(loaders, 'workflow', workflowId);
  }

  quarantinesOfRollback(loaders: Loaders, rollbackId: string): Promise<Quarantine[]> {
    return this.quarantines(loaders, 'rollback', rollbackId);
  }

  private async overlays(loaders: Loaders, owner: Owner, key: string): Promise<Overlay[]> {
    const loader = loaders.once<string, Overlay[]>(`overlays of ${owner}`, async (ids) => {
      const whoseIds = [...ids];
      const rows = await this.overlayRows(
        owner === 'workflow'
          ? Prisma.sql`o.workflow_id = ANY(${whoseIds}::uuid[])
              AND (o."to" IS NULL OR o."to" > ${this.clock.now().toISOString()}::timestamptz)`
          : Prisma.sql`o.rollback_id = ANY(${whoseIds}::uuid[])`,
      );
      return grouped(ids, rows, ownerIn(owner)).map(inOrder);
    });
    return (await loader.load(key)) ?? [];
  }

  private overlayRows(where: Prisma.Sql): Promise<OverlayRow[]> {
    return this.database.client.$queryRaw<OverlayRow[]>`
      SELECT o.id::text, o.workflow_id::text AS "workflowId", o.rollback_id::text AS "rollbackId",
        b.number AS "rollbackNumber", b.kind = 'drill' AS "isDrill", o.stage_key AS "stageKey", o.segment, o.levers, o."from", o."to",
        o.ended_by AS "endedBy", s.position
      FROM overlay o JOIN rollback b ON b.id = o.rollback_id
      LEFT JOIN stage s ON s.workflow_id = o.workflow_id AND s.key = o.stage_key
      WHERE ${where}`;
  }

  private async holds(loaders: Loaders, owner: Owner, key: string): Promise<Hold[]> {
    const loader = loaders.once<string, Hold[]>(`holds of ${owner}`, async (ids) => {
      const where = whose(owner, ids, { to: null });
      const rows = await this.database.client.hold.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows, ownerIn(owner));
    });
    return (await loader.load(key)) ?? [];
  }

  private async quarantines(loaders: Loaders, owner: Owner, key: string): Promise<Quarantine[]> {
    const loader = loaders.once<string, Quarantine[]>(`quarantines of ${owner}`, async (ids) => {
      const where = whose(owner, ids, { clearedAt: null });
      const rows = await this.database.client.quarantine.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows.map(quarantineOf), ownerIn(owner));
    });
    return (await loader.load(key)) ?? [];
  }
}
