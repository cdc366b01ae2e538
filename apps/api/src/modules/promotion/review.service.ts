import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { AnswerConfirmationService } from '../readiness/answer-confirmation.service.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { nextOpenMove } from './promotion.domain.js';
import { promotionReview, type PromotionReview } from './promotion.schema.js';
import type { Promotion } from './promotion.types.js';
import { PromotionWrites } from './promotion.writes.js';
import { approvalStale, rolesUnder, selfApproval } from './review.domain.js';
import { baselineFor, ReviewGroundsReads, type ReviewGrounds } from './review-grounds.reads.js';

type Reviewed = { promotionId: string; reviewId: string };

/** What is live changed between the reading of the grounds and the lock: they are read again. */
class GroundsMoved extends Error {}

/** Times that the grounds are read before it is left to the reviewer to ask again. */
const attempts = 3;

/** Takes reviews. Each binds to the digest that the reviewer was shown, and to nothing newer. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly door: Door,
    private readonly grounds: ReviewGroundsReads,
    private readonly stages: StageFactsReads,
    private readonly writes: PromotionWrites,
    private readonly confirmations: AnswerConfirmationService,
  ) {}

  /** @throws Refusal `APPROVAL_STALE` naming every field in which the promotion moved on since it was read. */
  async review(actor: Actor, requestId: string, raw: unknown): Promise<Reviewed> {
    const input = parse(promotionReview, raw);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(actor, requestId, input);
      } catch (error) {
        if (!(error instanceof GroundsMoved)) throw error;
        if (attempt === attempts)
          throw new Refusal('CONFLICT', 'What is live keeps changing at this moment; ask again');
      }
    }
  }

  private async attempt(actor: Actor, requestId: string, input: PromotionReview): Promise<Reviewed> {
    const { promotionId, digest, verdict, comment, confirmsAnswers, idempotencyKey } = input;
    const grounds = await this.grounds.of(promotionId, digest);
    const unknown = () => new Refusal('NOT_FOUND', 'There is no such promotion', ['input', 'promotionId']);
    if (!grounds) throw unknown();
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'promotionReview', input, idempotencyKey },
        ...{ scope: { workflowId: grounds.promotion.workflowId }, permission: 'promotion.review', unknown },
      },
      async (act) => {
        const promotion = await this.underLock(act, grounds);
        if (digest !== promotion.digest) {
          const { code, message } = approvalStale(grounds.staleFields(digest));
          throw new Refusal(code, message, ['input', 'digest']);
        }
        if (verdict === 'approve') mayApprove(act.actor, grounds);
        const roles = rolesUnder(act.actor, act.workflow.teamId);
        const reviewId = await this.writes.addReview(act, promotion, { verdict, comment, roles });
        const confirmed = confirmsAnswers ? await this.confirm(act, promotion) : [];
        act.record({
          act: 'promotion.reviewed',
          subjectKind: 'promotion',
          subjectId: promotionId,
          subjectDigest: digest,
          data: { reviewId, verdict, roles, releaseId: promotion.releaseId, confirmedChecks: confirmed },
          reason: comment,
        });
        act.emit('promotion.reviewed', { promotionId, verdict });
        return { promotionId, reviewId };
      },
    );
  }

  private confirm(act: Act, { id, releaseId, moves }: Promotion): Promise<string[]> {
    const next = nextOpenMove(moves);
    return this.confirmations.confirm(act, releaseId, next && { id, stageKey: next.stageKey });
  }

  private async underLock(act: Act, { promotion: read, baselineId }: ReviewGrounds): Promise<Promotion> {
    const promotion = await this.writes.locked(act, read.id);
    if (promotion?.state !== 'open') {
      throw new Refusal('CONFLICT', `This promotion is ${promotion?.state ?? 'gone'} already`);
    }
    const baselineNow = baselineFor(promotion, await this.stages.of(act.tx, act.workflow.id));
    if (promotion.releaseId === read.releaseId && baselineNow !== baselineId) throw new GroundsMoved();
    return promotion;
  }
}

/** A service or agent never approves, and nobody approves their own work or wish. */
function mayApprove(actor: Actor, { barred }: ReviewGrounds): void {
  if (actor.kind !== 'user') throw new Refusal('FORBIDDEN', 'Only a person approves');
  const objection = selfApproval(actor.id, barred);
  if (objection) throw new Refusal(objection.code, objection.message, ['input', 'verdict']);
}
