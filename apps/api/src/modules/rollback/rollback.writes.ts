import type { Act } from '../../platform/door/act.types.js';
import type { JsonObject } from '../../platform/ledger/ledger-entry.domain.js';
import type { LaidOver, LaidOverlay } from './laid-over.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { RollbackIncident } from './rollback-incident.service.js';
import type { Segment } from './segment.domain.js';
import type { StoredLever } from './stored-lever.domain.js';

export interface NewRollback {
  id: string;
  number: number;
  /** Null: a drill, which leaves no hold and no quarantine. */
  incident: RollbackIncident | null;
  plan: RollbackPlan;
  levers: readonly StoredLever[];
  askedAt: Date;
  reviewDueAt: Date | null;
  over: LaidOver;
  /** When what it lays ends by itself; null: never. */
  until: Date | null;
}

/** What was laid over stages and what that takes the place of, for the ledger. */
export type Laid = { overlays: JsonObject[]; supersededOverlayIds: string[] };

const inLedger = ({ id, stageKey, segment, levers }: LaidOverlay & { id: string }): JsonObject => ({
  ...{ id, stageKey, segment: segmentInLedger(segment) },
  levers: levers.map((lever) => Object.fromEntries(Object.entries(lever))),
});

/** The rules of a segment as entries of the ledger give them. */
export const segmentInLedger = (segment: Segment): JsonObject[] =>
  segment.map(({ attribute, operator, values }) => ({ attribute, operator, values: [...values] }));

/**
 * Writes a rollback or a drill with the incident that it opens and everything that it leaves on stages, as one statement: whoever waits for it waits
 * for as few round trips as can be.
 */
export async function writeRollback(act: Act, rollback: NewRollback): Promise<Laid> {
  const { id, number, incident, plan, levers, askedAt, reviewDueAt, over, until } = rollback;
  const { id: workflowId, incarnation, epoch } = act.workflow;
  const { asked, stages, left, leftReleaseIds } = plan;
  const laid = over.laid.map((one) => ({ id: act.newId(), ...one }));
  const isDrill = incident === null;
  const incidentId = incident?.id ?? null;
  const opened = incident?.opens ? [incident.opens] : [];
  const stageKeys = stages.map(({ key }) => key);
  const holds = isDrill ? [] : stageKeys.map((stageKey) => ({ id: act.newId(), stageKey }));
  const quarantines = isDrill
    ? []
    : left.map(({ stage, releaseId }) => ({ id: act.newId(), stageKey: stage.key, releaseId }));
  const [at, ends] = [act.now.toISOString(), until?.toISOString() ?? null];
  const segment = JSON.stringify(asked.segment);
  await act.tx.$executeRaw`
    WITH opened AS (
      INSERT INTO incident (id, workflow_id, number, title, state, origin, owner_id, opened_by_id, opened_at)
      SELECT ${incidentId}::uuid, ${workflowId}::uuid, ${incident?.number ?? null}::int, i.title, 'open', 'rollback',
        i."ownerId", ${act.actor.id}::uuid, ${at}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) AS i(title text, "ownerId" uuid)
    ), rolled AS (
      INSERT INTO rollback (id, workflow_id, number, kind, incident_id, scope, stage_keys, segment, levers,
        left_release_ids, triggered_by_id, triggered_by, responsible_ids, asked_at, applied_at, incarnation, epoch,
        review_due_at, ledger_entry_id)
      VALUES (${id}::uuid, ${workflowId}::uuid, ${number}::int, ${asked.kind}, ${incidentId}::uuid, ${asked.scope},
        ${stageKeys}::text[], ${segment}::jsonb, ${JSON.stringify(levers)}::jsonb, ${[...leftReleaseIds]}::uuid[],
        ${act.actor.id}::uuid, ${act.actor.kind}, ${[...new Set(act.actor.responsibleIds)]}::uuid[],
        ${askedAt.toISOString()}::timestamptz, ${at}::timestamptz, ${incarnation}::int, ${epoch + 1}::int,
        ${reviewDueAt?.toISOString() ?? null}::timestamptz, ${act.entryId}::uuid)
    ), superseded AS (
      UPDATE overlay SET "to" = ${at}::timestamptz, ended_by = 'superseded', end_ledger_entry_id = ${act.entryId}::uuid
      WHERE id = ANY(${[...over.superseded]}::uuid[])
    ), laid AS (
      INSERT INTO overlay (id, workflow_id, rollback_id, stage_key, segment, levers, "from", "to", ended_by)
      SELECT l.id, ${workflowId}::uuid, ${id}::uuid, l."stageKey", l.segment, l.levers, ${at}::timestamptz,
        ${ends}::timestamptz, CASE WHEN ${ends}::text IS NOT NULL THEN 'drill' END
      FROM jsonb_to_recordset(${JSON.stringify(laid)}::jsonb) AS l(id uuid, "stageKey" text, segment jsonb, levers jsonb)
    ), quarantined AS (
      INSERT INTO quarantine (id, workflow_id, rollback_id, release_id, stage_key, segment, "from")
      SELECT q.id, ${workflowId}::uuid, ${id}::uuid, q."releaseId", q."stageKey", ${segment}::jsonb, ${at}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(quarantines)}::jsonb) AS q(id uuid, "releaseId" uuid, "stageKey" text)
    )
    INSERT INTO hold (id, workflow_id, rollback_id, incident_id, stage_key, "from")
    SELECT h.id, ${workflowId}::uuid, ${id}::uuid, ${incidentId}::uuid, h."stageKey", ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb) AS h(id uuid, "stageKey" text)`;
  return { overlays: laid.map(inLedger), supersededOverlayIds: [...over.superseded] };
}
