import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { RequestsServed, ServedCount } from './telemetry.types.js';

const alias = Prisma.sql`(SELECT r.alias FROM release r WHERE r.workflow_id = c.workflow_id AND r.digest = c.served
  ORDER BY r.number DESC LIMIT 1)`;

/** How many requests got what, in production. */
@Injectable()
export class ServedCountReads {
  constructor(private readonly database: Database) {}

  /** The last hours, the newest first; the hour that is underway among them. */
  async lately(loaders: Loaders, workflowId: string, hours: number): Promise<ServedCount[]> {
    const counts = await loaders
      .once(`servedCounts ${String(hours)}`, async (ids: readonly string[]) =>
        grouped(
          ids,
          await this.database.client.$queryRaw<(ServedCount & { workflowId: string })[]>`
            SELECT c.workflow_id::text AS "workflowId", c.hour, nullif(c.stage_key, '') AS "stageKey", c.served, c.source,
              c.requests::float8 AS requests, ${alias} AS alias
            FROM served_count c
            WHERE c.workflow_id = ANY(${[...ids]}::uuid[])
              AND c.hour > clock_timestamp() - ${hours}::int * INTERVAL '1 hour'
            ORDER BY c.hour DESC, c.stage_key, c.served, c.source`,
          (row) => row.workflowId,
        ),
      )
      .load(workflowId);
    return counts ?? [];
  }

  /**
   * Of an incident: by audience, the requests that got a release which a rollback of it left, from the hour in which that
   * release came into the stage for the last time before it was left. Counts are by whole hours.
   */
  async whileLive(loaders: Loaders, incidentId: string): Promise<RequestsServed[]> {
    const counts = await loaders
      .once('requestsServed', async (ids: readonly string[]) =>
        grouped(
          ids,
          await this.database.client.$queryRaw<(RequestsServed & { incidentId: string })[]>`
            WITH lefts AS (
              SELECT b.incident_id, b.workflow_id, o.stage_key, r.digest, r.alias, max(o."from") AS since
              FROM rollback b
              JOIN release r ON r.id = ANY(b.left_release_ids)
              JOIN occupancy o ON o.workflow_id = b.workflow_id AND o.release_id = r.id AND o."from" <= b.applied_at
                AND o.stage_key = ANY(b.stage_keys)
              WHERE b.incident_id = ANY(${[...ids]}::uuid[]) AND b.kind = 'rollback'
              GROUP BY b.incident_id, b.workflow_id, o.stage_key, r.digest, r.alias
            )
            SELECT l.incident_id::text AS "incidentId", l.stage_key AS "stageKey", l.digest AS served, l.alias,
              coalesce(sum(c.requests), 0)::float8 AS requests
            FROM lefts l LEFT JOIN served_count c ON c.workflow_id = l.workflow_id AND c.stage_key = l.stage_key
              AND c.served = l.digest AND c.hour >= date_trunc('hour', l.since, 'UTC')
            LEFT JOIN stage s ON s.workflow_id = l.workflow_id AND s.key = l.stage_key
            GROUP BY l.incident_id, l.stage_key, l.digest, l.alias, s.position
            ORDER BY s.position, l.alias`,
          (row) => row.incidentId,
        ),
      )
      .load(incidentId);
    return counts ?? [];
  }
}
