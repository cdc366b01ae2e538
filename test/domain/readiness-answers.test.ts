import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundParts } from '../../apps/api/src/modules/checklist/checklist.schema.js';
import { judgeAnswer } from '../../apps/api/src/modules/readiness/answer-judgement.domain.js';
import type { Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { daysAgo, facts, now, stageAt } from '../support/readiness.builder.js';
import { answerTo, byId, changed, published } from '../support/readiness-results.js';

describe('an answer falls when what it was about changes', () => {
  test('whatever parts change, exactly the answers that name one of them fall', () => {
    fc.assert(
      fc.property(fc.subarray([...boundParts]), (parts) => {
        const before = facts();
        const answers = published.checks.map((check) => answerTo(check, before));
        const after = parts.reduce<Facts>((about, part) => changed(part, about), { ...before, answers });
        for (const check of published.checks.filter((one) => one.evidence !== null)) {
          const names = check.freshness.invalidatedBy.some((part) => parts.includes(part));
          expect([check.id, judgeAnswer(check, after).status]).toEqual([check.id, names ? 'stale' : 'pass']);
        }
      }),
    );
  });

  test('an answer that was not bound to a part its check names does not count', () => {
    const check = byId('AR-1');
    const about = facts();
    const loose = answerTo(check, about, { bindings: {} });
    expect(judgeAnswer(check, { ...about, answers: [loose] }).status).toBe('stale');
  });

  test('an answer bound to more than its check names does not fall with the rest', () => {
    const check = byId('AR-1');
    const about = facts();
    const bound = answerTo(check, about, {
      bindings: { core: about.release.digests.core, prompts: 'sha256:gone' },
    });
    expect(judgeAnswer(check, { ...about, answers: [bound] }).status).toBe('pass');
  });

  test('the reason names what changed, and when the answer was given', () => {
    const check = byId('SF-1');
    const about = facts();
    const after = changed('models', {
      ...about,
      answers: [answerTo(check, about, { createdAt: daysAgo(3) })],
    });
    expect(judgeAnswer(check, after).reason).toBe('Answered on 2026-11-20; since then models changed');
  });
});

describe('of several answers', () => {
  const check = byId('OB-5');
  const about = facts();
  test('the latest one speaks', () => {
    const answers = [
      answerTo(check, about, { id: 'b', answer: 'no' }),
      answerTo(check, about, { id: 'a', createdAt: daysAgo(2) }),
    ];
    expect(judgeAnswer(check, { ...about, answers }).status).toBe('fail');
    expect(judgeAnswer(check, { ...about, answers: [...answers].reverse() }).status).toBe('pass');
  });

  test('two candidates side by side keep theirs', () => {
    const architecture = byId('AR-1');
    const other = changed('core', about);
    const answers = [
      answerTo(architecture, other, { id: 'of the other' }),
      answerTo(architecture, about, { id: 'of this one', createdAt: daysAgo(2) }),
    ];
    expect(judgeAnswer(architecture, { ...about, answers }).answer?.id).toBe('of this one');
    expect(judgeAnswer(architecture, { ...other, answers }).answer?.id).toBe('of the other');
  });
});

describe('an answer grows old', () => {
  test('at its limit to the millisecond, and says from when to when it held', () => {
    const check = byId('OB-5');
    const about = facts();
    const given = daysAgo(180);
    const at = (evaluatedAt: Date) =>
      judgeAnswer(check, { ...about, evaluatedAt, answers: [answerTo(check, about, { createdAt: given })] });
    expect(at(new Date(now.getTime() - 1)).status).toBe('pass');
    expect(at(now)).toMatchObject({ status: 'stale', expiresAt: now });
  });

  test('and says for how long answers hold, in one day or in days', () => {
    const told = (id: string) => {
      const about = facts();
      const answers = [answerTo(byId(id), about, { createdAt: daysAgo(400) })];
      return judgeAnswer(byId(id), { ...about, answers }).reason;
    };
    expect([told('OB-2'), told('OB-1')]).toEqual([
      expect.stringMatching(/hold for one day$/),
      expect.stringMatching(/hold for 7 days$/),
    ]);
  });

  test('never, where the check sets no limit', () => {
    const about = { ...facts(), tier: 'medium' as const };
    const answers = [answerTo(byId('TL-3'), about, { createdAt: daysAgo(4000) })];
    expect(judgeAnswer(byId('TL-3'), { ...about, answers }).status).toBe('pass');
  });
});

describe('evidence', () => {
  test('of a kind that the check does not take leaves it pending', () => {
    const check = byId('OB-5');
    const about = facts();
    const answers = [
      answerTo(check, about, {
        evidence: [{ kind: 'comment', value: 'there is one' }],
        comment: 'see above',
      }),
    ];
    expect(judgeAnswer(check, { ...about, answers })).toMatchObject({ status: 'pending' });
  });

  test('can be the comment itself where the check takes comments', () => {
    const check = byId('OW-5');
    const about = facts();
    expect(
      judgeAnswer(check, {
        ...about,
        answers: [answerTo(check, about, { evidence: [], comment: 'briefed on Monday' })],
      }).status,
    ).toBe('pass');
  });

  const ticket = (about: Facts, dueAt: string) => [
    answerTo(byId('WF-3'), about, { evidence: [{ kind: 'ticket', value: 'SUP-1', dueAt }] }),
  ];
  test('for a first release entering internal can be a ticket that is not due yet', () => {
    const about = { ...facts(), tier: 'medium' as const };
    const due = daysAgo(-7).toISOString();
    expect(judgeAnswer(byId('WF-3'), { ...about, answers: ticket(about, due) })).toMatchObject({
      status: 'pass',
      expiresAt: new Date(due),
    });
    expect(
      judgeAnswer(byId('WF-3'), { ...about, answers: ticket(about, daysAgo(1).toISOString()) }).status,
    ).toBe('stale');
    expect(
      judgeAnswer(byId('WF-3'), { ...about, firstRelease: false, answers: ticket(about, due) }).status,
    ).toBe('pending');
    const limited = { ...about, stage: stageAt('limited') };
    expect(judgeAnswer(byId('WF-3'), { ...limited, answers: ticket(about, due) }).status).toBe('pending');
  });
});

describe("the organisation's answer", () => {
  const check = byId('OB-4');
  const about = facts();
  const general = answerTo(check, about, { id: 'general', releaseId: null, bindings: {} });
  test('is inherited where the workflow has none, and by no check that is about one workflow', () => {
    expect(judgeAnswer(check, { ...about, organisationAnswers: [general] })).toMatchObject({
      status: 'pass',
      inherited: true,
    });
    const own = byId('OB-5');
    expect(judgeAnswer(own, { ...about, organisationAnswers: [answerTo(own, about)] }).status).toBe(
      'pending',
    );
  });

  test("gives way to the workflow's own, also to its no", () => {
    const answers = [answerTo(check, about, { answer: 'no' })];
    expect(judgeAnswer(check, { ...about, answers, organisationAnswers: [general] })).toMatchObject({
      status: 'fail',
      inherited: false,
    });
  });

  test('stands in for an answer that went stale, until it does itself', () => {
    const answers = [answerTo(check, about, { createdAt: daysAgo(400) })];
    expect(judgeAnswer(check, { ...about, answers, organisationAnswers: [general] }).answer?.id).toBe(
      'general',
    );
    expect(
      judgeAnswer(check, {
        ...about,
        answers,
        organisationAnswers: [{ ...general, createdAt: daysAgo(400) }],
      }).status,
    ).toBe('stale');
  });
});
