import { Prisma } from '../../platform/database/generated/client.js';
import { servedInsteadThen } from './facts-rollback-fragments.js';

/*
 * Parts of the one statement that reads facts. Aliases: `a` what is asked (with its instant `t`), `r` the release,
 * `br` the baseline, `p` the promotion, `target` the stage. Everything is as it stood just before `t`: rows of an act
 * at `t` itself are not there yet, so that the readiness an act stood on can be read again afterwards.
 */

/** Which release a promotion named at the instant: the ledger keeps it when a retarget has moved it on. */
const namedRelease = Prisma.sql`
  CASE WHEN pp.revision = 1 THEN pp.release_id ELSE coalesce((
    SELECT (e.canonical::json #>> '{data,releaseId}')::uuid FROM ledger_entry e
    WHERE e.subject_kind = 'promotion' AND e.subject_id = pp.id::text AND e.at < a.t
      AND e.act IN ('promotion.requested', 'promotion.retargeted')
    ORDER BY e.seq DESC LIMIT 1), pp.release_id) END`;

/** The promotion asked about; else the one that was open into the stage with this release. */
export const promotionPart = Prisma.sql`
  SELECT pp.*, mm.stage_revision_id FROM promotion pp
  JOIN promotion_move mm ON mm.promotion_id = pp.id AND mm.stage_key = a.stage_key
  WHERE pp.id = coalesce(a.promotion_id, (
    SELECT pp.id FROM promotion pp JOIN (
      SELECT promotion_id FROM promotion_move
        WHERE workflow_id = a.workflow_id AND stage_key = a.stage_key AND state = 'open'
      UNION SELECT promotion_id FROM promotion_move
        WHERE workflow_id = a.workflow_id AND stage_key = a.stage_key AND executed_at >= a.t
      UNION SELECT w.promotion_id FROM promotion c
        JOIN promotion_move w ON w.promotion_id = c.id AND w.stage_key = a.stage_key AND w.state = 'withdrawn'
        WHERE c.workflow_id = a.workflow_id AND c.closed_at >= a.t
    ) candidate ON candidate.promotion_id = pp.id
    WHERE pp.created_at < a.t AND ${namedRelease} = a.release_id
    ORDER BY pp.created_at DESC LIMIT 1))`;

/** What is effectively served in the stage, else in the nearest later occupied one. */
export const baselinePart = Prisma.sql`
  SELECT coalesce(${servedInsteadThen}, o.release_id) AS release_id FROM stage st
  CROSS JOIN LATERAL (
    SELECT i.release_id, i."to" FROM occupancy i
    WHERE i.workflow_id = st.workflow_id AND i.stage_key = st.key AND i."from" < a.t
    ORDER BY i."from" DESC LIMIT 1
  ) o
  WHERE st.workflow_id = a.workflow_id AND st.position >= target.position AND (o."to" IS NULL OR o."to" >= a.t)
  ORDER BY st.position LIMIT 1`;

const occupiedThen = Prisma.sql`EXISTS (
  SELECT 1 FROM occupancy i WHERE i.workflow_id = rv.workflow_id AND i.stage_key = rv.stage_key
    AND i."from" <= greatest(rv.created_at, ap.created_at)
    AND (i."to" IS NULL OR i."to" > greatest(rv.created_at, ap.created_at)))`;

/**
 * Since when a revision was in force: at once; with fewer checks since its approval; wider than what was occupied
 * since the promotion that widened it, which began an interval of its own. The current one was in force at some time.
 */
const inForceSince = Prisma.sql`
  CASE WHEN rv.effect IN ('widens', 'mixed') AND ${occupiedThen} THEN coalesce((
      SELECT min(i."from") FROM occupancy i
      WHERE i.workflow_id = rv.workflow_id AND i.stage_key = rv.stage_key AND i.stage_revision_id = rv.id),
      CASE WHEN rv.id = st.current_revision_id THEN rv.created_at END)
    WHEN rv.effect IN ('thins', 'mixed') THEN coalesce(ap.created_at, CASE WHEN rv.id = st.current_revision_id THEN rv.created_at END)
    ELSE rv.created_at END`;

/** Every stage with its definition and its latest intervals; a widening is judged by the revision it is to put in force. */
export const stagesPart = Prisma.sql`
  SELECT json_agg(json_build_object(
    'key', st.key, 'position', st.position, 'revisionId', rev.id, 'revision', rev.revision,
    'definition', rev.canonical::json,
    'intervals', (
      SELECT coalesce(json_agg(json_build_object(
        'releaseId', i.release_id, 'from', i."from", 'to', CASE WHEN i."to" < a.t THEN i."to" END) ORDER BY i."from" DESC), '[]')
      FROM (
        SELECT * FROM occupancy o WHERE o.workflow_id = st.workflow_id AND o.stage_key = st.key AND o."from" < a.t
        ORDER BY o."from" DESC LIMIT 8
      ) i)
    ) ORDER BY st.position)
  FROM stage st
  JOIN stage_revision current ON current.id = st.current_revision_id
  CROSS JOIN LATERAL (
    SELECT rv.id, rv.revision, rv.canonical FROM stage_revision rv
    LEFT JOIN stage_revision_approval ap ON ap.stage_revision_id = rv.id
    WHERE rv.workflow_id = st.workflow_id AND rv.stage_key = st.key
      AND CASE WHEN p.kind = 'widen' AND st.key = a.stage_key THEN rv.id = p.stage_revision_id
        ELSE rv.revision <= current.revision AND ${inForceSince} < a.t END
    ORDER BY rv.revision DESC LIMIT 1
  ) rev
  WHERE st.workflow_id = a.workflow_id`;

/** The release and what it was made from, back to the baseline; back to the beginning where that one was derived. */
export const lineagePart = Prisma.sql`
  WITH RECURSIVE up AS (
    SELECT x.id, x.number, x.parent_id, x.derived_from_id FROM release x WHERE x.id IN (r.id, br.id)
    UNION
    SELECT x.id, x.number, x.parent_id, x.derived_from_id FROM up
    JOIN release x ON x.id = ANY(ARRAY[up.parent_id, up.derived_from_id])
    WHERE up.number > br.number OR br.derived_from_id IS NOT NULL
  )
  SELECT json_agg(json_build_object('id', up.id, 'parentId', up.parent_id, 'derivedFromId', up.derived_from_id) ORDER BY up.number DESC)
  FROM up`;

/** What a replacement inherits soak from: its parent, and on through replacements that entered this stage. */
export const soakParentsPart = Prisma.sql`
  WITH RECURSIVE line AS (
    SELECT x.id, x.number, x.alias, x.parent_id, 1 AS depth FROM release x
    WHERE p.kind IN ('replace', 'fix') AND x.id = r.parent_id
    UNION ALL
    SELECT x.id, x.number, x.alias, x.parent_id, line.depth + 1 FROM line JOIN release x ON x.id = line.parent_id
    WHERE line.depth < 10 AND EXISTS (
      SELECT 1 FROM occupancy o JOIN promotion pp ON pp.id = o.promotion_id AND pp.kind IN ('replace', 'fix')
      WHERE o.release_id = line.id AND o.stage_key = a.stage_key AND o."from" < a.t)
  )
  SELECT coalesce(json_agg(json_build_object('id', line.id, 'number', line.number, 'alias', line.alias) ORDER BY line.depth), '[]')
  FROM line`;
