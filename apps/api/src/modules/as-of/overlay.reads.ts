import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { inAppliedOrder, overruledBy, type AppliedOverlay } from '../rollback/applied-order.domain.js';
import type { LiveOverlay, LivePointer } from './as-of.types.js';
import { heldAsLong, heldIn } from './time-window.domain.js';

type Row = Omit<LiveOverlay, 'levers' | 'overruledBy'> & AppliedOverlay & { occupancyId: string };

/** What lay over pointers. Batched over the request: one statement for any number of pointers. */
@Injectable()
export class OverlayReads {
  constructor(private readonly database: Database) {}

  /** Those in force at the instant, or at some time of the interval, that was asked about; the one that wins first. */
  async over(loaders: Loaders, pointer: LivePointer): Promise<LiveOverlay[]> {
    const loader = loaders.once<string, Row[]>('asOf.overlays', async (ids) =>
      grouped(ids, await this.rows(ids), (row) => row.occupancyId),
    );
    const laid = ((await loader.load(pointer.id)) ?? []).filter((row) => heldIn(row, pointer.window));
    const said = (row: Row): LiveOverlay => {
      const asLong = laid.filter((other) => heldAsLong(other, row, pointer.window, pointer));
      return {
        ...row,
        levers: row.levers.map((lever) => ({ to: null, tool: null, releaseId: null, ...lever })),
        overruledBy: overruledBy(row, asLong).map(said),
      };
    };
    return inAppliedOrder(laid).map(said);
  }

  /** A drill ends by the clock, unless it was ended before. */
  private rows(occupancyIds: readonly string[]): Promise<Row[]> {
    return this.database.client.$queryRaw<Row[]>`
      SELECT o.id::text AS "occupancyId", v.id::text, v.rollback_id::text AS "rollbackId",
        b.number AS "rollbackNumber", b.kind = 'drill' AS "isDrill", v.stage_key AS "stageKey", v.segment, v.levers,
        v."from", v."from" AS since, v."to" AS until, v.ended_by AS "endedBy"
      FROM occupancy o
      JOIN overlay v ON v.workflow_id = o.workflow_id AND v.stage_key = o.stage_key
        AND (o."to" IS NULL OR v."from" < o."to") AND (v."to" IS NULL OR v."to" > o."from")
      JOIN rollback b ON b.id = v.rollback_id
      WHERE o.id = ANY(${[...occupancyIds]}::uuid[])`;
  }
}
