import { Prisma } from '../../platform/database/generated/client.js';
import { servedInstead } from '../stage/served-instead.reads.js';

/**
 * Whether a stage serves a release to everybody in it, as a condition on the workflow table under the alias w. It says
 * in SQL what `outcomeIn` says of one stage, because a list is filtered and counted before its rows are read: what ends
 * the evaluation comes first, then the newest overlay that serves a release, then the pointer; nothing in quarantine is
 * served. What is laid over a segment alone does not count, and neither do drills.
 */
export function liveIn(stageKey: string): Prisma.Sql {
  const everybody = (alias: string) =>
    Prisma.sql`${Prisma.raw(alias)}.stage_key = ${stageKey} AND ${Prisma.raw(alias)}.segment = '[]'::jsonb`;
  const overlays = Prisma.sql`SELECT o.levers FROM overlay o JOIN rollback b ON b.id = o.rollback_id
    WHERE o.workflow_id = w.id AND ${everybody('o')} AND o."to" IS NULL AND b.kind <> 'drill'`;
  return Prisma.sql`EXISTS (
    SELECT 1 FROM (SELECT coalesce(
      ${servedInstead({ workflowId: Prisma.sql`w.id`, key: Prisma.sql`${stageKey}` })},
      (SELECT p.release_id FROM occupancy p
        WHERE p.workflow_id = w.id AND p.stage_key = ${stageKey} AND p."to" IS NULL)) AS release_id) served
    WHERE served.release_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM (${overlays}) v
        WHERE v.levers @> '[{"kind": "disable"}]' OR v.levers @> '[{"kind": "fallback"}]')
      AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.workflow_id = w.id AND q.release_id = served.release_id
        AND q.cleared_at IS NULL AND ${everybody('q')}))`;
}
