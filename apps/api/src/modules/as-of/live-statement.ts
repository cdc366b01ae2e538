import { Prisma } from '../../platform/database/generated/client.js';
import type { LiveFilterValues } from './as-of.schema.js';
import type { TimeWindow } from './time-window.domain.js';

/** Before anything that PostgreSQL or the registry could know of. */
const beginning = new Date(0);
const instant = (time: Date) =>
  Prisma.sql`${(time < beginning ? beginning : time).toISOString()}::timestamptz`;

/** What an overlay has: it ends by an act, by the clock, or with its workflow, which then serves nothing. */
const overlayEnd = Prisma.sql`least(v."to", w.retired_at)`;

/** Held at the instant, or at some time of the interval. What began and ended at once held at no time. */
function held({ from, to }: TimeWindow, begin: Prisma.Sql, end: Prisma.Sql): Prisma.Sql {
  const began =
    to === null ? Prisma.sql`${begin} <= ${instant(from)}` : Prisma.sql`${begin} < ${instant(to)}`;
  return Prisma.sql`${began} AND (${end} IS NULL OR (${end} > ${instant(from)} AND ${end} > ${begin}))`;
}

/**
 * Whether an overlay lay over nothing at some time of what was asked. A stage that a release has entered holds one until
 * its workflow is retired, so that it is enough to look at where that time begins.
 */
const overNothing = ({ from }: TimeWindow): Prisma.Sql => Prisma.sql`
  NOT EXISTS (
    SELECT 1 FROM occupancy p WHERE p.workflow_id = v.workflow_id AND p.stage_key = v.stage_key
      AND p."from" <= greatest(v."from", ${instant(from)})
      AND (p."to" IS NULL OR p."to" > greatest(v."from", ${instant(from)})))`;

const among = (
  { workflowId, teamId, stageKey }: LiveFilterValues,
  hidden: readonly string[],
  key: Prisma.Sql,
) =>
  Prisma.join(
    [
      Prisma.sql`TRUE`,
      ...(hidden.length > 0 ? [Prisma.sql`w.id <> ALL(${[...hidden]}::uuid[])`] : []),
      ...(workflowId ? [Prisma.sql`w.id = ${workflowId}::uuid`] : []),
      ...(teamId ? [Prisma.sql`w.team_id = ${teamId}::uuid`] : []),
      ...(stageKey ? [Prisma.sql`${key} = ${stageKey}`] : []),
    ],
    ' AND ',
  );

/**
 * What was live in a time: one row for each pointer, and one for each place that held nothing while something lay over
 * it, with the ids of that. No order.
 * @param hidden workflows that are not told of
 * @param noStage the position of whoever is in no stage
 */
export const liveStatement = (
  window: TimeWindow,
  filter: LiveFilterValues,
  hidden: readonly string[],
  noStage: number,
): Prisma.Sql => Prisma.sql`
  SELECT o.id, o.workflow_id, t.key || '.' || w.key AS full_key, o.stage_key, s.position, o."from" AS since,
    o."to" AS until, NULL::text[] AS overlay_ids
  FROM occupancy o
  JOIN workflow w ON w.id = o.workflow_id JOIN team t ON t.id = w.team_id
  JOIN stage s ON s.workflow_id = o.workflow_id AND s.key = o.stage_key
  WHERE ${held(window, Prisma.sql`o."from"`, Prisma.sql`o."to"`)}
    AND ${among(filter, hidden, Prisma.sql`o.stage_key`)}
  UNION ALL
  SELECT (array_agg(v.id ORDER BY v."from", v.id))[1], v.workflow_id, t.key || '.' || w.key, v.stage_key,
    coalesce(s.position, ${noStage}::int), min(v."from"),
    CASE WHEN bool_or(${overlayEnd} IS NULL) THEN NULL ELSE max(${overlayEnd}) END,
    array_agg(v.id::text ORDER BY v."from", v.id)
  FROM overlay v
  JOIN workflow w ON w.id = v.workflow_id JOIN team t ON t.id = w.team_id
  LEFT JOIN stage s ON s.workflow_id = v.workflow_id AND s.key = v.stage_key
  WHERE ${held(window, Prisma.sql`v."from"`, overlayEnd)} AND ${overNothing(window)}
    AND ${among(filter, hidden, Prisma.sql`v.stage_key`)}
  GROUP BY v.workflow_id, t.key, w.key, v.stage_key, s.position`;
