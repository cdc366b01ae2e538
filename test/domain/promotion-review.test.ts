import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  approvalStale,
  fieldNames,
  reviewPolicy,
  reviewRoles,
  selfApproval,
  tallyReviews,
  type ReviewFacts,
} from '../../apps/api/src/modules/promotion/review.domain.js';
import { riskTiers } from '../../apps/api/src/modules/workflow/risk.schema.js';

const people = ['person-1', 'person-2', 'person-3', 'person-4'];
const review = fc.record({
  id: fc.uuid(),
  reviewerId: fc.constantFrom(...people),
  verdict: fc.constantFrom('approve' as const, 'request_changes' as const, 'comment' as const),
  digest: fc.constantFrom('old', 'now'),
  releaseId: fc.constant('r'),
  roles: fc.uniqueArray(fc.constantFrom(...reviewRoles)),
  createdAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
});
const barred = fc.record({
  authorIds: fc.uniqueArray(fc.constantFrom(...people)),
  responsibleIds: fc.uniqueArray(fc.constantFrom(...people)),
  requesterIds: fc.uniqueArray(fc.constantFrom(...people)),
});
const policy = fc
  .tuple(fc.constantFrom(...riskTiers), fc.boolean(), fc.boolean())
  .map(([tier, risk, tools]) =>
    reviewPolicy(
      tier,
      [
        ...(risk ? [{ component: 'core', path: 'risk.money' }] : []),
        ...(tools ? [{ component: 'tools', path: '' }] : []),
      ],
      true,
    ),
  );

describe('which reviews count', () => {
  it('never an approval of another digest, however many there are', () => {
    fc.assert(
      fc.property(fc.array(review), policy, barred, (reviews, required, not) => {
        const stale = reviews.map((r) => ({ ...r, digest: 'old' }));
        const tally = tallyReviews('now', stale, required, not);
        expect(tally.complete).toBe(false);
        expect(tally.approvals).toEqual([]);
        const mixed = tallyReviews('now', reviews, required, not);
        const current = tallyReviews(
          'now',
          reviews.filter((r) => r.digest === 'now'),
          required,
          not,
        );
        expect(mixed.approvals).toEqual(current.approvals);
        expect(mixed.complete).toBe(current.complete);
      }),
    );
  });

  it('never the word of someone about their own work or their own request', () => {
    fc.assert(
      fc.property(fc.array(review), policy, barred, (reviews, required, not) => {
        const tally = tallyReviews('now', reviews, required, not);
        const own = [...not.authorIds, ...not.responsibleIds, ...not.requesterIds];
        for (const approval of tally.approvals) expect(own).not.toContain(approval.reviewerId);
        for (const person of own) expect(selfApproval(person, not)?.code).toBe('SELF_APPROVAL');
      }),
    );
  });

  it('one a person, and only with every role that the change asks for', () => {
    fc.assert(
      fc.property(fc.array(review), policy, barred, (reviews, required, not) => {
        const tally = tallyReviews('now', reviews, required, not);
        expect(new Set(tally.approvals.map((a) => a.reviewerId)).size).toBe(tally.approvals.length);
        if (!tally.complete) return;
        expect(tally.approvals.length).toBeGreaterThanOrEqual(required.requiredApprovals);
        for (const role of required.requiredRoles) {
          expect(tally.approvals.some((approval) => approval.roles.includes(role))).toBe(true);
        }
      }),
    );
  });

  const say = (
    verdict: ReviewFacts['verdict'],
    minute: number,
    digest = 'now',
    reviewerId = 'person-1',
  ): ReviewFacts => ({
    id: `${minute}`,
    reviewerId,
    verdict,
    digest,
    releaseId: 'r',
    roles: ['reviewer'],
    createdAt: new Date(Date.UTC(2026, 10, 23, 10, minute)),
  });
  const nobody = { authorIds: [], responsibleIds: [], requesterIds: [] };
  const low = reviewPolicy('low', [], true);
  const complete = (...reviews: ReviewFacts[]) => tallyReviews('now', reviews, low, nobody).complete;

  it('a request for changes blocks until the same person approves, or the promotion is retargeted', () => {
    expect(complete(say('approve', 1), say('request_changes', 2, 'now', 'person-2'))).toBe(false);
    expect(complete(say('request_changes', 1), say('approve', 2))).toBe(true);
    expect(complete(say('approve', 1), say('request_changes', 2))).toBe(false);
    expect(complete(say('request_changes', 1, 'old', 'person-2'), say('approve', 2))).toBe(true);
    expect(complete(say('approve', 1), say('comment', 2))).toBe(true);
  });

  it('one approval at low and medium risk, two at high', () => {
    expect(riskTiers.map((tier) => reviewPolicy(tier, [], true).requiredApprovals)).toEqual([1, 1, 2]);
  });

  it('the risk reviewer is asked where risk answers changed, the security reviewer where tools or permissions did', () => {
    const roles = (component: string, path: string) =>
      reviewPolicy('low', [{ component, path }], true).requiredRoles;
    expect(roles('core', 'risk.money')).toEqual(['reviewer', 'risk_reviewer']);
    expect(roles('core', 'userJob')).toEqual(['reviewer']);
    expect(roles('tools', 'tools.refund.effect')).toEqual(['reviewer', 'security_reviewer']);
    expect(roles('retrieval', 'permissionFlow')).toEqual(['reviewer', 'security_reviewer']);
    expect(roles('prompts', 'main')).toEqual(['reviewer']);
    expect(reviewPolicy('low', [{ component: 'tools', path: '' }], false).requiredRoles).toEqual([
      'reviewer',
    ]);
  });

  it('the refusal names every field in which the two differ', () => {
    const names = fieldNames([
      { component: 'models', path: 'main.parameters.temperature' },
      { component: 'prompts', path: 'main' },
      { component: 'retrieval', path: '' },
    ]);
    expect(names).toEqual(['models.main.parameters.temperature', 'prompts.main', 'retrieval']);
    expect(approvalStale(names).message).toContain('models.main.parameters.temperature');
  });
});
