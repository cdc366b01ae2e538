import type { Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';

/** Overlays under the alias v that no act has ended. */
const open = Prisma.sql`v."to" IS NULL`;

/**
 * The release that a rollback's overlay serves to everybody in a stage, before the one that its pointer names: the
 * newest, as an expression; null where there is none. Drills and segments serve nobody else anything.
 * @param stage expressions for the two columns that name it
 * @param inForce a condition on the overlay, under the alias v
 */
export const servedInstead = (
  stage: { workflowId: Prisma.Sql; key: Prisma.Sql },
  inForce = open,
): Prisma.Sql => Prisma.sql`(
  SELECT (l->>'releaseId')::uuid FROM overlay v JOIN rollback b ON b.id = v.rollback_id AND b.kind = 'rollback'
  CROSS JOIN LATERAL jsonb_array_elements(v.levers) l
  WHERE v.workflow_id = ${stage.workflowId} AND v.stage_key = ${stage.key} AND v.segment = '[]'::jsonb
    AND l->>'kind' = 'serve' AND ${inForce}
  ORDER BY v."from" DESC, v.id DESC LIMIT 1)`;

export interface ServedInstead {
  workflowId: string;
  stageKey: string;
  releaseId: string;
}

const ofRow = servedInstead({ workflowId: Prisma.sql`s.workflow_id`, key: Prisma.sql`s.key` });

/** Of every stage of these workflows that has one, in one statement. */
export const servedInsteadIn = (db: Tx, workflowIds: readonly string[]): Promise<ServedInstead[]> =>
  db.$queryRaw<ServedInstead[]>`
    SELECT * FROM (
      SELECT s.workflow_id::text AS "workflowId", s.key AS "stageKey", ${ofRow}::text AS "releaseId"
      FROM stage s WHERE s.workflow_id = ANY(${[...workflowIds]}::uuid[])) found
    WHERE "releaseId" IS NOT NULL`;
