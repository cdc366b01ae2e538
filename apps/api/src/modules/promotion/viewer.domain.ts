import type { PromotionState } from './promotion.schema.js';

interface CheckFacts {
  readonly id: string;
  readonly status: string;
  readonly requiredHere: boolean;
  readonly warningOnly: boolean;
}

interface ReadinessFacts {
  readonly complete: boolean;
  readonly gates: readonly { readonly checks: readonly CheckFacts[] }[];
  readonly order: { readonly ok: boolean; readonly message: string | null };
}

const complete = new Set(['pass', 'waived', 'not_applicable']);
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
  readonly readiness: ReadinessFacts | null;
  readonly approved: boolean;
}): string | null {
  const { state, permitted, readiness, approved } = facts;
  if (state !== 'open') return closedWords[state];
  if (!permitted) return 'Members and reviewers of the team execute promotions';
  if (!readiness) return 'Its readiness cannot be told';
  if (!readiness.order.ok) return readiness.order.message;
  if (!readiness.complete) return `Waits for ${blocking(readiness).join(', ')}`;
  return approved ? null : 'Waits for approvals';
}

const blocking = ({ gates }: ReadinessFacts): string[] =>
  gates
    .flatMap((gate) => gate.checks)
    .filter((check) => check.requiredHere && !complete.has(check.status) && !check.warningOnly)
    .map((check) => check.id);
