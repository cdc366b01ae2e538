import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { inAppliedOrder, overruledBy, type AppliedOverlay } from '../rollback/applied-order.domain.js';
import type { LiveOverlay, LivePointer } from './as-of.types.js';
import { heldAsLong, heldIn } from './time-window.domain.js';

type Row = Omit<LiveOverlay, 'levers' | 'overruledBy'> & AppliedOverlay & { rowId: string };

/** What lay over pointers and over nothing. Batched over the request: one statement for any number of rows. */
@Injectable()
export class OverlayReads {
  constructor(private readonly database: Database) {}

  /** Those in force at the instant, or at some time of the interval, that was asked about; the one that wins first. */
  async over(loaders: Loaders, pointer: LivePointer): Promise<LiveOverlay[]> {
    const loader = loaders.once<LivePointer, Row[]>('asOf.overlays', async (pointers) =>
      grouped(
        pointers.map(({ id }) => id),
        await this.rows(pointers),
        (row) => row.rowId,
      ),
    );
    const laid = ((await loader.load(pointer)) ?? []).filter((row) => heldIn(row, pointer.window));
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

  /** A drill ends by the clock, unless it was ended before; what lies over a workflow ends when that is retired. */
  private rows(pointers: readonly LivePointer[]): Promise<Row[]> {
    const occupancyIds = pointers.flatMap(({ id, overlayIds }) => (overlayIds === null ? [id] : []));
    const bare = pointers.flatMap(({ id, overlayIds }) =>
      (overlayIds ?? []).map((overlayId) => ({ id, overlayId })),
    );
    return this.database.client.$queryRaw<Row[]>`
      SELECT a.row_id::text AS "rowId", v.id::text, v.rollback_id::text AS "rollbackId",
        b.number AS "rollbackNumber", b.kind = 'drill' AS "isDrill", b.ledger_entry_id::text AS "ledgerEntryId",
        v.stage_key AS "stageKey", v.segment, v.levers, v."from", v."from" AS since,
        least(v."to", w.retired_at) AS until,
        CASE WHEN w.retired_at < coalesce(v."to", 'infinity') THEN 'retired' ELSE v.ended_by END AS "endedBy"
      FROM (
        SELECT o.id AS row_id, x.id AS overlay_id FROM occupancy o
        JOIN overlay x ON x.workflow_id = o.workflow_id AND x.stage_key = o.stage_key
          AND (o."to" IS NULL OR x."from" < o."to") AND (x."to" IS NULL OR x."to" > o."from")
        WHERE o.id = ANY(${occupancyIds}::uuid[])
        UNION ALL SELECT r.id, r."overlayId"
        FROM jsonb_to_recordset(${JSON.stringify(bare)}::jsonb) AS r(id uuid, "overlayId" uuid)
      ) a
      JOIN overlay v ON v.id = a.overlay_id
      JOIN rollback b ON b.id = v.rollback_id JOIN workflow w ON w.id = v.workflow_id`;
  }
}
