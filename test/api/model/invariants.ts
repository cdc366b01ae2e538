import { followed, linkProblem, startOfChain } from '../../../packages/client/src/ledger/chain.domain.js';
import { SnapshotStore } from '../../../apps/api/src/modules/runtime/snapshot-store.service.js';
import { sha256Hex } from '../../../apps/api/src/platform/digest/digest.js';
import type { LedgerContent } from '../../../apps/api/src/platform/ledger/ledger-entry.domain.js';
import { stageKeys } from './state.js';
import type { Subject } from './subject.js';

type Found = { problem: string }[];

/** One statement that finds what must not be; $1 is the workflow. */
const none =
  (sql: string) =>
  async ({ world, workflowId }: Subject): Promise<string[]> =>
    (await world.db.$queryRawUnsafe<Found>(sql, workflowId)).map(({ problem }) => problem);

const noWayAroundAGate = none(`
  SELECT o.stage_key || ' was entered without complete gates' AS problem FROM occupancy o
  LEFT JOIN readiness_record r ON r.id = o.readiness_record_id AND r.release_id = o.release_id
    AND r.stage_key = o.stage_key AND r.incomplete_checks = 0
  LEFT JOIN promotion_move m ON m.readiness_record_id = r.id AND m.promotion_id = o.promotion_id AND m.state = 'executed'
  WHERE o.workflow_id = $1::uuid AND ((o.origin = 'promotion' AND (r.id IS NULL OR m.id IS NULL))
    OR o.origin NOT IN ('promotion', 'revertRelease', 'adoption')
    OR (o.origin = 'revertRelease' AND o.rollback_id IS NULL) OR (o.origin = 'adoption' AND o.adoption_id IS NULL))`);

const nothingUnknownPasses = none(`
  SELECT r.stage_key || ': ' || (c->>'id') || ' was ' || (c->>'status') AS problem FROM readiness_record r
  CROSS JOIN LATERAL jsonb_array_elements(r.canonical::jsonb->'gates') g
  CROSS JOIN LATERAL jsonb_array_elements(g->'checks') c
  WHERE r.workflow_id = $1::uuid AND (c->>'requiredHere')::boolean
    AND c->>'status' NOT IN ('pass', 'waived', 'not_applicable')`);

const reviewBindsToADigest = none(`
  SELECT m.stage_key || ' has more than one open promotion' AS problem FROM promotion_move m
  WHERE m.workflow_id = $1::uuid AND m.state = 'open' GROUP BY m.stage_key HAVING count(*) > 1
  UNION ALL
  SELECT o.stage_key || ' was entered by what nobody else approved' FROM occupancy o
  JOIN release r ON r.id = o.release_id
  WHERE o.workflow_id = $1::uuid AND o.origin = 'promotion' AND NOT EXISTS (
    SELECT 1 FROM promotion_review v JOIN promotion p ON p.id = v.promotion_id
    WHERE v.promotion_id = o.promotion_id AND v.verdict = 'approve' AND v.digest = r.digest
      AND v.reviewer_id <> r.created_by_id AND v.reviewer_id <> p.requested_by_id)`);

const everyStageAfterTheOneBefore = none(`
  SELECT o.stage_key || ' was entered past the stage before' AS problem FROM occupancy o
  JOIN stage s ON s.workflow_id = o.workflow_id AND s.key = o.stage_key
  JOIN stage b ON b.workflow_id = s.workflow_id AND b.position = s.position - 1
  WHERE o.workflow_id = $1::uuid AND o.origin = 'promotion' AND NOT EXISTS (
    SELECT 1 FROM occupancy p WHERE p.workflow_id = o.workflow_id AND p.stage_key = b.key
      AND p.release_id = o.release_id AND p."from" < o."from" AND (p."to" IS NULL OR p."to" >= o."from"))`);

const narrowingGoesBackToWhatWasGated = none(`
  SELECT o.stage_key || ' went back to what was never there by its gates' AS problem FROM occupancy o
  WHERE o.workflow_id = $1::uuid AND o.origin = 'revertRelease' AND NOT EXISTS (
    SELECT 1 FROM occupancy p WHERE p.workflow_id = o.workflow_id AND p.stage_key = o.stage_key
      AND p.release_id = o.release_id AND p.origin = 'promotion' AND p."from" < o."from")
  UNION ALL
  SELECT o.stage_key || ' went back to what is in quarantine' FROM occupancy o
  JOIN quarantine q ON q.release_id = o.release_id
  WHERE o.workflow_id = $1::uuid AND o.origin = 'revertRelease'
    AND q."from" < date_trunc('milliseconds', o."from") AND (q.cleared_at IS NULL OR q.cleared_at > o."from")`);

const rollbackWins = none(`
  SELECT o.stage_key || ' was entered while it was on hold' AS problem FROM occupancy o
  JOIN promotion p ON p.id = o.promotion_id
  JOIN hold h ON h.workflow_id = o.workflow_id AND h.stage_key = o.stage_key
    AND h."from" < date_trunc('milliseconds', o."from") AND (h."to" IS NULL OR h."to" > o."from")
  WHERE o.workflow_id = $1::uuid AND (p.kind <> 'fix' OR p.incident_id <> h.incident_id)
  UNION ALL
  SELECT 'an overlay ended by ' || coalesce(v.ended_by, 'nothing') FROM overlay v
  WHERE v.workflow_id = $1::uuid AND v."to" IS NOT NULL
    AND coalesce(v.ended_by, '') NOT IN ('superseded', 'overlayEnd', 'promotion', 'fix', 'drill')`);

