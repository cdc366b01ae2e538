import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';

/** Takes pointers back to an earlier release. Called by rollbacks only; the database refuses it without one. */
@Injectable()
export class StageRevertService {
  /** Ends what occupies these stages and begins the new intervals at the same instant: one statement for all. */
  async revert(
    act: Act,
    {
      stageKeys,
      releaseId,
      rollbackId,
    }: { stageKeys: readonly string[]; releaseId: string; rollbackId: string },
  ): Promise<void> {
    if (stageKeys.length === 0) return;
    const at = act.now.toISOString();
    const [keys, ids] = [[...stageKeys], stageKeys.map(() => act.newId())];
    await act.tx.$executeRaw`
      WITH left_behind AS (
        UPDATE occupancy SET "to" = ${at}::timestamptz, end_ledger_entry_id = ${act.entryId}::uuid
        WHERE workflow_id = ${act.workflow.id}::uuid AND stage_key = ANY(${keys}::text[]) AND "to" IS NULL
        RETURNING id
      )
      INSERT INTO occupancy (id, workflow_id, stage_key, stage_revision_id, release_id, "from", origin, rollback_id,
        ledger_entry_id)
      SELECT entered.id, s.workflow_id, s.key, s.current_revision_id, ${releaseId}::uuid, ${at}::timestamptz,
        'revertRelease', ${rollbackId}::uuid, ${act.entryId}::uuid
      -- Counting what was left makes that happen first: a stage never has two open intervals.
      FROM (SELECT count(*) AS ended FROM left_behind) before
      CROSS JOIN unnest(${keys}::text[], ${ids}::uuid[]) AS entered(key, id)
      JOIN stage s ON s.workflow_id = ${act.workflow.id}::uuid AND s.key = entered.key
      WHERE before.ended <= ${keys.length}`;
    act.servedChanged();
  }
}
