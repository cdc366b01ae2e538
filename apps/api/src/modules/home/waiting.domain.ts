import type { CheckResult, Readiness } from '../readiness/readiness-result.domain.js';
import { isComplete } from '../readiness/readiness-result.domain.js';

export const waitingKinds = [
  'review',
  'execute',
  'changes_requested',
  'behind_live',
  'answer',
  'waiver',
  'stage_approval',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** What is known of one open promotion and of the viewer. */
export interface PromotionFacts {
  promotionId: string;
  workflowId: string;
  workflowName: string;
  /** "r3-1fe0a2 into limited" */
  what: string;
  since: Date;
  readiness: Readiness | null;
  /** A review by the viewer would bring it on. */
  waitsForReview: boolean;
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
  title: string;
  detail: string;
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
  (check.answerId === null || check.status === 'stale');

/** What one open promotion asks of the viewer. */
export function waitingForPromotion(facts: PromotionFacts): Waiting[] {
  const { promotionId, workflowId, workflowName, what, since, readiness } = facts;
  const link = `/promotions/${promotionId}`;
  const about = { workflowId, promotionId, checkId: null, since, link };
  const found: Waiting[] = [];
  if (facts.waitsForReview)
    found.push({ ...about, kind: 'review', title: workflowName, detail: `Review ${what}` });
  if (facts.executable)
    found.push({
      ...about,
      kind: 'execute',
      title: workflowName,
      detail: `Every gate is complete: promote ${what}`,
    });
  if (facts.changesRequested && facts.requestedByViewer)
    found.push({
      ...about,
      kind: 'changes_requested',
      title: workflowName,
      detail: `A reviewer asks for changes to ${what}`,
    });
  if (readiness?.order.code === 'BEHIND_LIVE' && facts.ofViewersTeam)
    found.push({
      ...about,
      kind: 'behind_live',
      title: workflowName,
      detail: readiness.order.message ?? `${what} is behind live`,
    });
  const open = readiness?.gates.flatMap((gate) => gate.checks).filter((check) => lacksAnswer(check)) ?? [];
  for (const check of open.filter((one) => facts.mayAnswer(one))) {
    found.push({
      ...about,
      kind: 'answer',
      checkId: check.id,
      title: `${workflowName}: ${check.id}`,
      detail: check.status === 'stale' ? `Answer again: ${check.text}` : check.text,
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
