import { Prisma } from '../../platform/database/generated/client.js';

/** How many of the releases that were ever in a stage are looked at, the latest first. */
const lookBack = 50;

/** A release that came past its gates is gone back to once a different person has found that justified. */
const gated = Prisma.sql`(o.origin = 'promotion' OR (o.origin = 'breakGlass' AND EXISTS (
  SELECT 1 FROM break_glass_use u JOIN break_glass_review v ON v.use_id = u.id
  WHERE u.promotion_id = o.promotion_id AND u.stage_key = o.stage_key AND v.verdict = 'justified')))`;

/** Left out where nothing is named, so that PostgreSQL plans the statement once and not each time it is sent. */
const first = (targetIds: readonly string[]) =>
  targetIds.length === 0 ? Prisma.empty : Prisma.sql`(o.release_id = ANY(${[...targetIds]}::uuid[])) DESC,`;

const named = (targetIds: readonly string[]) =>
  targetIds.length === 0 ? Prisma.empty : Prisma.sql`UNION SELECT unnest(${[...targetIds]}::uuid[])`;

const entriesOf = (targetIds: readonly string[]) => Prisma.sql`
  SELECT o.release_id, min(o."from") AS first_from, min(o."from") FILTER (WHERE ${gated}) AS first_gated,
    max(o."from") AS last_from, (array_agg(o."to" ORDER BY o."from" DESC))[1] AS until
  FROM occupancy o WHERE o.workflow_id = st.workflow_id AND o.stage_key = st.key
  GROUP BY o.release_id
  ORDER BY ${first(targetIds)} max(o."from") DESC LIMIT ${Prisma.raw(String(lookBack))}`;

const stagesPart = (targetIds: readonly string[]) => Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(
    'key', st.key, 'name', r.canonical::json->>'name', 'position', st.position, 'revisionId', r.id,
    'audience', r.canonical::json->'audience', 'expectedRequestsPerDay', r.canonical::json->'expectedRequestsPerDay',
    'pointer', (
      SELECT json_build_object('releaseId', p.release_id, 'from', p."from", 'origin', p.origin,
        'byName', coalesce(u.name, k.name))
      FROM occupancy p JOIN ledger_entry e ON e.id = p.ledger_entry_id
      LEFT JOIN "user" u ON u.id = e.actor_id::uuid LEFT JOIN api_key k ON k.id = e.actor_id::uuid
      WHERE p.workflow_id = st.workflow_id AND p.stage_key = st.key AND p."to" IS NULL),
    'entries', (
      SELECT coalesce(json_agg(json_build_object('releaseId', n.release_id, 'firstFrom', n.first_from,
        'firstGated', n.first_gated, 'lastFrom', n.last_from, 'until', n.until) ORDER BY n.last_from DESC), '[]')
      FROM (${entriesOf(targetIds)}) n)
    ) ORDER BY st.position), '[]')
  FROM stage st JOIN stage_revision r ON r.id = st.current_revision_id WHERE st.workflow_id = w.id`;

/** What an act ended is over, whatever the clock of this process says; what is left is a drill, which ends by the clock. */
const inForce = (at: Prisma.Sql) =>
  Prisma.sql`o.end_ledger_entry_id IS NULL AND (o."to" IS NULL OR o."to" > ${at})`;

const overlaysPart = (at: Prisma.Sql) => Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', o.id, 'rollbackId', o.rollback_id, 'rollbackNumber', b.number,
    'isDrill', b.kind = 'drill',
    'stageKey', o.stage_key, 'segment', o.segment, 'levers', o.levers, 'from', o."from", 'to', o."to")
    ORDER BY o."from", o.id), '[]')
  FROM overlay o JOIN rollback b ON b.id = o.rollback_id
  WHERE o.workflow_id = w.id AND ${inForce(at)}`;

const holdsPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', h.id, 'stageKey', h.stage_key, 'from', h."from",
    'rollbackNumber', b.number, 'incidentId', h.incident_id, 'incidentNumber', i.number) ORDER BY h."from", h.id), '[]')
  FROM hold h JOIN rollback b ON b.id = h.rollback_id JOIN incident i ON i.id = h.incident_id
  WHERE h.workflow_id = w.id AND h."to" IS NULL`;

const quarantinesPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object('id', q.id, 'releaseId', q.release_id, 'stageKey', q.stage_key,
    'segment', q.segment, 'rollbackNumber', b.number) ORDER BY q."from", q.id), '[]')
  FROM quarantine q JOIN rollback b ON b.id = q.rollback_id WHERE q.workflow_id = w.id AND q.cleared_at IS NULL`;

/** Every release that a stage had lately, that an overlay serves or that was asked for, and what it was derived from. */
const releasesPart = (targetIds: readonly string[], at: Prisma.Sql) => Prisma.sql`
  WITH RECURSIVE named AS (
    SELECT n.release_id AS id FROM stage st CROSS JOIN LATERAL (${entriesOf(targetIds)}) n WHERE st.workflow_id = w.id
    UNION SELECT (l->>'releaseId')::uuid FROM overlay o, jsonb_array_elements(o.levers) l
      WHERE o.workflow_id = w.id AND ${inForce(at)} AND l->>'kind' = 'serve'
    ${named(targetIds)}
  ), known AS (
    SELECT r.id, r.derived_from_id FROM release r JOIN named n ON n.id = r.id WHERE r.workflow_id = w.id
    UNION SELECT r.id, r.derived_from_id FROM known k JOIN release r ON r.id = k.derived_from_id
  )
  SELECT coalesce(json_agg(json_build_object('id', r.id, 'number', r.number, 'alias', r.alias, 'digest', r.digest,
    'derivedFromId', r.derived_from_id, 'outputId', r.output_id, 'canonical', r.canonical,
    'tools', (SELECT coalesce(json_agg(t->>'name'), '[]') FROM contract_component c, jsonb_array_elements(c.canonical::jsonb->'tools') t
      WHERE c.id = r.tools_id),
    'writes', EXISTS (SELECT 1 FROM contract_component c, jsonb_array_elements(c.canonical::jsonb->'tools') t
      WHERE c.id = r.tools_id AND t->>'effect' <> 'read'),
    'steps', (
      SELECT json_agg(json_build_object('name', s.name, 'promptVersionId', v.id, 'promptDigest', v.digest,
        'variables', v.variables, 'modelConfigVersionId', m.id, 'modelConfigId', m.model_config_id,
        'modelDigest', m.digest, 'model', m.model, 'isAlias', m.is_alias) ORDER BY s.position)
      FROM release_step s JOIN prompt_version v ON v.id = s.prompt_version_id
      JOIN model_config_version m ON m.id = s.model_config_version_id WHERE s.release_id = r.id))), '[]')
  FROM release r WHERE r.id IN (SELECT id FROM known)`;

/**
 * How a workflow stands, as one expression that says JSON text; NULL for a workflow that does not exist.
 * @param targetIds releases that are asked for, however long ago they were live
 * @param at the instant, or one before it: a drill's overlay ends by itself
 */
export const standingExpression = (
  workflowId: string,
  targetIds: readonly string[],
  at: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(
  SELECT json_build_object(
    'workflowId', w.id, 'fullKey', t.key || '.' || w.key, 'name', w.name, 'retired', w.retired_at IS NOT NULL,
    'incarnation', w.incarnation, 'epoch', w.epoch,
    'stages', (${stagesPart(targetIds)}), 'overlays', (${overlaysPart(at)}),
    'holds', (${holdsPart}), 'quarantines', (${quarantinesPart}),
    'releases', (${releasesPart(targetIds, at)}),
    'core', (SELECT c.canonical::json FROM contract_publication p JOIN contract_component c ON c.id = p.core_id
      WHERE p.workflow_id = w.id ORDER BY p.number DESC LIMIT 1),
    'lastRollbackNumber', (SELECT coalesce(max(number), 0) FROM rollback WHERE workflow_id = w.id),
    'lastIncidentNumber', (SELECT coalesce(max(number), 0) FROM incident WHERE workflow_id = w.id)
  )::text
  FROM workflow w JOIN team t ON t.id = w.team_id WHERE w.id = ${workflowId}::uuid)`;
