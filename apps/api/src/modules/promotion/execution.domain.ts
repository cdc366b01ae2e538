import type { Objection } from './objection.domain.js';
import type { ReviewFacts } from './review.domain.js';

export interface ExecutionFacts {
  /** Order, lost updates, a short soak: judged with the gates, by the same rules (order.domain.ts). */
  readonly order: { readonly code: Objection['code']; readonly message: string } | null;
  /** What RO-5 says of the approvals, asked here or not; null where the checklist has no such check. */
  readonly approval: { readonly passes: boolean; readonly asked: boolean } | null;
  /** `current`: of the release that the promotion names now. */
  readonly reviews: readonly (Pick<ReviewFacts, 'verdict'> & { readonly current: boolean })[];
  /** An overdue review of a break-glass promotion, where it stands in the way of this move. */
  readonly overdue: Objection | null;
  /** For a widening: whether its revision still waits, and has the second person it may need. Null: no widening. */
  readonly widening: { readonly waits: boolean; readonly approved: boolean } | null;
  /** Checks owed since the adoption of a workflow that was live before. */
  readonly openDebts: readonly { readonly checkId: string; readonly stageKey: string }[];
}

/** Everything besides incomplete gates that forbids the move. Nothing executes while this is not empty. */
export function executionObjections(facts: ExecutionFacts): Objection[] {
  return [
    ...(facts.order ? [facts.order] : []),
    ...wideningObjections(facts),
    ...(facts.overdue ? [facts.overdue] : []),
    ...approvalObjections(facts),
    ...debtObjections(facts),
  ];
}

/** A narrower definition that came meanwhile is not undone by a wider one that was written before. */
function wideningObjections({ widening }: ExecutionFacts): Objection[] {
  if (!widening) return [];
  if (!widening.waits) {
    return [
      { code: 'NOTHING_TO_WIDEN', message: 'The stage was revised meanwhile; withdraw this and ask anew' },
    ];
  }
  if (widening.approved) return [];
  return [
    {
      code: 'SECOND_PERSON_REQUIRED',
      message: 'This revision takes a check away; a second person approves that',
    },
  ];
}

/**
 * Where a stage does not ask RO-5, the approvals are needed all the same. An approval of another digest is named
 * wherever one is missing: it is what the person who presses the button will have in mind.
 */
function approvalObjections({ approval, reviews }: ExecutionFacts): Objection[] {
  if (approval?.passes) return [];
  if (reviews.some((review) => review.current && review.verdict === 'request_changes')) {
    return approval?.asked ? [] : [{ code: 'CHANGES_REQUESTED', message: 'A reviewer asked for changes' }];
  }
  if (reviews.some((review) => review.verdict === 'approve' && !review.current)) {
    return [{ code: 'APPROVAL_STALE', message: 'Earlier approvals were of another release' }];
  }
  if (approval?.asked) return [];
  return [{ code: 'APPROVAL_MISSING', message: 'The approvals that this release needs are not there yet' }];
}

/** What adoption left owing blocks reaching anyone new; it never blocks mending what is live. */
function debtObjections({ openDebts }: ExecutionFacts): Objection[] {
  if (openDebts.length === 0) return [];
  const owed = [...new Set(openDebts.map((debt) => debt.checkId))].sort().join(', ');
  return [{ code: 'ADOPTION_DEBT', message: `Owed since this workflow was adopted: ${owed}` }];
}

/** The stale approvals' refusal, with every field in which what was approved differs from the release. */
export function namingStaleFields(objection: Objection, fields: readonly string[]): Objection {
  if (objection.code !== 'APPROVAL_STALE' || fields.length === 0) return objection;
  return { ...objection, message: `${objection.message}, which differs in ${fields.join(', ')}` };
}
