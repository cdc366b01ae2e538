import { Prisma } from '../../platform/database/generated/client.js';
import {
  answersPart,
  operatingPart,
  promotionJson,
  reviewsPart,
  stepsPart,
  suitesPart,
  waiversPart,
} from './facts-evidence-fragments.js';
import { drillPart, holdsPart, quarantinedPart } from './facts-rollback-fragments.js';
import { baselinePart, lineagePart, promotionPart, soakParentsPart, stagesPart } from './facts-fragments.js';
import type { ReadinessSubject } from './readiness.facts.js';

export interface FactsQuestion {
  subjects: readonly ReadinessSubject[];
  /** Null: now, which for a workflow is after the last entry of its ledger. */
  at: Date | null;
  /** By how much the door's clock is ahead of the database's, in milliseconds. */
  shiftMs: number;
  /** Checks that a person may answer, and those of them that the organisation may. */
  answeredIds: readonly string[];
  organisationIds: readonly string[];
}

const component = (table: Prisma.Sql) => Prisma.sql`
  CASE WHEN ${table}.id IS NOT NULL THEN json_build_object('id', ${table}.id, 'number', ${table}.number,
    'digest', ${table}.digest, 'createdAt', ${table}.created_at, 'content', ${table}.canonical::json) END`;

const changedContent = (column: Prisma.Sql) => Prisma.sql`
  (SELECT c.canonical::json FROM contract_component c WHERE c.id = br.${column} AND c.id IS DISTINCT FROM r.${column})`;

/** A release that came past its gates is gone back to once a different person has found that justified. */
const foundJustified = Prisma.sql`EXISTS (
  SELECT 1 FROM break_glass_use u JOIN break_glass_review v ON v.use_id = u.id
  WHERE u.promotion_id = o.promotion_id AND u.stage_key = o.stage_key
    AND v.verdict = 'justified' AND v.created_at < a.t)`;

/** Raised by hand at the instant; the ledger knows when. */
const raisedTier = Prisma.sql`
  CASE WHEN w.raised_tier IS NULL THEN NULL ELSE coalesce(
    (SELECT e.canonical::json #>> '{data,tier}' FROM ledger_entry e
      WHERE e.chain = w.id::text AND e.subject_kind = 'workflow' AND e.subject_id = w.id::text
        AND e.act = 'workflow.tier_raised' AND e.at < a.t ORDER BY e.seq DESC LIMIT 1),
    (SELECT w.raised_tier WHERE NOT EXISTS (
      SELECT 1 FROM ledger_entry e WHERE e.subject_kind = 'workflow' AND e.subject_id = w.id::text AND e.act = 'workflow.tier_raised')))
  END`;

/**
 * An upper bound of the subjects, told to the planner: it takes a list it knows nothing of for a hundred rows, and
 * would read whole tables for a single release. Few values, so that few statements are prepared.
 */
const bound = (count: number) => Prisma.raw(String([1, 10, 50, 100].find((size) => count <= size) ?? count));

const asked = ({ subjects, at, shiftMs }: FactsQuestion) => Prisma.sql`
  SELECT x.*, coalesce(x.at, ${at?.toISOString() ?? null}::timestamptz, greatest(
      date_trunc('milliseconds', clock_timestamp()) + ${shiftMs}::float8 * interval '1 millisecond',
      (SELECT last_at FROM ledger_chain WHERE chain = x.workflow_id::text) + interval '1 millisecond',
      (SELECT last_at FROM ledger_chain WHERE chain = 'organisation') + interval '1 millisecond')) AS t
  FROM json_to_recordset(${JSON.stringify(
    subjects.map((subject, idx) => ({
      idx,
      workflow_id: subject.workflowId,
      release_id: subject.releaseId,
      stage_key: subject.stageKey,
      promotion_id: subject.promotionId ?? null,
      at: subject.at?.toISOString() ?? null,
    })),
  )}::json) AS x(idx int, workflow_id uuid, release_id uuid, stage_key text, promotion_id uuid, at timestamptz)
  LIMIT ${bound(subjects.length)}`;

