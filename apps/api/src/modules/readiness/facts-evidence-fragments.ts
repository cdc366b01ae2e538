import { Prisma } from '../../platform/database/generated/client.js';

/* More parts of the statement that reads facts: see facts-fragments.ts for the aliases. */

export const stepsPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(
    'name', s.name, 'prompt', pr.key, 'promptVersion', pv.version, 'promptDigest', pv.digest,
    'secretFindings', pv.secret_findings, 'provider', mv.provider, 'model', mv.model, 'modelDigest', mv.digest,
    'isAlias', mv.is_alias, 'aliasAcceptedReason', mv.alias_accepted_reason) ORDER BY s.position), '[]')
  FROM release_step s
  JOIN prompt_version pv ON pv.id = s.prompt_version_id
  JOIN prompt pr ON pr.id = pv.prompt_id
  JOIN model_config_version mv ON mv.id = s.model_config_version_id
  WHERE s.release_id = r.id`;

export const operatingPart = Prisma.sql`
  SELECT json_build_object(
    'version', op.version, 'createdAt', op.created_at, 'ownerDigest', op.owner_digest,
    'providersDigest', op.providers_digest, 'content', op.canonical::json,
    'ownerTeamHasMember', EXISTS (
      SELECT 1 FROM team JOIN team_member m ON m.team_id = team.id
      WHERE team.key = op.canonical::json ->> 'ownerTeam' AND m.added_at < a.t AND (m.ended_at IS NULL OR m.ended_at >= a.t)),
    'accountableIsActive', EXISTS (
      SELECT 1 FROM "user" u WHERE u.id = (op.canonical::json ->> 'accountableUserId')::uuid
        AND (u.disabled_at IS NULL OR u.disabled_at >= a.t)))
  FROM operating_record op
  WHERE op.workflow_id = a.workflow_id AND op.created_at < a.t
  ORDER BY op.version DESC LIMIT 1`;

/** The newest version of each suite, with what was measured on it for the release and for the baseline. */
export const suitesPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(
    'key', es.key, 'version', sv.version, 'digest', sv.digest, 'graderDigest', sv.grader_digest,
    'definition', sv.canonical::json,
    'redteamOnly', EXISTS (SELECT 1 FROM eval_run x WHERE x.suite_version_id = sv.id AND x.kind = 'redteam' AND x.created_at < a.t)
      AND NOT EXISTS (SELECT 1 FROM eval_run x WHERE x.suite_version_id = sv.id AND x.kind = 'regular' AND x.created_at < a.t),
    'runs', (
      SELECT coalesce(json_agg(json_build_object(
        'id', er.id, 'label', er.label, 'kind', er.kind, 'status', er.status, 'createdAt', er.created_at,
        'cases', er.cases, 'passed', er.passed, 'failed', er.failed, 'errored', er.errored, 'skipped', er.skipped,
        'costUsd', er.cost_usd, 'aggregates', er.aggregates) ORDER BY er.created_at, er.id), '[]')
      FROM eval_run er
      WHERE er.workflow_id = a.workflow_id AND er.eval_digest = r.eval_digest AND er.suite_version_id = sv.id
        AND er.counts AND er.created_at < a.t),
    'baseline', (
      SELECT json_agg(er.aggregates ORDER BY er.created_at, er.id)
      FROM eval_run er
      WHERE er.workflow_id = a.workflow_id AND er.eval_digest = br.eval_digest AND er.suite_version_id = sv.id
        AND er.counts AND er.created_at < a.t AND er.kind = 'regular' AND er.status = 'completed')
    ) ORDER BY es.key), '[]')
  FROM eval_suite es
  CROSS JOIN LATERAL (
    SELECT * FROM eval_suite_version v WHERE v.suite_id = es.id AND v.created_at < a.t ORDER BY v.version DESC LIMIT 1
  ) sv
  WHERE es.workflow_id = a.workflow_id`;

