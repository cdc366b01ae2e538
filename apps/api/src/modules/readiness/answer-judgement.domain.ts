import { followsLive } from '../promotion/promotion.schema.js';
import { stageMeant } from '../checklist/checklist.domain.js';
import type { Check } from '../checklist/checklist.schema.js';
import { changedParts } from './bindings.domain.js';
import { howToConfirm, isOwnWordOnly } from './own-word.domain.js';
import { promotionKindOf, type AnswerFact, type EvidenceFact, type Facts } from './readiness.facts.js';
import type { EvidenceRef } from './readiness-result.domain.js';
import { addDays, day } from './rule.js';

/** What a person's answer is worth for this release, here and now. */
export interface AnswerJudgement {
  status: 'pass' | 'fail' | 'pending' | 'stale' | 'not_applicable';
  reason: string;
  answer: AnswerFact | null;
  inherited: boolean;
  expiresAt: Date | null;
}

const partWords: Readonly<Record<string, string>> = {
  'operating.owner': 'who owns it',
  'operating.providers': 'the reviewed providers',
  evalSuite: 'the eval suites',
  evalGrader: 'the grader',
};
const words = (parts: readonly string[]) => parts.map((part) => partWords[part] ?? part).join(', ');

const expiryOf = ({ freshness }: Check, answer: AnswerFact) =>
  freshness.maxAgeDays === null ? null : addDays(answer.createdAt, freshness.maxAgeDays);

type Verdict = Omit<AnswerJudgement, 'answer' | 'inherited'>;

/** For a first release entering the first stage that asks, a ticket with a due date can stand in for the evidence. */
function ticketOf(check: Check, answer: AnswerFact, facts: Facts): EvidenceFact | null {
  if (!check.firstRelease || !facts.firstRelease) return null;
  const stage = stageMeant(
    check.firstRelease.stage,
    facts.stages.map((one) => one.key),
  );
  if (stage !== facts.stage.key) return null;
  return answer.evidence.find((one) => one.kind === 'ticket' && one.dueAt !== undefined) ?? null;
}

function evidenceVerdict(check: Check, answer: AnswerFact, facts: Facts): Verdict {
  const expiresAt = expiryOf(check, answer);
  const kinds = check.evidence?.kinds ?? [];
  const on = `Answered yes on ${day(answer.createdAt)}`;
  if (
    answer.evidence.some((one) => kinds.includes(one.kind)) ||
    (kinds.includes('comment') && answer.comment.trim() !== '')
  ) {
    return { status: 'pass', reason: on, expiresAt };
  }
  const ticket = ticketOf(check, answer, facts);
  const due = ticket?.dueAt === undefined ? null : new Date(ticket.dueAt);
  if (due && facts.evaluatedAt < due) {
    const until = expiresAt && expiresAt < due ? expiresAt : due;
    return {
      status: 'pass',
      reason: `${on}, with ticket ${ticket?.value ?? ''} due on ${day(due)}`,
      expiresAt: until,
    };
  }
  if (due)
    return {
      status: 'stale',
      reason: `The ticket ${ticket?.value ?? ''} was due on ${day(due)}`,
      expiresAt: due,
    };
  return {
    status: 'pending',
    reason: `${on}, without the evidence asked for: ${check.evidence?.description ?? kinds.join(' or ')}`,
    expiresAt,
  };
}

/** `changed`: what moved under the answer; an answer that stands still is judged on its age and its evidence. */
function verdictOn(check: Check, answer: AnswerFact, changed: readonly string[], facts: Facts): Verdict {
  const expiresAt = expiryOf(check, answer);
  if (changed.length > 0) {
    return {
      status: 'stale',
      reason: `Answered on ${day(answer.createdAt)}; since then ${words(changed)} changed`,
      expiresAt,
    };
  }
  if (expiresAt && facts.evaluatedAt >= expiresAt) {
    const { maxAgeDays } = check.freshness;
    const limit = maxAgeDays === 1 ? 'one day' : `${String(maxAgeDays)} days`;
    return {
      status: 'stale',
      reason: `Answered on ${day(answer.createdAt)}; answers to this check hold for ${limit}`,
      expiresAt,
    };
  }
  if (answer.answer === 'no')
    return { status: 'fail', reason: `Answered no on ${day(answer.createdAt)}`, expiresAt };
  if (isOwnWordOnly(answer, facts)) {
    const reason = `Answered on ${day(answer.createdAt)} by somebody who answers for this release, on their word alone: ${howToConfirm}`;
    return { status: 'pending', reason, expiresAt };
  }
  if (answer.answer === 'not_applicable') {
    return {
      status: 'not_applicable',
      reason: `Does not apply, said on ${day(answer.createdAt)}: ${answer.comment}`,
      expiresAt,
    };
  }
  return evidenceVerdict(check, answer, facts);
}

