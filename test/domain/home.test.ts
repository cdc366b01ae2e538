import { describe, expect, test } from '@jest/globals';
import {
  goingStale,
  waitingForPromotion,
  type PromotionFacts,
} from '../../apps/api/src/modules/home/waiting.domain.js';
import type { CheckResult, Readiness } from '../../apps/api/src/modules/readiness/readiness-result.domain.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

const check = (over: Partial<CheckResult> = {}): CheckResult => ({
  ...{
    id: 'SF-4',
    text: 'Are users told?',
    about: 'standing',
    mode: 'manual',
    status: 'pending',
    requiredHere: true,
  },
  ...{ requiredFrom: 'limited', reason: 'Nobody answered', measured: null, required: null, evidence: [] },
  ...{ evaluatedFrom: null, expiresAt: null, inherited: false, warningOnly: false, clearedBy: 'member' },
  ...{ link: '/workflows/w/checks/SF-4', waiver: null, answerId: null },
  ...over,
});
const readiness = (...checks: CheckResult[]): Readiness => ({
  ...{
    workflowId: 'w',
    releaseId: 'r',
    releaseDigest: 'd',
    stageKey: 'limited',
    stageRevision: 1,
    stageRevisionId: 's',
  },
  ...{ tier: 'low', checklistVersion: 1, evaluatedAt: now, complete: false },
  gates: [
    {
      area: 'safety',
      title: 'Safety',
      question: '?',
      complete: false,
      required: 1,
      completeCount: 0,
      checks,
    },
  ],
  order: { ok: true, code: null, message: null },
});
const facts = (over: Partial<PromotionFacts> = {}): PromotionFacts => ({
  ...{ promotionId: 'p', workflowId: 'w', what: 'r1 into Limited', since: now },
  ...{
    readiness: readiness(),
    waitsForReview: false,
    approvedBefore: null,
    executable: false,
    requestedByViewer: false,
  },
  ...{ ofViewersTeam: true, changesRequested: false, mayAnswer: () => true },
  ...over,
});
const kinds = (over: Partial<PromotionFacts>) => waitingForPromotion(facts(over)).map((item) => item.kind);

describe('Waiting for you', () => {
  test('is empty where nothing is asked of the viewer', () => {
    expect(waitingForPromotion(facts())).toEqual([]);
  });

  test('names a review, a promotion that is ready, and changes asked of whoever requested it', () => {
    expect(kinds({ waitsForReview: true })).toEqual(['review']);
    expect(kinds({ waitsForReview: true, approvedBefore: '#1 r1' })).toEqual(['approval_stale']);
    expect(kinds({ approvedBefore: '#1 r1' })).toEqual([]);
    expect(kinds({ executable: true })).toEqual(['execute']);
    expect(kinds({ changesRequested: true, requestedByViewer: true })).toEqual(['changes_requested']);
    expect(kinds({ changesRequested: true })).toEqual([]);
  });

  test('tells the team that a release is behind live', () => {
    const behind = { ...readiness(), order: { ok: false, code: 'BEHIND_LIVE', message: 'r2 overtook it' } };
    expect(waitingForPromotion(facts({ readiness: behind }))).toMatchObject([
      { kind: 'behind_live', detail: 'r2 overtook it' },
    ]);
    expect(kinds({ readiness: behind, ofViewersTeam: false })).toEqual([]);
  });

  test('asks for answers that were never given or have fallen, where the viewer may give them', () => {
    expect(kinds({ readiness: readiness(check()) })).toEqual(['answer']);
    expect(kinds({ readiness: readiness(check({ status: 'stale', answerId: 'a' })) })).toEqual(['answer']);
    expect(kinds({ readiness: readiness(check()), mayAnswer: () => false })).toEqual([]);
  });

  test.each<[string, Partial<CheckResult>]>([
    ['a rule alone decides', { mode: 'auto' }],
    ['another system reports', { mode: 'external' }],
    ['a later stage asks for', { requiredHere: false }],
    ['are in the way of nothing', { warningOnly: true }],
    ['are complete', { status: 'pass' }],
    ['are waived', { status: 'waived' }],
    ['were answered and fail by their rule', { mode: 'hybrid', status: 'fail', answerId: 'a' }],
  ])('does not ask about checks that %s', (_what, over) => {
    expect(kinds({ readiness: readiness(check(over)) })).toEqual([]);
  });
});

describe('Going stale', () => {
  const stale = (over: Partial<CheckResult>) =>
    goingStale(readiness(check({ status: 'pass', expiresAt: inDays(7), ...over })), now).map(
      (item) => item.staleAt,
    );

  test('names what expires within 14 days, soonest first', () => {
    expect(stale({})).toEqual([inDays(7)]);
    expect(stale({ expiresAt: inDays(14) })).toHaveLength(1);
    expect(stale({ expiresAt: inDays(15) })).toEqual([]);
    const two = readiness(
      check({ status: 'pass', expiresAt: inDays(5) }),
      check({ status: 'pass', expiresAt: inDays(2) }),
    );
    expect(goingStale(two, now).map((item) => item.staleAt)).toEqual([inDays(2), inDays(5)]);
  });

  test('leaves out what has gone already, what never expires and what is not required', () => {
    expect(stale({ expiresAt: inDays(-1) })).toEqual([]);
    expect(stale({ expiresAt: null })).toEqual([]);
    expect(stale({ status: 'stale' })).toEqual([]);
    expect(stale({ requiredHere: false })).toEqual([]);
  });

  test('counts a waiver by its own end', () => {
    const waiver = { id: 'w', reason: 'For now', expiresAt: inDays(3), requestedBy: 'a', approvedBy: 'b' };
    expect(stale({ status: 'waived', expiresAt: inDays(100), waiver })).toEqual([inDays(3)]);
  });
});
