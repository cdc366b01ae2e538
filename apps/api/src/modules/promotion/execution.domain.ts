import { entryObjections, type EntryFacts } from './order.domain.js';
import type { MoveFacts, Objection } from './promotion.domain.js';
import type { PromotionState } from './promotion.schema.js';
import { approvalStale, type ReviewTally } from './review.domain.js';

export interface ExecutionFacts {
  readonly state: PromotionState;
  /** The release that the promotion names now. */
  readonly digest: string;
  /** What the person who presses the button was shown. */
  readonly expectedDigest: string;
  readonly move: MoveFacts | null;
  readonly entry: EntryFacts;
  readonly tally: ReviewTally;
  /** Fields in which the release of a stale approval differs from this one; empty where none is stale. */
  readonly staleFields: readonly string[];
  /** Whether readiness already asks for this approval (RO-5): then it says so itself. */
  readonly approvalIsAsked: boolean;
  /** Checks owed since the adoption of a workflow that was live before. */
  readonly openDebts: readonly { readonly checkId: string; readonly stageKey: string }[];
  /** Whether entering reaches people whom nothing serves yet. */
  readonly widens: boolean;
}

/** Everything besides incomplete gates that forbids the move. Nothing executes while this is not empty. */
export function executionObjections(facts: ExecutionFacts): Objection[] {
  if (facts.state !== 'open' || !facts.move) {
    return [{ code: 'CONFLICT', message: `This promotion is ${facts.state}; nothing is left to execute` }];
  }
  if (facts.expectedDigest !== facts.digest) {
    return [{ ...approvalStale(facts.staleFields), field: 'expectedDigest' }];
  }
  return [...entryObjections(facts.entry), ...reviewObjections(facts), ...debtObjections(facts)];
}

function reviewObjections({ tally, staleFields, approvalIsAsked }: ExecutionFacts): Objection[] {
  if (tally.complete) return [];
  const needsMore = tally.approvals.length < tally.requiredApprovals || tally.missingRoles.length > 0;
  if (needsMore && tally.stale.length > 0) {
    return [
      {
        code: 'APPROVAL_STALE',
        message:
          staleFields.length > 0
            ? `Earlier approvals were of another release, which differs in ${staleFields.join(', ')}`
            : 'Earlier approvals were of another release',
      },
    ];
  }
  if (approvalIsAsked) return [];
  return tally.changesRequested.length > 0
    ? [{ code: 'CHANGES_REQUESTED', message: 'A reviewer asked for changes' }]
    : [{ code: 'APPROVAL_MISSING', message: 'The approvals that this release needs are not there yet' }];
}

/** What adoption left owing blocks reaching anyone new; it never blocks mending what is live. */
function debtObjections({ openDebts, widens }: ExecutionFacts): Objection[] {
  if (!widens || openDebts.length === 0) return [];
  const owed = [...new Set(openDebts.map((debt) => debt.checkId))].sort().join(', ');
  return [{ code: 'ADOPTION_DEBT', message: `Owed since this workflow was adopted: ${owed}` }];
}
