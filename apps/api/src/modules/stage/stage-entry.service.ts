import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';

/** A pointer's move: the interval that ends and the one that begins, with what it stands on. */
export interface StageEntry {
  stageKey: string;
  stageRevisionId: string;
  releaseId: string;
  origin: 'promotion' | 'adoption' | 'breakGlass';
  promotionId?: string;
  adoptionId?: string;
  readinessRecordId?: string;
}

/** Moves pointers. Called by acts only after their decision; the database refuses a move without its grounds. */
@Injectable()
export class StageEntryService {
  /**
   * Ends what occupied the stage, begins the new interval at the same instant and, where the promotion widens
   * the stage, puts the wider definition in force: one statement.
   */
  async enter(act: Act, entry: StageEntry): Promise<void> {
    const at = act.now.toISOString();
    const workflowId = act.workflow.id;
    await act.tx.$executeRaw`
      WITH left_behind AS (
        UPDATE occupancy SET "to" = ${at}::timestamptz, end_ledger_entry_id = ${act.entryId}::uuid
        WHERE workflow_id = ${workflowId}::uuid AND stage_key = ${entry.stageKey} AND "to" IS NULL
        RETURNING id
      ), redefined AS (
        UPDATE stage SET current_revision_id = ${entry.stageRevisionId}::uuid
        WHERE workflow_id = ${workflowId}::uuid AND key = ${entry.stageKey}
          AND current_revision_id <> ${entry.stageRevisionId}::uuid
      )
      INSERT INTO occupancy (id, workflow_id, stage_key, stage_revision_id, release_id, "from", origin, promotion_id,
        adoption_id, readiness_record_id, ledger_entry_id)
      -- Counting what was left makes that happen first: a stage never has two open intervals.
      SELECT ${act.newId()}::uuid, ${workflowId}::uuid, ${entry.stageKey}, ${entry.stageRevisionId}::uuid,
        ${entry.releaseId}::uuid, ${at}::timestamptz, ${entry.origin}, ${entry.promotionId ?? null}::uuid,
        ${entry.adoptionId ?? null}::uuid, ${entry.readinessRecordId ?? null}::uuid, ${act.entryId}::uuid
      FROM (SELECT count(*) AS ended FROM left_behind) before
      WHERE before.ended <= 1`;
    act.servedChanged();
  }
  /** Ends every pointer of the workflow, without another in its place. @returns the stages that were left */
  async leaveAll(act: Act): Promise<string[]> {
    const left = await act.tx.$queryRaw<{ stageKey: string }[]>`
      UPDATE occupancy SET "to" = ${act.now.toISOString()}::timestamptz, end_ledger_entry_id = ${act.entryId}::uuid
      WHERE workflow_id = ${act.workflow.id}::uuid AND "to" IS NULL RETURNING stage_key AS "stageKey"`;
    act.servedChanged();
    return left.map(({ stageKey }) => stageKey).sort();
  }
}
