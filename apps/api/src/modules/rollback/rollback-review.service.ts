import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { refuse } from './refuse.js';
import { reviewObjection } from './rollback-review.domain.js';
import { RollbackReads } from './rollback.reads.js';
import { rollbackReview } from './rollback.schema.js';

const unknown = () => new Refusal('NOT_FOUND', 'There is no such rollback', ['input', 'rollbackId']);

/** Takes the review that every rollback owes. */
@Injectable()
export class RollbackReviewService {
  constructor(
    private readonly door: Door,
    private readonly reads: RollbackReads,
  ) {}

  /** @throws Refusal `SELF_APPROVAL` for whoever triggered it or answers for who did. */
  async review(actor: Actor, requestId: string, raw: unknown): Promise<{ rollbackId: string }> {
    const input = parse(rollbackReview, raw);
    const { rollbackId, verdict, comment, idempotencyKey } = input;
    const rollback = await this.reads.byId(rollbackId);
    if (!rollback) throw unknown();
    const { workflowId, incidentId, number } = rollback;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'rollbackReview', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'rollback.review', unknown },
      },
      async (act) => {
        const before = await act.tx.rollbackReview.findUnique({ where: { rollbackId } });
        const objection = reviewObjection(rollback, before !== null, act.actor.id);
        if (objection) throw refuse([objection]);
        await act.tx.rollbackReview.create({
          data: { rollbackId, reviewerId: act.actor.id, verdict, comment, createdAt: act.now },
        });
        act.record({
          ...{ act: 'rollback.reviewed', subjectKind: 'rollback', subjectId: rollbackId },
          ...{ data: { verdict, number, incidentId }, reason: comment },
        });
        act.emit('rollback.reviewed', { rollbackId });
        return { rollbackId };
      },
    );
  }
}
