import type { AnswerFact, Facts } from './readiness.facts.js';

/** Persons for whom an answer about this release would be about their own work: its maker, who answers for it, its authors. */
export const answersForRelease = (
  { release, promotion }: Pick<Facts, 'release' | 'promotion'>,
  personId: string,
): boolean => release.responsibleIds.includes(personId) || promotion?.authorIds.includes(personId) === true;

/**
 * Whether an answer rests on nothing but the word of somebody who answers for the release. A link, a file or a ticket
 * beside it is evidence of its own; a comment is the same person's word again. A second person's answer, or their
 * confirmation with an approval, ends it: the latest answer is then theirs.
 */
export const isOwnWordOnly = (
  answer: Pick<AnswerFact, 'answer' | 'answeredById' | 'evidence'>,
  facts: Pick<Facts, 'release' | 'promotion'>,
): boolean =>
  answer.answer !== 'no' &&
  answer.evidence.every((one) => one.kind === 'comment') &&
  answersForRelease(facts, answer.answeredById);

export const howToConfirm =
  'add a link or a file, or let a second person confirm it, with their approval or by answering it';
