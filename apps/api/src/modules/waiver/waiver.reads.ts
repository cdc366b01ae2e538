import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { waiverState } from './waiver.domain.js';
import type { Waiver } from './waiver.types.js';

const limit = 200;

@Injectable()
export class WaiverReads {
  constructor(
    private readonly database: Database,
    private readonly clock: DoorClock,
  ) {}

  async byId(id: string): Promise<Waiver | null> {
    const row = await this.database.client.waiver.findUnique({ where: { id } });
    return row && this.shown(row);
  }

  /** Newest first, at most 200. */
  async ofWorkflow(workflowId: string, checkId: string | null): Promise<Waiver[]> {
    const rows = await this.database.client.waiver.findMany({
      where: { workflowId, ...(checkId === null ? {} : { checkId }) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    });
    return rows.map((row) => this.shown(row));
  }

  /** Those that wait for a second person, oldest first, at most 200. */
  async requested(): Promise<Waiver[]> {
    const rows = await this.database.client.waiver.findMany({
      where: { approvedAt: null, endedAt: null, expiresAt: { gt: this.clock.now() } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return rows.map((row) => this.shown(row));
  }

  private shown(row: Omit<Waiver, 'state'>): Waiver {
    return { ...row, state: waiverState(row, this.clock.now()) };
  }
}
