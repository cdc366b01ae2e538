import { Injectable } from '@nestjs/common';
import { Prisma, type PrismaClient } from '../../platform/database/generated/client.js';
import { servedInstead } from './served-instead.reads.js';
import { staySince, type StageFacts } from './stage-facts.domain.js';

/** The outer client, or a transaction's. */
type Queryable = Pick<PrismaClient, '$queryRaw'>;

type Row = Omit<StageFacts, 'occupiedSince'> & {
  /** The latest few, newest first; times as JSON gives them. */
  intervals: { releaseId: string; from: string; to: string | null }[];
};

const servedId = servedInstead({ workflowId: Prisma.sql`s.workflow_id`, key: Prisma.sql`s.key` });

/** The stages of a workflow as decisions need them, in one statement that does not grow with their history. */
@Injectable()
export class StageFactsReads {
  /** In the order of the rollout. Empty for a workflow that does not exist. */
  async of(db: Queryable, workflowId: string): Promise<StageFacts[]> {
    const rows = await db.$queryRaw<Row[]>`
      SELECT s.key, r.canonical::jsonb->>'name' AS name, s.position,
        s.current_revision_id::text AS "currentRevisionId",
        o.id::text AS "occupancyId", o.release_id::text AS "occupantId",
        (r.canonical::jsonb#>>'{soak,replaceHours}')::float8 AS "replaceHours",
        ${servedId}::text AS "servedId",
        EXISTS (SELECT 1 FROM overlay v WHERE v.workflow_id = s.workflow_id AND v."to" IS NULL
          AND (v.stage_key = s.key OR v.stage_key IS NULL)) AS overlaid,
        ARRAY(SELECT h.incident_id::text FROM hold h
          WHERE h.workflow_id = s.workflow_id AND h.stage_key = s.key AND h."to" IS NULL) AS "heldFor",
        (SELECT coalesce(json_agg(json_build_object('releaseId', i.release_id, 'from', i."from", 'to', i."to")
           ORDER BY i."from" DESC), '[]'::json)
         FROM (
           SELECT * FROM occupancy l WHERE l.workflow_id = s.workflow_id AND l.stage_key = s.key
           ORDER BY l."from" DESC LIMIT 8
         ) i) AS intervals
      FROM stage s
      JOIN stage_revision r ON r.id = s.current_revision_id
      LEFT JOIN occupancy o ON o.workflow_id = s.workflow_id AND o.stage_key = s.key AND o."to" IS NULL
      WHERE s.workflow_id = ${workflowId}::uuid
      ORDER BY s.position`;
    return rows.map(({ intervals, ...row }) => ({
      ...row,
      occupiedSince: staySince(
        intervals.map(({ releaseId, from, to }) => ({
          ...{ releaseId, from: new Date(from), to: to === null ? null : new Date(to) },
        })),
      ),
    }));
  }
}
