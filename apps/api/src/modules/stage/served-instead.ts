import type { Tx } from '../../platform/database/database.js';

/** A release that a rollback's overlay serves to everybody in a stage, before the one that its pointer names. */
export interface ServedInstead {
  workflowId: string;
  stageKey: string;
  releaseId: string;
}

/** The newest of each stage of these workflows, in one statement. Drills and segments serve nobody else anything. */
export const servedInstead = (db: Tx, workflowIds: readonly string[]): Promise<ServedInstead[]> =>
  db.$queryRaw<ServedInstead[]>`
    SELECT DISTINCT ON (v.workflow_id, v.stage_key) v.workflow_id::text AS "workflowId", v.stage_key AS "stageKey",
      l->>'releaseId' AS "releaseId"
    FROM overlay v JOIN rollback b ON b.id = v.rollback_id AND b.kind = 'rollback'
    CROSS JOIN LATERAL jsonb_array_elements(v.levers) l
    WHERE v.workflow_id = ANY(${[...workflowIds]}::uuid[]) AND v."to" IS NULL AND v.stage_key IS NOT NULL
      AND v.segment = '[]'::jsonb AND l->>'kind' = 'serve'
    ORDER BY v.workflow_id, v.stage_key, v."from" DESC, v.id DESC`;
