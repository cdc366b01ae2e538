import { describe, expect, test } from '@jest/globals';
import { answerParts } from '../../apps/api/src/modules/checklist/checklist.domain.js';
import { judgeAnswer } from '../../apps/api/src/modules/readiness/answer-judgement.domain.js';
import type { Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { daysAgo, facts, stageAt } from '../support/readiness.builder.js';
import { answerTo, byId, changed, published, resultOf } from '../support/readiness-results.js';

describe('soak evidence', () => {
  const soak = published.checks.filter((check) => check.about === 'soak' && answerParts(check, 'low').person);
  const parent = { ...facts().release, id: 'parent' };
  const child = (over: Partial<Facts> = {}): Facts => {
    const about = facts({ stage: stageAt('limited'), previous: stageAt('internal'), ...over });
    const digests = { ...about.release.digests, prompts: 'sha256:changed' };
    return { ...about, release: { ...about.release, id: 'child', digests } };
  };
  const promotion = (kind: 'climb' | 'replace') => ({
    id: 'p',
    kind,
    requesterIds: [],
    reviews: [],
    authorIds: [],
  });
  const answers = soak.map((check) => answerTo(check, { ...facts(), release: parent }));

  test('is inherited by a replace from its parent, and shown as inherited', () => {
    const about = child({
      promotion: promotion('replace'),
      soakParents: [{ id: 'parent', number: 1, alias: 'r1' }],
      answers,
    });
    for (const check of soak) {
      expect([check.id, judgeAnswer(check, about).status, judgeAnswer(check, about).inherited]).toEqual([
        check.id,
        'pass',
        true,
      ]);
    }
    expect(resultOf('OB-1', about)).toMatchObject({ status: 'pass', inherited: true });
  });

  test('is not inherited by a climb, nor from a release that is no parent', () => {
    const climb = child({
      promotion: promotion('climb'),
      soakParents: [{ id: 'parent', number: 1, alias: 'r1' }],
      answers,
    });
    const stranger = child({ promotion: promotion('replace'), soakParents: [], answers });
    for (const check of soak) {
      expect(judgeAnswer(check, climb).status).toBe('stale');
      expect(judgeAnswer(check, stranger).status).toBe('stale');
    }
  });

  test('is inherited only as far as nothing but prompts changed, and no longer than it holds', () => {
    const about = child({
      promotion: promotion('replace'),
      soakParents: [{ id: 'parent', number: 1, alias: 'r1' }],
      answers,
    });
    expect(judgeAnswer(byId('OB-6'), changed('models', about)).status).toBe('stale');
    expect(judgeAnswer(byId('OB-1'), { ...about, evaluatedAt: daysAgo(-8) }).status).toBe('stale');
  });
});
