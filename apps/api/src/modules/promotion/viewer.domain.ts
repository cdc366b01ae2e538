import { incompleteChecks } from '../readiness/readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import type { PromotionState } from './promotion.schema.js';

const closedWords: Record<Exclude<PromotionState, 'open'>, string> = {
  executed: 'It is executed',
  withdrawn: 'It was withdrawn',
};

/** Why somebody may not approve a promotion, in a sentence; null where they may. */
export function whyNotReview(facts: {
  readonly state: PromotionState;
  readonly permitted: boolean;
  readonly isPerson: boolean;
  /** Why their word would be about their own work. */
  readonly ownWork: string | null;
}): string | null {
  if (facts.state !== 'open') return closedWords[facts.state];
  if (!facts.permitted) return 'Reviewers of the team, and risk and security reviewers, review';
  return facts.isPerson ? facts.ownWork : 'Only a person approves';
}

/** Why somebody may not make the next move now, in a sentence: what it waits for. Null where they may. */
export function whyNotExecute(facts: {
  readonly state: PromotionState;
  readonly permitted: boolean;
  readonly readiness: Pick<Readiness, 'complete' | 'gates' | 'order'> | null;
  readonly approved: boolean;
  /** Why an overdue review of a break-glass promotion comes first, where it does. */
  readonly overdue: string | null;
}): string | null {
  const { state, permitted, readiness } = facts;
  if (state !== 'open') return closedWords[state];
  if (!permitted) return 'Members and reviewers of the team execute promotions';
  if (!readiness) return 'Its readiness cannot be told';
  const first = whyNotMove({ ...facts, readiness });
  if (first !== null) return first;
  if (readiness.complete) return facts.approved ? null : 'Waits for approvals';
  return `Waits for ${incompleteChecks(readiness)
    .map((check) => check.id)
    .join(', ')}`;
}

/** What forbids the move whatever its gates say, in a sentence; null where nothing does. */
export const whyNotMove = ({
  readiness,
  overdue,
}: {
  readonly readiness: Pick<Readiness, 'order'>;
  readonly overdue: string | null;
}): string | null => (readiness.order.ok ? overdue : readiness.order.message);
