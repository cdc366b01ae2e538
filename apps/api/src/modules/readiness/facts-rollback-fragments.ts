import { Prisma } from '../../platform/database/generated/client.js';
import { servedInstead } from '../stage/served-instead.reads.js';

/* More parts of the statement that reads facts, about rollbacks: see facts-fragments.ts for the aliases. */

export const holdsPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('rollbackNumber', hb.number, 'incidentId', h.incident_id,
    'incidentNumber', hi.number) ORDER BY h."from", h.id), '[]')
  FROM hold h JOIN rollback hb ON hb.id = h.rollback_id JOIN incident hi ON hi.id = h.incident_id
  WHERE h.workflow_id = a.workflow_id AND h.stage_key = a.stage_key
    AND h."from" < a.t AND (h."to" IS NULL OR h."to" >= a.t)`;

export const quarantinedPart = Prisma.sql`EXISTS (
  SELECT 1 FROM quarantine q WHERE q.release_id = r.id
    AND q."from" < a.t AND (q.cleared_at IS NULL OR q.cleared_at >= a.t))`;

/**
 * The latest drill that an instance confirmed through an SDK while it ran, by the rule of telemetry's effect.domain: it
 * was running when the drill began, honours every lever, and says that it serves a version there is. What was only
 * fetched shows nothing. Of a drill that has ended, what it came to is what counts, and nothing else: acknowledgements
 * are removed long before the evidence expires.
 */
export const drillPart = Prisma.sql`
  SELECT json_build_object('number', b.number, 'at', b.applied_at, 'instances', seen.instances,
    'levers', (SELECT json_agg(DISTINCT l->>'kind') FROM jsonb_array_elements(b.levers) l))
  FROM rollback b JOIN workflow bw ON bw.id = b.workflow_id CROSS JOIN LATERAL (
    SELECT max(o."to") AS at FROM overlay o WHERE o.rollback_id = b.id
  ) ended CROSS JOIN LATERAL (
    SELECT count(DISTINCT k.instance_id)::int AS instances FROM acknowledgement k
    JOIN instance i ON i.workflow_id = k.workflow_id AND i.instance_id = k.instance_id
    WHERE k.workflow_id = b.workflow_id AND k.via = 'sdk' AND k.at < a.t AND k.at <= ended.at
      AND (k.incarnation, k.epoch) BETWEEN (b.incarnation, b.epoch) AND (bw.incarnation, bw.epoch)
      AND i.environment = 'production' AND NOT i.is_public AND i.first_seen_at <= b.applied_at
      AND (i.stopped_at IS NULL OR i.stopped_at > b.applied_at)
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(b.levers) l WHERE NOT l->>'kind' = ANY(i.levers))
  ) ack LEFT JOIN rollback_effect e ON e.rollback_id = b.id AND ended.at < a.t
  CROSS JOIN LATERAL (SELECT coalesce(e.confirmed, ack.instances) AS instances) seen
  WHERE b.workflow_id = a.workflow_id AND b.kind = 'drill' AND b.applied_at < a.t AND seen.instances > 0
  ORDER BY b.number DESC LIMIT 1`;

/** What was served of a stage in place of its pointer, to everybody. */
export const servedInsteadThen = servedInstead(
  { workflowId: Prisma.sql`st.workflow_id`, key: Prisma.sql`st.key` },
  Prisma.sql`v."from" < a.t AND (v."to" IS NULL OR v."to" >= a.t)`,
);
