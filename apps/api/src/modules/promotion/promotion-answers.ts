import { answer } from '../../platform/graphql/answer.js';
import type { Execution } from './execution.service.js';
import type { PromotionExecutePayload, PromotionReviewPayload } from './promotion.payloads.js';
import type { ReadinessType } from '../readiness/readiness.types.js';
import type { Promotion } from './promotion.types.js';

type Read = (promotionId: string) => Promise<Promotion | null>;

/** The promotion with the review just given. */
export async function reviewAnswer(
  work: () => Promise<{ promotionId: string; reviewId: string }>,
  read: Read,
): Promise<PromotionReviewPayload> {
  const { reviewed, userErrors } = await answer('reviewed', work);
  const promotion = reviewed && (await read(reviewed.promotionId));
  const review = promotion?.reviews.find((one) => one.id === reviewed?.reviewId) ?? null;
  return { promotion, review, userErrors };
}

/** A blocked gate is data: the readiness stands beside the promotion, and beside what else forbids the move. */
export async function executionAnswer(
  work: () => Promise<Execution>,
  read: Read,
): Promise<PromotionExecutePayload> {
  const { execution, userErrors } = await answer('execution', work);
  if (!execution) return { promotion: null, moved: false, readiness: null, userErrors };
  const promotion = await read(execution.promotionId);
  return {
    promotion,
    moved: execution.readinessRecordId !== null,
    readiness: execution.readiness as ReadinessType | null,
    userErrors: execution.userErrors,
  };
}
