import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { LiveLever, LiveOverlay, LivePointer } from './as-of.types.js';
import { heldIn } from './time-window.domain.js';

type Row = Omit<LiveOverlay, 'levers'> & {
  occupancyId: string;
  levers: (Pick<LiveLever, 'kind'> & Partial<LiveLever>)[];
};

/** What lay over pointers. Batched over the request: one statement for any number of pointers. */
@Injectable()
export class OverlayReads {
  constructor(private readonly database: Database) {}

  /** Those in force at the instant, or at some time of the interval, that was asked about; oldest first. */
  async over(loaders: Loaders, pointer: LivePointer): Promise<LiveOverlay[]> {
    const loader = loaders.once<string, Row[]>('asOf.overlays', async (ids) =>
      grouped(ids, await this.rows(ids), (row) => row.occupancyId),
    );
    const rows = ((await loader.load(pointer.id)) ?? []).filter((row) => heldIn(row, pointer.window));
    return rows.map(({ levers, ...row }) => ({
      ...row,
      levers: levers.map((lever) => ({ to: null, tool: null, releaseId: null, ...lever })),
    }));
  }

  /** A drill ends by the clock, unless it was ended before. */
  private rows(occupancyIds: readonly string[]): Promise<Row[]> {
    return this.database.client.$queryRaw<Row[]>`
      SELECT o.id::text AS "occupancyId", v.id::text, v.rollback_id::text AS "rollbackId",
        b.number AS "rollbackNumber", b.kind = 'drill' AS "isDrill", v.segment, v.levers, v."from" AS since,
        v."to" AS until, v.ended_by AS "endedBy"
      FROM occupancy o
      JOIN overlay v ON v.workflow_id = o.workflow_id AND v.stage_key = o.stage_key
        AND (o."to" IS NULL OR v."from" < o."to") AND (v."to" IS NULL OR v."to" > o."from")
      JOIN rollback b ON b.id = v.rollback_id
      WHERE o.id = ANY(${[...occupancyIds]}::uuid[]) ORDER BY v."from", v.id`;
  }
}
