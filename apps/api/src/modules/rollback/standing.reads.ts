import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { OverlayModel } from '../../platform/database/generated/models.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { AppliedLever } from './standing.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import type { Hold, Overlay, Quarantine } from './rollback.types.js';

const overlayOf = (row: OverlayModel): Overlay => ({
  ...row,
  kind: overlayKind(row.levers as unknown as AppliedLever[]),
});

const newestFirst = [{ from: 'desc' as const }, { id: 'desc' as const }];

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
    const row = await this.database.client.overlay.findUnique({ where: { id } });
    return row && overlayOf(row);
  }

  hold(id: string): Promise<Hold | null> {
    return this.database.client.hold.findUnique({ where: { id } });
  }

  quarantine(id: string): Promise<Quarantine | null> {
    return this.database.client.quarantine.findUnique({ where: { id } });
  }

  /** In force now. */
  openOverlays(loaders: Loaders, workflowId: string): Promise<Overlay[]> {
    return this.overlays(loaders, 'workflow', workflowId);
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
      const inForce = { OR: [{ to: null }, { to: { gt: this.clock.now() } }] };
      const where = whose(owner, ids, inForce);
      const rows = await this.database.client.overlay.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows.map(overlayOf), ownerIn(owner));
    });
    return (await loader.load(key)) ?? [];
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
      return grouped(ids, rows, ownerIn(owner));
    });
    return (await loader.load(key)) ?? [];
  }
}
