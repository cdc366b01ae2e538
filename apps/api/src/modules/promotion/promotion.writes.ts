import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import type { PlannedMove, ReleaseRef } from './promotion.domain.js';
import type { AddedCase, PromotionKind, ReviewVerdict } from './promotion.schema.js';
import { promotionById } from './promotion-row.js';
import type { Promotion, PromotionMove } from './promotion.types.js';

export interface NewPromotion {
  kind: PromotionKind;
  release: ReleaseRef;
  baselineId: string | null;
  toStageKey: string;
  note: string;
  moves: readonly PlannedMove[];
  /** Of a fix. */
  incidentId: string | null;
  addedCase: AddedCase | null;
}

export interface RecordedReadiness {
  id: string;
  releaseId: string;
  stageKey: string;
  stageRevisionId: string;
  checklistVersion: number;
  evaluatedAt: Date;
  /** How many required checks a grant passed over; 0 where every gate was complete. */
  incompleteChecks: number;
  canonical: string;
  digest: string;
}

/** The rows of this module, written inside an act. */
@Injectable()
export class PromotionWrites {
  /** The promotion as it stands under the lock, in one statement; null for an unknown one. */
  async locked(act: Act, id: string): Promise<Promotion | null> {
    const promotion = await promotionById(act.tx, id);
    return promotion?.workflowId === act.workflow.id ? promotion : null;
  }

  async create(
    act: Act,
    { kind, release, baselineId, toStageKey, note, moves, incidentId, addedCase }: NewPromotion,
  ): Promise<string> {
    const id = act.newId();
    await act.tx.promotion.create({
      data: {
        ...{
          id,
          workflowId: act.workflow.id,
          kind,
          state: 'open',
          releaseId: release.id,
          digest: release.digest,
        },
        ...{ baselineId, toStageKey, note, requestedById: act.actor.id, incidentId },
        ...(addedCase ? { addedCase } : {}),
        ...{ responsibleIds: act.actor.responsibleIds, createdAt: act.now },
      },
    });
    await this.addMoves(act, id, moves);
    return id;
  }

  async addMoves(act: Act, promotionId: string, moves: readonly PlannedMove[]): Promise<void> {
    if (moves.length === 0) return;
    await act.tx.promotionMove.createMany({
      data: moves.map(({ stageKey, position, stageRevisionId }) => ({
        ...{ id: act.newId(), promotionId, workflowId: act.workflow.id, stageKey, position, stageRevisionId },
        state: 'open',
      })),
    });
  }

  /** Points the promotion at another release. Whoever does answers for the request like whoever made it. */
  async retarget(
    act: Act,
    promotion: Promotion,
    release: ReleaseRef,
    baselineId: string | null,
  ): Promise<void> {
    await act.tx.promotion.update({
      where: { id: promotion.id },
      data: {
        ...{ releaseId: release.id, digest: release.digest, baselineId, revision: promotion.revision + 1 },
        responsibleIds: [...new Set([...promotion.responsibleIds, ...act.actor.responsibleIds])],
      },
    });
  }

  async addReview(
    act: Act,
    promotion: Promotion,
    { verdict, comment, roles }: { verdict: ReviewVerdict; comment: string; roles: readonly string[] },
  ): Promise<string> {
    const id = act.newId();
    const { id: promotionId, releaseId, digest } = promotion;
    await act.tx.promotionReview.create({
      data: {
        ...{ id, promotionId, releaseId, digest, verdict, comment, roles: [...roles] },
        ...{ reviewerId: act.actor.id, createdAt: act.now },
      },
    });
    return id;
  }

  async withdrawMoves(act: Act, moveIds: readonly string[]): Promise<void> {
    if (moveIds.length === 0) return;
    await act.tx.promotionMove.updateMany({
      where: { id: { in: [...moveIds] } },
      data: { state: 'withdrawn' },
    });
  }

  async close(act: Act, promotionId: string): Promise<void> {
    await act.tx.promotion.update({
      where: { id: promotionId },
      data: { state: 'withdrawn', closedAt: act.now },
    });
  }

  /** The readiness it is allowed on, the move, and the end of the promotion where no move is left: one statement. */
  async execute(
    act: Act,
    promotion: Promotion,
    move: PromotionMove,
    readiness: RecordedReadiness,
  ): Promise<void> {
    const at = act.now.toISOString();
    const isLast = promotion.moves.every(({ id, state }) => id === move.id || state !== 'open');
    await act.tx.$executeRaw`
      WITH recorded AS (
        INSERT INTO readiness_record (id, workflow_id, release_id, stage_key, stage_revision_id, checklist_version,
          evaluated_at, incomplete_checks, canonical, digest)
        VALUES (${readiness.id}::uuid, ${act.workflow.id}::uuid, ${readiness.releaseId}::uuid, ${readiness.stageKey},
          ${readiness.stageRevisionId}::uuid, ${readiness.checklistVersion}, ${readiness.evaluatedAt.toISOString()}::timestamptz,
          ${readiness.incompleteChecks}, ${readiness.canonical}, ${readiness.digest})
      ), moved AS (
        UPDATE promotion_move SET state = 'executed', executed_at = ${at}::timestamptz,
          executed_by_id = ${act.actor.id}::uuid, readiness_record_id = ${readiness.id}::uuid,
          stage_revision_id = ${readiness.stageRevisionId}::uuid
        WHERE id = ${move.id}::uuid
      )
      UPDATE promotion SET state = 'executed', closed_at = ${at}::timestamptz
      WHERE id = ${promotion.id}::uuid AND ${isLast}`;
  }
}
