import type { Prisma } from '../../platform/database/generated/client.js';
import type { PromotionKind, PromotionState, ReviewVerdict } from './promotion.schema.js';
import type { Promotion } from './promotion.types.js';

/** What is read with a promotion, always: it says nothing without its moves and reviews. */
export const promotionWith = {
  moves: { orderBy: { position: 'asc' } },
  reviews: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.PromotionInclude;

type Row = Prisma.PromotionGetPayload<{ include: typeof promotionWith }>;

/** The row as the words of this module; the database's own checks hold the closed sets. */
export function promotionOf({ moves, reviews, ...row }: Row): Promotion {
  return {
    ...row,
    kind: row.kind as PromotionKind,
    state: row.state as PromotionState,
    moves: moves.map((move) => ({ ...move, state: move.state as PromotionState })),
    reviews: reviews.map((review) => ({
      ...review,
      verdict: review.verdict as ReviewVerdict,
      current: review.digest === row.digest,
      currentReleaseId: row.releaseId,
    })),
  };
}
