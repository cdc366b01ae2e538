import type { CheckResult, Readiness } from '../readiness/readiness-result.domain.js';
import { isComplete } from '../readiness/readiness-result.domain.js';

export const waitingKinds = [
  'review',
  'approval_stale',
  'execute',
  'changes_requested',
  'behind_live',
  'answer',
  'waiver',
  'stage_approval',
  'break_glass_review',
  'rollback_review',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** What is known of one open promotion and of the viewer. */
export interface PromotionFacts {
  promotionId: string;
  workflowId: string;
  /** "r3-1fe0a2 into Limited" */
  what: string;
  since: Date;
  readiness: Readiness | null;
  /** A review by the viewer would bring it on. */
  waitsForReview: boolean;
  /** "#2 r2-1fe0a2", which the viewer approved before another release took its place; null: none. */
  approvedBefore: string | null;
  /** The viewer may execute it now. */
  executable: boolean;
  requestedByViewer: boolean;
  /** The viewer writes for the team that owns the workflow. */
  ofViewersTeam: boolean;
  changesRequested: boolean;
  mayAnswer: (check: CheckResult) => boolean;
}

export interface Waiting {
  kind: WaitingKind;
  workflowId: string;
  promotionId: string | null;
  checkId: string | null;
  /** What is asked, beside the workflow's name: a release, a check, a stage. */
  title: string;
  detail: string;
  /** By when it is owed; null: no date. */
  dueAt: Date | null;
  since: Date;
  link: string;
}

/** A required check that lacks a person's word: never given, or fallen. One that a rule fails is not a question. */
const lacksAnswer = (check: CheckResult) =>
  check.requiredHere &&
  !check.warningOnly &&
  !isComplete(check.status) &&
  check.mode !== 'auto' &&
  check.mode !== 'external' &&
  (check.answerId === null ||
    check.status === 'stale' ||
    (check.mode === 'manual' && check.status === 'pending'));

/** An answer that is there and does not suffice says itself what it lacks. */
function askedOf({ status, answerId, reason, text }: CheckResult): string {
  if (status === 'stale') return `Answer again: ${text}`;
  return answerId === null ? text : `${text} ${reason}`;
}

/** What one open promotion asks of the viewer. */
export function waitingForPromotion(facts: PromotionFacts): Waiting[] {
  const { promotionId, workflowId, what, since, readiness } = facts;
  const link = `/promotions/${promotionId}`;
  const about = { workflowId, promotionId, checkId: null, since, link, dueAt: null, title: what };
  const found: Waiting[] = [];
  if (facts.waitsForReview)
    found.push(
      facts.approvedBefore === null
        ? { ...about, kind: 'review', detail: 'Your review would bring it on' }
        : {
            ...about,
            kind: 'approval_stale',
            detail: `You approved ${facts.approvedBefore}; that counts no more, for this is another release`,
          },
    );
  if (facts.executable)
    found.push({
      ...about,
      kind: 'execute',
      detail: 'Every gate is complete: promote it',
    });
  if (facts.changesRequested && facts.requestedByViewer)
    found.push({
      ...about,
      kind: 'changes_requested',
      detail: 'A reviewer asks for changes',
    });
  if (readiness?.order.code === 'BEHIND_LIVE' && facts.ofViewersTeam)
    found.push({
      ...about,
      kind: 'behind_live',
      detail: readiness.order.message ?? 'It is behind live',
    });
  const open = readiness?.gates.flatMap((gate) => gate.checks).filter((check) => lacksAnswer(check)) ?? [];
  for (const check of open.filter((one) => facts.mayAnswer(one))) {
    found.push({
      ...about,
      kind: 'answer',
      checkId: check.id,
      title: `${check.id}, for ${what}`,
      detail: askedOf(check),
      link: check.link,
    });
  }
  return found;
}

export interface GoingStale {
  workflowId: string;
  checkId: string;
  text: string;
  staleAt: Date;
  link: string;
}

const fortnight = 14 * 86_400_000;

/** What a live release rests on and that expires within 14 days of `at`, soonest first; each check once. */
export function goingStale(readiness: Readiness, at: Date): GoingStale[] {
  return readiness.gates
    .flatMap((gate) => gate.checks)
    .flatMap((check) => {
      const staleAt = check.status === 'waived' ? (check.waiver?.expiresAt ?? null) : check.expiresAt;
      const soon = staleAt !== null && staleAt > at && staleAt.getTime() - at.getTime() <= fortnight;
      if (!soon || !check.requiredHere || !isComplete(check.status)) return [];
      return [
        { workflowId: readiness.workflowId, checkId: check.id, text: check.text, staleAt, link: check.link },
      ];
    })
    .sort((a, b) => a.staleAt.getTime() - b.staleAt.getTime());
}