/**
 * The facts of every subject in one statement, one row of JSON text each; none for a subject that does not exist.
 * Every part is read through an index and bounded by what is asked, not by how long the workflow has lived.
 */
export const factsStatement = (question: FactsQuestion): Prisma.Sql => Prisma.sql`
  WITH asked AS MATERIALIZED (${asked(question)})
  SELECT a.idx, json_build_object(
    'evaluatedAt', a.t,
    'checklistVersion', coalesce(
      (SELECT max(cv.version) FROM checklist_version cv WHERE cv.published_at < a.t),
      (SELECT min(cv.version) FROM checklist_version cv)),
    'workflowId', w.id, 'raisedTier', ${raisedTier}, 'stageKey', a.stage_key,
    'release', json_build_object('id', r.id, 'number', r.number, 'alias', r.alias, 'digest', r.digest,
      'evalDigest', r.eval_digest, 'parentId', r.parent_id, 'createdAt', r.created_at,
      'responsibleIds', array_append(r.responsible_ids, r.created_by_id), 'bundle', r.canonical::json),
    'core', ${component(Prisma.sql`core`)}, 'output', ${component(Prisma.sql`output`)},
    'retrieval', ${component(Prisma.sql`retrieval`)}, 'tools', ${component(Prisma.sql`tools`)},
    'budgets', ${component(Prisma.sql`budgets`)},
    'steps', (${stepsPart}), 'operating', (${operatingPart}), 'suites', (${suitesPart}), 'stages', (${stagesPart}),
    'baseline', CASE WHEN br.id IS NOT NULL THEN json_build_object('id', br.id, 'number', br.number, 'alias', br.alias,
      'bundle', br.canonical::json, 'changed', json_build_object('core', ${changedContent(Prisma.sql`core_id`)},
        'retrieval', ${changedContent(Prisma.sql`retrieval_id`)}, 'tools', ${changedContent(Prisma.sql`tools_id`)})) END,
    'lineage', CASE WHEN br.id IS NOT NULL THEN (${lineagePart}) END,
    'rollbackTarget', (
      SELECT json_build_object('id', x.id, 'number', x.number, 'alias', x.alias)
      FROM occupancy o JOIN release x ON x.id = o.release_id
      WHERE o.workflow_id = a.workflow_id AND o.stage_key = a.stage_key AND o.release_id <> r.id
        AND o."from" < a.t AND (o.origin = 'promotion' OR (o.origin = 'breakGlass' AND ${foundJustified}))
      ORDER BY o."from" DESC LIMIT 1),
    'holds', (${holdsPart}), 'quarantined', ${quarantinedPart}, 'drill', (${drillPart}),
    'firstRelease', NOT EXISTS (
      SELECT 1 FROM occupancy o WHERE o.workflow_id = a.workflow_id AND o.release_id <> r.id AND o."from" < a.t),
    'promotion', ${promotionJson},
    'soakParents', CASE WHEN p.kind IN ('replace', 'fix') THEN (${soakParentsPart}) END,
    'answers', (${answersPart(question.answeredIds, false)}),
    'organisationAnswers', (${answersPart(question.organisationIds, true)}),
    'waivers', (${waiversPart})
  )::text AS facts
  FROM asked a
  JOIN workflow w ON w.id = a.workflow_id
  JOIN release r ON r.id = a.release_id AND r.workflow_id = a.workflow_id
  JOIN stage target ON target.workflow_id = a.workflow_id AND target.key = a.stage_key
  JOIN contract_component core ON core.id = r.core_id
  JOIN contract_component output ON output.id = r.output_id
  LEFT JOIN contract_component retrieval ON retrieval.id = r.retrieval_id
  LEFT JOIN contract_component tools ON tools.id = r.tools_id
  LEFT JOIN contract_component budgets ON budgets.id = r.budgets_id
  LEFT JOIN LATERAL (${promotionPart}) p ON TRUE
  LEFT JOIN LATERAL (${reviewsPart}) rw ON p.id IS NOT NULL
  LEFT JOIN LATERAL (${baselinePart}) base ON TRUE
  LEFT JOIN release br ON br.id = base.release_id`;