const whatRunsHasADigest = none(`
  SELECT 'an overlay serves what is no release of a rollback or of before' AS problem FROM overlay v
  CROSS JOIN LATERAL jsonb_array_elements(v.levers) l
  LEFT JOIN release r ON r.id = (l->>'releaseId')::uuid AND r.workflow_id = v.workflow_id
  WHERE v.workflow_id = $1::uuid AND l->>'kind' = 'serve'
    AND (r.id IS NULL OR r.digest !~ '^sha256:[0-9a-f]{64}$' OR (r.origin = 'rollback' AND r.derived_from_id IS NULL))`);

const everyActIsInTheLedger = none(`
  SELECT a.what || ' without an entry of the ledger' AS problem FROM (
    SELECT 'a pointer' AS what, ledger_entry_id AS entry FROM occupancy WHERE workflow_id = $1::uuid
    UNION ALL SELECT 'the end of a pointer', end_ledger_entry_id FROM occupancy WHERE workflow_id = $1::uuid AND "to" IS NOT NULL
    UNION ALL SELECT 'a rollback', ledger_entry_id FROM rollback WHERE workflow_id = $1::uuid
    UNION ALL SELECT 'the end of an overlay', end_ledger_entry_id FROM overlay
      WHERE workflow_id = $1::uuid AND "to" IS NOT NULL AND ended_by <> 'drill'
    UNION ALL SELECT 'a lifted hold', end_ledger_entry_id FROM hold WHERE workflow_id = $1::uuid AND "to" IS NOT NULL
    UNION ALL SELECT 'a cleared quarantine', clear_ledger_entry_id FROM quarantine
      WHERE workflow_id = $1::uuid AND cleared_at IS NOT NULL) a
  LEFT JOIN ledger_entry e ON e.id = a.entry AND e.chain = $1::uuid::text WHERE e.id IS NULL`);

async function theChainHolds({ world, workflowId }: Subject): Promise<string[]> {
  const entries = await world.db.ledgerEntry.findMany({
    where: { chain: workflowId },
    orderBy: { seq: 'asc' },
  });
  let chain = startOfChain(workflowId);
  for (const { canonical } of entries) {
    const link = { ...(JSON.parse(canonical) as LedgerContent), hash: sha256Hex(canonical) };
    const problem = linkProblem(chain, link);
    if (problem) return [problem.problem];
    chain = followed(link);
  }
  return [];
}

async function versionsOnlyGrow(subject: Subject): Promise<string[]> {
  const { world, workflowId, lastEpoch } = subject;
  const { epoch } = await world.db.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const held = world.app.get(SnapshotStore, { strict: false }).current(workflowId)?.epoch ?? -1;
  subject.lastEpoch = epoch;
  if (epoch < lastEpoch) return [`the epoch went from ${String(lastEpoch)} to ${String(epoch)}`];
  return held === epoch ? [] : [`version ${String(epoch)} is answered and ${String(held)} is served`];
}

/** Every earlier instant still tells what was live then. */
async function asOfAnyTime({ world, workflowId, history, model }: Subject): Promise<string[]> {
  const intervals = await world.db.occupancy.findMany({ where: { workflowId } });
  const [row] = await world.db.$queryRaw<{ at: Date | null }[]>`
    SELECT max("from") AS at FROM occupancy WHERE workflow_id = ${workflowId}::uuid`;
  const pointers = Object.fromEntries(
    stageKeys.flatMap((key) => (model.pointers[key] ? [[key, model.pointers[key].release]] : [])),
  );
  if (row?.at && history.at(-1)?.at.getTime() !== row.at.getTime()) history.push({ at: row.at, pointers });
  return history.flatMap(({ at, pointers: then }) => {
    const was = Object.fromEntries(
      stageKeys.flatMap((key) =>
        intervals
          .filter(({ stageKey, from, to }) => stageKey === key && from <= at && (to === null || to > at))
          .map(({ releaseId }) => [key, releaseId]),
      ),
    );
    return JSON.stringify(was) === JSON.stringify(then)
      ? []
      : [`at ${at.toISOString()} ${JSON.stringify(was)} was live, not ${JSON.stringify(then)}`];
  });
}

/**
 * The invariants of the design that a sequence of acts can break, by their names. Lost updates (4) and the digests that
 * reviews bind to are what the model predicts; evidence that expires (11) and a registry that is down (12) have tests
 * of their own.
 */
export const invariants: Record<string, (subject: Subject) => Promise<string[]>> = {
  ...{ noWayAroundAGate, nothingUnknownPasses, reviewBindsToADigest, everyStageAfterTheOneBefore },
  ...{ narrowingGoesBackToWhatWasGated, rollbackWins, whatRunsHasADigest, everyActIsInTheLedger },
  ...{ theChainHolds, versionsOnlyGrow, asOfAnyTime },
};
