import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { OverlayModel } from '../../platform/database/generated/models.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { AppliedLever } from './effective.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import type { Hold, Overlay, Quarantine } from './rollback.types.js';

const overlayOf = (row: OverlayModel): Overlay => ({
  ...row,
  kind: overlayKind(row.levers as unknown as AppliedLever[]),
});

const newestFirst = [{ from: 'desc' as const }, { id: 'desc' as const }];

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
    return this.overlays(loaders, 'openOverlays', workflowId, (ids) => ({
      workflowId: { in: ids },
      OR: [{ to: null }, { to: { gt: this.clock.now() } }],
    }));
  }

  overlaysOfRollback(loaders: Loaders, rollbackId: string): Promise<Overlay[]> {
    return this.overlays(loaders, 'rollbackOverlays', rollbackId, (ids) => ({ rollbackId: { in: ids } }));
  }

  openHolds(loaders: Loaders, workflowId: string): Promise<Hold[]> {
    return this.holds(loaders, 'openHolds', workflowId, (ids) => ({ workflowId: { in: ids }, to: null }));
  }

  holdsOfRollback(loaders: Loaders, rollbackId: string): Promise<Hold[]> {
    return this.holds(loaders, 'rollbackHolds', rollbackId, (ids) => ({ rollbackId: { in: ids } }));
  }

  openQuarantines(loaders: Loaders, workflowId: string): Promise<Quarantine[]> {
    const open = (ids: string[]) => ({ workflowId: { in: ids }, clearedAt: null });
    return this.quarantines(loaders, 'openQuarantines', workflowId, open);
  }

  quarantinesOfRollback(loaders: Loaders, rollbackId: string): Promise<Quarantine[]> {
    const of = (ids: string[]) => ({ rollbackId: { in: ids } });
    return this.quarantines(loaders, 'rollbackQuarantines', rollbackId, of);
  }

  private async overlays(
    loaders: Loaders,
    name: string,
    key: string,
    whose: (ids: string[]) => Prisma.OverlayWhereInput,
  ): Promise<Overlay[]> {
    const loader = loaders.once<string, Overlay[]>(name, async (ids) => {
      const where = whose([...ids]);
      const rows = await this.database.client.overlay.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows.map(overlayOf), (row) => parentOf(name, row));
    });
    return (await loader.load(key)) ?? [];
  }

  private async holds(
    loaders: Loaders,
    name: string,
    key: string,
    whose: (ids: string[]) => Prisma.HoldWhereInput,
  ): Promise<Hold[]> {
    const loader = loaders.once<string, Hold[]>(name, async (ids) => {
      const where = whose([...ids]);
      const rows = await this.database.client.hold.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows, (row) => parentOf(name, row));
    });
    return (await loader.load(key)) ?? [];
  }

  private async quarantines(
    loaders: Loaders,
    name: string,
    key: string,
    whose: (ids: string[]) => Prisma.QuarantineWhereInput,
  ): Promise<Quarantine[]> {
    const loader = loaders.once<string, Quarantine[]>(name, async (ids) => {
      const where = whose([...ids]);
      const rows = await this.database.client.quarantine.findMany({ where, orderBy: newestFirst });
      return grouped(ids, rows, (row) => parentOf(name, row));
    });
    return (await loader.load(key)) ?? [];
  }
}

const parentOf = (name: string, row: { workflowId: string; rollbackId: string }) =>
  name.startsWith('open') ? row.workflowId : row.rollbackId;
