import { Injectable } from '@nestjs/common';
import type { PrismaClient } from '../../platform/database/generated/client.js';
import type { StageFacts } from './stage-facts.domain.js';

/** The outer client, or a transaction's. */
type Queryable = Pick<PrismaClient, '$queryRaw'>;

/** The stages of a workflow as decisions need them, in one statement. */
@Injectable()
export class StageFactsReads {
  /** In the order of the rollout. Empty for a workflow that does not exist. */
  async of(db: Queryable, workflowId: string): Promise<StageFacts[]> {
    return db.$queryRaw<StageFacts[]>`
      SELECT s.key, r.canonical::jsonb->>'name' AS name, s.position,
        s.current_revision_id::text AS "currentRevisionId",
        o.id::text AS "occupancyId", o.release_id::text AS "occupantId", stay.since AS "occupiedSince",
        (r.canonical::jsonb#>>'{soak,replaceHours}')::float8 AS "replaceHours"
      FROM stage s
      JOIN stage_revision r ON r.id = s.current_revision_id
      LEFT JOIN occupancy o ON o.workflow_id = s.workflow_id AND o.stage_key = s.key AND o."to" IS NULL
      LEFT JOIN LATERAL (
        -- Intervals of one release that follow each other, as a widening leaves them, are one stay.
        SELECT min(mine."from") AS since FROM occupancy mine
        WHERE mine.workflow_id = o.workflow_id AND mine.stage_key = o.stage_key AND mine.release_id = o.release_id
          AND mine."from" >= coalesce((
            SELECT max(other."to") FROM occupancy other
            WHERE other.workflow_id = o.workflow_id AND other.stage_key = o.stage_key
              AND (other.release_id <> o.release_id OR NOT EXISTS (
                SELECT 1 FROM occupancy next
                WHERE next.workflow_id = o.workflow_id AND next.stage_key = o.stage_key
                  AND next.release_id = o.release_id AND next."from" = other."to"))
          ), '-infinity')
      ) stay ON o.id IS NOT NULL
      WHERE s.workflow_id = ${workflowId}::uuid
      ORDER BY s.position`;
  }
}
