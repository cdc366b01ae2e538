import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { toConnection, type ConnectionOf, type Page } from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Occupancy, Stage } from './stage.types.js';

type Place = Pick<Stage, 'workflowId' | 'key'>;
type Row = Occupancy & { place: number; total: number };

/** What was live when: the intervals of stages. */
@Injectable()
export class OccupancyReads {
  constructor(private readonly database: Database) {}

  /** Newest first. Any number of stages in one statement. */
  async history(loaders: Loaders, stage: Place, page: Page): Promise<ConnectionOf<Occupancy>> {
    const name = `stage.history:${JSON.stringify(page)}`;
    const loader = loaders.once<Place, ConnectionOf<Occupancy>>(name, async (places) => {
      const rows = await this.pages(places, page);
      return places.map((_, i) => {
        const mine = rows.filter((row) => row.place === i + 1);
        const total = mine[0]?.total ?? 0;
        const nodes = mine.flatMap(({ place: _place, total: _total, ...row }) => (row.id ? [row] : []));
        return toConnection(nodes, page, total, (row) => ({ key: row.from.toISOString(), id: row.id }));
      });
    });
    const found = await loader.load({ workflowId: stage.workflowId, key: stage.key });
    if (!found) throw new Error('A page of a history was not loaded');
    return found;
  }

  /** Where a release is now. */
  async ofRelease(loaders: Loaders, releaseId: string): Promise<Occupancy[]> {
    const loader = loaders.once<string, Occupancy[]>('stage.ofRelease', async (ids) => {
      const rows = await this.database.client.occupancy.findMany({
        where: { releaseId: { in: [...ids] }, to: null },
      });
      return grouped(ids, rows, (row) => row.releaseId);
    });
    return (await loader.load(releaseId)) ?? [];
  }

  private pages(places: readonly Place[], page: Page): Promise<Row[]> {
    const workflows = places.map((place) => place.workflowId);
    const keys = places.map((place) => place.key);
    const after = page.after && { from: instantKey(page.after.key).toISOString(), id: page.after.id };
    return this.database.client.$queryRaw<Row[]>`
      SELECT k.place::int AS place, counted.total::int AS total, o.id::text, o.workflow_id::text AS "workflowId",
        o.stage_key AS "stageKey", o.stage_revision_id::text AS "stageRevisionId", o.release_id::text AS "releaseId",
        o."from", o."to", o.origin, o.promotion_id::text AS "promotionId",
        o.readiness_record_id::text AS "readinessRecordId"
      FROM unnest(${workflows}::uuid[], ${keys}::text[]) WITH ORDINALITY AS k(workflow_id, stage_key, place)
      CROSS JOIN LATERAL (
        SELECT count(*) AS total FROM occupancy c WHERE c.workflow_id = k.workflow_id AND c.stage_key = k.stage_key
      ) counted
      LEFT JOIN LATERAL (
        SELECT * FROM occupancy i
        WHERE i.workflow_id = k.workflow_id AND i.stage_key = k.stage_key
          AND (${after?.from ?? null}::timestamptz IS NULL
            OR (i."from", i.id) < (${after?.from ?? null}::timestamptz, ${after?.id ?? null}::uuid))
        ORDER BY i."from" DESC, i.id DESC LIMIT ${page.take}::int OFFSET ${page.skip}::int
      ) o ON TRUE
      ORDER BY k.place, o."from" DESC, o.id DESC`;
  }
}
