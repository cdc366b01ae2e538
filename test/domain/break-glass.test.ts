import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  grantObjection,
  grantState,
  mayBeRollbackTarget,
  namesObjections,
  overdueObjection,
  reviewDueAt,
  reviewObjection,
  type GrantFacts,
} from '../../apps/api/src/modules/break-glass/break-glass.domain.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const grant: GrantFacts = {
  ...{ workflowId: 'w', personId: 'p', expiresAt: minutes(60), revokedAt: null, used: false },
  incidentUnderway: true,
};
const asked = { workflowId: 'w', personId: 'p', at: now };

describe('a break-glass grant', () => {
  test('admits its person, its workflow, until it ends', () => {
    expect(grantObjection(grant, asked)).toBeNull();
    expect(grantObjection(grant, { ...asked, personId: 'q' })?.code).toBe('BREAK_GLASS_GRANT_INVALID');
    expect(grantObjection(grant, { ...asked, at: minutes(60) })?.message).toMatch(/expired/);
  });

  test('of another workflow looks like one that is not there', () => {
    expect(grantObjection(grant, { ...asked, workflowId: 'x' })).toEqual(grantObjection(null, asked));
  });

  test('says how it stands', () => {
    expect(grantState({ ...grant, used: true, revokedAt: minutes(-1) }, now)).toBe('used');
    expect(grantState({ ...grant, revokedAt: now }, now)).toBe('revoked');
    expect(grantState({ ...grant, incidentUnderway: false }, now)).toBe('over');
  });
});

describe('naming what is passed over', () => {
  const ids = fc.uniqueArray(fc.constantFrom('A-1', 'A-2', 'A-3', 'A-4', 'A-5'), { maxLength: 5 });
  const open = (names: readonly string[]) => names.map((id) => ({ id, waivable: true }));

  test('is right exactly when both sets are the same', () => {
    fc.assert(
      fc.property(ids, ids, (incomplete, named) => {
        const same = incomplete.length === named.length && incomplete.every((id) => named.includes(id));
        expect(namesObjections(open(incomplete), named).length === 0).toBe(same);
      }),
    );
  });

  test('never passes a check that cannot be waived, nor the approvals, whoever names what', () => {
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (incomplete, named, isReview) => {
        const barred = isReview ? { id: 'RO-5', waivable: true } : { id: 'X-1', waivable: false };
        for (const names of [named, [...named, barred.id], [...incomplete, barred.id]]) {
          const codes = namesObjections([...open(incomplete), barred], names).map(({ code }) => code);
          expect(codes).toContain('BREAK_GLASS_NOT_ALLOWED');
        }
      }),
    );
  });
});

describe('the review that is owed afterwards', () => {
  const use = { id: 'u', reviewDueAt: reviewDueAt(now) };
  const day = 24 * 60;
  const climb = { kind: 'climb', intoEmptyStage: false } as const;

  test('is due a day later; from then on nothing widens and nothing climbs', () => {
    expect(overdueObjection([use], climb, minutes(day - 1))).toBeNull();
    expect(overdueObjection([use], climb, minutes(day))?.code).toBe('BREAK_GLASS_UNREVIEWED');
    const widen = { kind: 'widen', intoEmptyStage: false } as const;
    expect(overdueObjection([use], widen, minutes(day))?.code).toBe('BREAK_GLASS_UNREVIEWED');
    expect(overdueObjection([], climb, minutes(day))).toBeNull();
  });

  test('never holds up a replacement of what is live', () => {
    const replace = { kind: 'replace', intoEmptyStage: false } as const;
    expect(overdueObjection([use], replace, minutes(2 * day))).toBeNull();
    expect(overdueObjection([use], { ...replace, intoEmptyStage: true }, minutes(2 * day))).not.toBeNull();
  });

  test('is a different person’s than who gave the grant and who used it', () => {
    const facts = { executedById: 'p', grantedById: 'a', reviewed: false };
    expect(reviewObjection(facts, 'p')?.code).toBe('SELF_APPROVAL');
    expect(reviewObjection(facts, 'a')?.code).toBe('SELF_APPROVAL');
    expect(reviewObjection(facts, 'r')).toBeNull();
    expect(reviewObjection({ ...facts, reviewed: true }, 'r')?.code).toBe('CONFLICT');
  });
});

describe('going back to a release', () => {
  test('is for those that came through their gates, or whose exception was found justified', () => {
    expect(mayBeRollbackTarget({ origin: 'promotion', verdict: null })).toBe(true);
    expect(mayBeRollbackTarget({ origin: 'breakGlass', verdict: 'justified' })).toBe(true);
    expect(mayBeRollbackTarget({ origin: 'breakGlass', verdict: null })).toBe(false);
    expect(mayBeRollbackTarget({ origin: 'breakGlass', verdict: 'unjustified' })).toBe(false);
    expect(mayBeRollbackTarget({ origin: 'adoption', verdict: null })).toBe(false);
    expect(mayBeRollbackTarget({ origin: 'revertRelease', verdict: null })).toBe(false);
  });
});