/** The latest few answers of each check: releases that stand side by side each keep theirs. */
export const answersPart = (checkIds: readonly string[], ofOrganisation: boolean) => Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(
    'id', x.id, 'checkId', x.check_id, 'answer', x.answer, 'comment', x.comment, 'evidence', x.evidence,
    'bindings', x.bindings, 'releaseId', x.release_id, 'answeredById', x.answered_by_id,
    'createdAt', x.created_at) ORDER BY x.created_at DESC, x.id DESC), '[]')
  FROM unnest(${[...checkIds]}::text[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT * FROM check_answer ca
    WHERE ${ofOrganisation ? Prisma.sql`ca.workflow_id IS NULL` : Prisma.sql`ca.workflow_id = a.workflow_id`}
      AND ca.check_id = c.id AND ca.created_at < a.t
    ORDER BY ca.created_at DESC, ca.id DESC LIMIT ${ofOrganisation ? 1 : 4}::int
  ) x`;

export const waiversPart = Prisma.sql`
  SELECT coalesce(json_agg(json_build_object(
    'id', wv.id, 'checkId', wv.check_id, 'reason', wv.reason, 'requestedById', wv.requested_by_id,
    'approvedById', wv.approved_by_id, 'createdAt', wv.created_at, 'expiresAt', wv.expires_at)
    ORDER BY wv.expires_at DESC, wv.id), '[]')
  FROM waiver wv
  WHERE wv.workflow_id = a.workflow_id AND wv.approved_at < a.t AND wv.expires_at > a.t
    AND (wv.ended_at IS NULL OR wv.ended_at >= a.t)`;

/**
 * Authors of what the release brings in over the baseline: of every version after the one that the baseline pins, up
 * to the release's own, and who answers for what a key wrote; all of them where the baseline has none. The same rule
 * as release/authors.domain.ts.
 */
export const authorsPart = Prisma.sql`
  SELECT c.author_id FROM (VALUES (r.core_id, br.core_id), (r.output_id, br.output_id), (r.retrieval_id, br.retrieval_id),
    (r.tools_id, br.tools_id), (r.budgets_id, br.budgets_id)) AS k(pinned, held)
  JOIN contract_component pin ON pin.id = k.pinned
  LEFT JOIN contract_component base ON base.id = k.held
  JOIN contract_component c ON c.workflow_id = pin.workflow_id AND c.kind = pin.kind AND c.number <= pin.number
    AND c.number > CASE WHEN base.id IS NULL THEN 0 WHEN base.number <= pin.number THEN base.number ELSE pin.number - 1 END
  UNION
  SELECT unnest(array_append(v.responsible_ids, v.author_id)) FROM release_step s
  JOIN prompt_version pin ON pin.id = s.prompt_version_id
  JOIN prompt_version v ON v.prompt_id = pin.prompt_id AND v.version <= pin.version AND v.version > (
    SELECT CASE WHEN count(*) = 0 THEN 0 ELSE coalesce(max(b.version) FILTER (WHERE b.version <= pin.version), pin.version - 1) END
    FROM release_step bs JOIN prompt_version b ON b.id = bs.prompt_version_id
    WHERE bs.release_id = br.id AND b.prompt_id = pin.prompt_id)
  WHERE s.release_id = r.id
  UNION
  SELECT unnest(array_append(v.responsible_ids, v.author_id)) FROM release_step s
  JOIN model_config_version pin ON pin.id = s.model_config_version_id
  JOIN model_config_version v ON v.model_config_id = pin.model_config_id AND v.version <= pin.version AND v.version > (
    SELECT CASE WHEN count(*) = 0 THEN 0 ELSE coalesce(max(b.version) FILTER (WHERE b.version <= pin.version), pin.version - 1) END
    FROM release_step bs JOIN model_config_version b ON b.id = bs.model_config_version_id
    WHERE bs.release_id = br.id AND b.model_config_id = pin.model_config_id)
  WHERE s.release_id = r.id`;

/** Authors are asked for before anybody reviewed too: whoever is barred is told so, not offered a button. */
export const promotionJson = Prisma.sql`
  CASE WHEN p.id IS NOT NULL THEN json_build_object(
    'id', p.id, 'kind', p.kind, 'incidentId', p.incident_id, 'requesterIds', array_append(p.responsible_ids, p.requested_by_id),
    'reviews', rw.list,
    'authorIds', (SELECT coalesce(json_agg(w.author_id), '[]') FROM (${authorsPart}) w)) END`;

export const reviewsPart = Prisma.sql`
  SELECT json_agg(json_build_object(
    'id', pr.id, 'reviewerId', pr.reviewer_id, 'verdict', pr.verdict, 'digest', pr.digest, 'releaseId', pr.release_id,
    'roles', pr.roles, 'createdAt', pr.created_at) ORDER BY pr.created_at, pr.id) AS list
  FROM promotion_review pr WHERE pr.promotion_id = p.id AND pr.created_at < a.t`;