/** What moved since an answer of the workflow's. Soak answers are about one release's traffic, and name that too. */
function movedSince(
  check: Check,
  answer: AnswerFact,
  facts: Facts,
): { changed: string[]; inherited: boolean } {
  const changed: string[] = changedParts(check, answer, facts);
  if (check.about !== 'soak' || answer.releaseId === facts.release.id) return { changed, inherited: false };
  const parent = followsLive(promotionKindOf(facts))
    ? facts.soakParents.find((one) => one.id === answer.releaseId)
    : undefined;
  if (!parent) return { changed: ['the release', ...changed], inherited: false };
  // A replace differs from its parent in prompts only: that much may have changed under what it inherits.
  return { changed: changed.filter((part) => part !== 'prompts'), inherited: true };
}

const byCheck = new WeakMap<Facts['answers'], Map<string, AnswerFact[]>>();

function answersTo(checkId: string, answers: Facts['answers']): readonly AnswerFact[] {
  let known = byCheck.get(answers);
  if (!known) {
    known = new Map();
    for (const answer of answers) known.set(answer.checkId, [...(known.get(answer.checkId) ?? []), answer]);
    byCheck.set(answers, known);
  }
  return known.get(checkId) ?? [];
}

function ownJudgement(check: Check, facts: Facts): AnswerJudgement | null {
  const answers = answersTo(check.id, facts.answers).map((answer) => ({
    answer,
    ...movedSince(check, answer, facts),
  }));
  // The latest answer speaks; where releases stand side by side, the latest that is about what this one is made of.
  const spoken = answers.find(({ changed }) => changed.length === 0) ?? answers[0];
  if (!spoken) return null;
  const { answer, changed, inherited } = spoken;
  const verdict = verdictOn(check, answer, changed, facts);
  return {
    ...verdict,
    answer,
    inherited,
    reason: inherited ? `${verdict.reason}, inherited from the release it replaces` : verdict.reason,
  };
}

/** The organisation's answer is about no workflow's parts: it stands by its age alone. */
function organisationJudgement(check: Check, facts: Facts): AnswerJudgement | null {
  const answer = check.organisationAnswer
    ? facts.organisationAnswers.find((one) => one.checkId === check.id)
    : undefined;
  if (!answer) return null;
  const verdict = verdictOn(check, answer, [], facts);
  return { ...verdict, answer, inherited: true, reason: `${verdict.reason}, for the whole organisation` };
}

/** The workflow's own answer, unless it has none that stands; then the organisation's, where the check takes one. */
export function judgeAnswer(check: Check, facts: Facts): AnswerJudgement {
  const own = ownJudgement(check, facts);
  if (own && own.status !== 'stale') return own;
  const general = organisationJudgement(check, facts);
  if (general && (general.status !== 'stale' || !own)) return general;
  return (
    own ?? {
      status: 'pending',
      reason: 'Nobody has answered it yet',
      answer: null,
      inherited: false,
      expiresAt: null,
    }
  );
}

export const evidenceRefs = ({ evidence, comment }: AnswerFact): EvidenceRef[] => [
  ...evidence.map(({ kind, value, dueAt }) => ({
    kind,
    label: dueAt === undefined ? value : `${value}, due on ${dueAt.slice(0, 10)}`,
    href: /^https?:\/\//.test(value) ? value : null,
  })),
  ...(comment.trim() === '' ? [] : [{ kind: 'comment', label: comment, href: null }]),
];
