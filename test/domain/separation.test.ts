import { describe, expect, test } from '@jest/globals';
import { judgeAnswer } from '../../apps/api/src/modules/readiness/answer-judgement.domain.js';
import type { AnswerFact, Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { barredFrom, selfApproval } from '../../apps/api/src/modules/promotion/review.domain.js';
import { facts } from '../support/readiness.builder.js';
import { answerTo, byId, evaluate, published, resultsOf } from '../support/readiness-results.js';

const check = byId('OW-5');
const comment = { kind: 'comment' as const, value: 'Everybody in the team was briefed' };

/** A release made by one person, of parts that another wrote. */
const about = (): Facts => {
  const base = facts();
  const promotion = { id: 'p', kind: 'climb' as const, requesterIds: [], reviews: [], authorIds: ['author'] };
  return { ...base, release: { ...base.release, responsibleIds: ['maker'] }, promotion };
};
const judged = (over: Partial<AnswerFact>) => {
  const known = about();
  return judgeAnswer(check, {
    ...known,
    answers: [answerTo(check, known, { evidence: [comment], ...over })],
  });
};

describe('an answer about one’s own release', () => {
  test('does not stand on the word of its maker or of an author alone; it says what to do', () => {
    for (const answeredById of ['maker', 'author']) {
      expect(judged({ answeredById })).toMatchObject({
        status: 'pending',
        reason: expect.stringMatching(/on their word alone: add a link or a file, or let a second person/),
      });
    }
  });

  test('stands with evidence beside the word, and on the word of somebody else', () => {
    const link = { kind: 'url' as const, value: 'https://example.com/briefing' };
    expect(judged({ answeredById: 'author', evidence: [comment, link] }).status).toBe('pass');
    expect(judged({ answeredById: 'colleague' }).status).toBe('pass');
  });

  test('saying that the check does not apply is a word too', () => {
    const does = { answer: 'not_applicable' as const, comment: 'Nobody here uses it', evidence: [] };
    expect(judged({ ...does, answeredById: 'maker' }).status).toBe('pending');
    expect(judged({ ...does, answeredById: 'colleague' }).status).toBe('not_applicable');
  });

  test('saying no needs nobody else', () => {
    expect(judged({ answer: 'no', answeredById: 'maker' }).status).toBe('fail');
  });

  test('holds for the organisation’s answer as for the workflow’s own', () => {
    const known = about();
    const given = answerTo(check, known, { evidence: [comment], answeredById: 'maker' });
    expect(judgeAnswer(check, { ...known, organisationAnswers: [given] }).status).toBe('pending');
  });
});

test('nobody approves what they wrote, made, answer for or asked for, whatever roles they hold', () => {
  const release = { createdById: 'maker', responsibleIds: ['committer'] };
  const barred = barredFrom(['author'], release, { requestedById: 'asker', responsibleIds: ['key-maker'] });
  for (const person of ['author', 'maker', 'committer', 'asker', 'key-maker']) {
    expect(selfApproval(person, barred)?.code).toBe('SELF_APPROVAL');
  }
  expect(selfApproval('somebody else', barred)).toBeNull();
});

describe('a first release, with nothing live to compare with', () => {
  const asked = (tier: Facts['tier'], stageKey: string) => {
    const base = facts();
    const stage = base.stages.find(({ key }) => key === stageKey) ?? base.stage;
    const readiness = evaluate({ ...base, tier, stage, baseline: null });
    return resultsOf(readiness).filter((result) => result.requiredHere);
  };

  test('of the high tier is asked about by risk and security reviewers before it enters anything', () => {
    const internal = asked('high', 'internal');
    for (const [id, role] of [
      ['WF-4', 'risk_reviewer'],
      ['TL-2', 'security_reviewer'],
      ['RT-3', 'security_reviewer'],
    ] as const) {
      expect(internal.find((result) => result.id === id)).toMatchObject({ clearedBy: role });
      expect(published.checks.find((one) => one.id === id)?.waiver.allowed).toBe(false);
    }
  });

  test('of any tier is asked about by them before it reaches customers', () => {
    for (const tier of ['low', 'medium', 'high'] as const) {
      const ids = asked(tier, 'limited').map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['WF-4', 'TL-2', 'RT-3']));
    }
  });
});
