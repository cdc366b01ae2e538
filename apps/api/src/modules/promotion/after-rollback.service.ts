import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import type { JsonObject } from '../../platform/ledger/ledger-entry.domain.js';
import type { StageFacts } from '../stage/stage-facts.domain.js';
import type { Promotion } from './promotion.types.js';

type Ended = { overlayIds: string[]; holdIds: string[]; watched: boolean };

/** Part of the act that moves: what rollbacks left on a stage ends with a promotion that was admitted into it. */
@Injectable()
export class AfterRollbackService {
  /**
   * Ends the overlays of the stage, and those of whoever is in no stage once their rollback has none left in a stage;
   * of a fix, also the holds of its incident there, and the incident is in monitoring from now on. One statement, and
   * none where a rollback left nothing.
   * @returns for the ledger
   */
  async settle(act: Act, promotion: Promotion, stage: StageFacts | undefined): Promise<JsonObject> {
    const incidentId = promotion.kind === 'fix' ? promotion.incidentId : null;
    const held = (stage?.heldFor ?? []).some((id) => id === incidentId);
    if (!stage || (!stage.overlaid && !held && incidentId === null)) return {};
    const at = act.now.toISOString();
    const [entry, workflowId] = [act.entryId, act.workflow.id];
    const [row] = await act.tx.$queryRaw<Ended[]>`
      WITH here AS (
        SELECT v.id, v.rollback_id FROM overlay v JOIN rollback b ON b.id = v.rollback_id
        WHERE v.workflow_id = ${workflowId}::uuid AND v."to" IS NULL AND b.kind = 'rollback' AND v.stage_key = ${stage.key}
      ), general AS (
        SELECT v.id FROM overlay v JOIN rollback b ON b.id = v.rollback_id
        WHERE v.workflow_id = ${workflowId}::uuid AND v."to" IS NULL AND b.kind = 'rollback' AND v.stage_key IS NULL
          AND NOT EXISTS (SELECT 1 FROM overlay o WHERE o.rollback_id = v.rollback_id AND o."to" IS NULL
            AND o.stage_key IS NOT NULL AND o.stage_key <> ${stage.key})
      ), ended AS (
        UPDATE overlay SET "to" = ${at}::timestamptz, ended_by = ${incidentId === null ? 'promotion' : 'fix'},
          end_ledger_entry_id = ${entry}::uuid
        WHERE id IN (SELECT id FROM here UNION SELECT id FROM general) RETURNING id
      ), lifted AS (
        UPDATE hold SET "to" = ${at}::timestamptz, ended_by = 'fix', ended_by_id = ${act.actor.id}::uuid,
          end_ledger_entry_id = ${entry}::uuid
        WHERE workflow_id = ${workflowId}::uuid AND stage_key = ${stage.key} AND "to" IS NULL
          AND incident_id = ${incidentId}::uuid RETURNING id
      ), watched AS (
        UPDATE incident SET state = 'monitoring', monitoring_at = ${at}::timestamptz
        WHERE id = ${incidentId}::uuid AND state = 'open' RETURNING id
      )
      SELECT ARRAY(SELECT id::text FROM ended ORDER BY id) AS "overlayIds",
        ARRAY(SELECT id::text FROM lifted ORDER BY id) AS "holdIds", EXISTS (SELECT 1 FROM watched) AS watched`;
    const { overlayIds = [], holdIds = [], watched = false } = row ?? {};
    return {
      ...(overlayIds.length > 0 ? { endedOverlayIds: overlayIds } : {}),
      ...(holdIds.length > 0 ? { liftedHoldIds: holdIds } : {}),
      ...(incidentId === null ? {} : { incidentId, movedToMonitoring: watched }),
    };
  }
}
