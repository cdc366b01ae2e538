import { tallyReviews, type Barred, type ReviewFacts } from '../promotion/review.domain.js';

/**
 * The approvals that a move rested on: given by then, of exactly the digest that moved, by persons who were not barred.
 * Who wrote a part of the release is refused when approving, so that nothing of theirs is among the reviews.
 */
export function countedReviews<R extends ReviewFacts>(
  reviews: readonly R[],
  moved: { digest: string; at: Date; barredIds: readonly string[] },
): R[] {
  const given = reviews.filter((review) => review.createdAt <= moved.at);
  const barred: Barred = { authorIds: [], responsibleIds: moved.barredIds, requesterIds: [] };
  const { approvals } = tallyReviews(
    moved.digest,
    given,
    { requiredApprovals: 0, requiredRoles: [] },
    barred,
  );
  const ids = new Set(approvals.map((approval) => approval.id));
  return given.filter((review) => ids.has(review.id));
}
