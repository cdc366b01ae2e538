import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  executionObjections,
  type ExecutionFacts,
} from '../../apps/api/src/modules/promotion/execution.domain.js';
import {
  nextOpenMove,
  planMoves,
  requestObjections,
  type RequestFacts,
} from '../../apps/api/src/modules/promotion/promotion.domain.js';
import {
  approvalStale,
  fieldNames,
  reviewPolicy,
  reviewRoles,
  selfApproval,
  tallyReviews,
  type ReviewFacts,
} from '../../apps/api/src/modules/promotion/review.domain.js';
import type { StageFacts } from '../../apps/api/src/modules/stage/stage-facts.domain.js';
import { riskTiers } from '../../apps/api/src/modules/workflow/risk.schema.js';

const keys = ['internal', 'limited', 'expanded', 'general'];
const stagesWith = (occupants: (string | null)[]): StageFacts[] =>
  keys.map((key, position) => ({
    key,
    name: key,
    position,
    currentRevisionId: `${key}-rev`,
    occupancyId: null,
    occupantId: occupants[position] ?? null,
    occupiedSince: occupants[position] ? new Date('2026-11-01T00:00:00Z') : null,
    replaceHours: 1,
  }));
const facts = (over: Partial<RequestFacts>): RequestFacts => ({
  workflowId: 'w',
  retired: false,
  kind: 'climb',
  release: { id: 'r2', number: 2, workflowId: 'w', digest: 'd2', parentId: 'r1' },
  toStageKey: 'internal',
  stages: stagesWith([]),
  openMoves: [],
  changedFromParent: ['prompts'],
  widening: null,
  ...over,
});
const codes = (over: Partial<RequestFacts>) => requestObjections(facts(over)).map((o) => o.code);

describe('asking for a promotion', () => {
  it('is allowed for a candidate whose gates nobody has looked at', () => {
    expect(codes({})).toEqual([]);
    expect(planMoves(facts({}))).toEqual([
      { stageKey: 'internal', position: 0, stageRevisionId: 'internal-rev' },
    ]);
  });

  it('is refused for a foreign release, an unknown stage, a retired workflow or a release already there', () => {
    expect(codes({ workflowId: 'other' })).toEqual(['NOT_FOUND']);
    expect(codes({ toStageKey: 'nowhere' })).toEqual(['NOT_FOUND']);
    expect(codes({ retired: true })).toEqual(['WORKFLOW_RETIRED']);
    expect(codes({ stages: stagesWith(['r2']) })).toEqual(['ALREADY_LIVE']);
  });

  it('is refused while another one into the same stage is open, whatever else there is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.array(fc.option(fc.constantFrom('p1', 'p2')), { minLength: 4, maxLength: 4 }),
        fc.array(fc.option(fc.constantFrom('r1', 'r9')), { minLength: 4, maxLength: 4 }),
        fc.constantFrom('climb' as const, 'replace' as const),
        (toStageKey, open, occupants, kind) => {
          const openMoves = keys.flatMap((stageKey, i) =>
            open[i] ? [{ stageKey, promotionId: open[i] }] : [],
          );
          const asked = facts({ toStageKey, kind, stages: stagesWith(occupants), openMoves });
          const taken = planMoves(asked).some((move) => open[move.position] !== null);
          const refused = requestObjections(asked).some((o) => o.code === 'PROMOTION_OPEN');
          expect(refused).toBe(taken);
        },
      ),
    );
  });

  it('to replace follows the parent through every stage it is in, in order, up to the one named', () => {
    const stages = stagesWith(['r1', 'r9', 'r1', 'r1']).reverse();
    const moves = planMoves(facts({ kind: 'replace', toStageKey: 'expanded', stages }));
    expect(moves.map((move) => move.stageKey)).toEqual(['internal', 'expanded']);
  });

  it('to replace is only for a change of prompts, of a parent that is live', () => {
    const live = stagesWith(['r1']);
    expect(codes({ kind: 'replace', stages: live })).toEqual([]);
    expect(codes({ kind: 'replace', stages: live, changedFromParent: ['prompts', 'models'] })).toEqual([
      'NOT_REPLACEABLE',
    ]);
    expect(codes({ kind: 'replace', stages: stagesWith(['r9']) })).toEqual(['NOT_REPLACEABLE']);
    const orphan = { ...facts({}).release, parentId: null };
    expect(codes({ kind: 'replace', stages: live, release: orphan })).toEqual(['NOT_REPLACEABLE']);
  });

  it('to widen is only for the occupant, with a wider revision that waits and is approved where it must be', () => {
    const stages = stagesWith(['r2']);
    expect(codes({ kind: 'widen', stages })).toEqual(['NOTHING_TO_WIDEN']);
    expect(codes({ kind: 'widen', stages, widening: { id: 'x', approved: false } })).toEqual([
      'SECOND_PERSON_REQUIRED',
    ]);
    expect(codes({ kind: 'widen', stages, widening: { id: 'x', approved: true } })).toEqual([]);
    expect(
      codes({ kind: 'widen', stages: stagesWith(['r1']), widening: { id: 'x', approved: true } }),
    ).toEqual(['NOT_OCCUPANT']);
    const moves = planMoves(facts({ kind: 'widen', stages, widening: { id: 'x', approved: true } }));
    expect(moves[0]?.stageRevisionId).toBe('x');
  });
});

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

describe('executing a promotion', () => {
  const move = {
    id: 'm',
    stageKey: 'internal',
    position: 0,
    state: 'open' as const,
    stageRevisionId: 'internal-rev',
  };
  const nobody = { authorIds: [], responsibleIds: [], requesterIds: [] };
  const approved = tallyReviews(
    'd2',
    [
      {
        id: '1',
        reviewerId: 'person-1',
        verdict: 'approve',
        digest: 'd2',
        releaseId: 'r2',
        roles: ['reviewer'],
        createdAt: new Date(0),
      },
    ],
    reviewPolicy('low', [], false),
    nobody,
  );
  const ready: ExecutionFacts = {
    state: 'open',
    digest: 'd2',
    expectedDigest: 'd2',
    move,
    entry: {
      kind: 'climb',
      releaseId: 'r2',
      releaseNumber: 2,
      stageKey: 'internal',
      stages: stagesWith([]),
      numberOf: () => null,
      lineage: new Map(),
      at: new Date('2026-11-23T12:00:00Z'),
    },
    tally: approved,
    staleFields: [],
    approvalIsAsked: true,
    openDebts: [],
    widens: true,
  };
  const refused = (over: Partial<ExecutionFacts>) =>
    executionObjections({ ...ready, ...over }).map((o) => o.code);

  it('goes ahead when nothing forbids it', () => expect(refused({})).toEqual([]));

  it('is refused once it is closed, and for anybody who was shown another release', () => {
    expect(refused({ state: 'executed', move: null })).toEqual(['CONFLICT']);
    expect(refused({ state: 'withdrawn' })).toEqual(['CONFLICT']);
    expect(refused({ expectedDigest: 'd1' })).toEqual(['APPROVAL_STALE']);
  });

  it('needs its approvals even where the stage does not ask the check for them', () => {
    const none = tallyReviews('d2', [], reviewPolicy('low', [], false), nobody);
    expect(refused({ tally: none, approvalIsAsked: false })).toEqual(['APPROVAL_MISSING']);
    expect(refused({ tally: none })).toEqual([]);
    const stale = { ...none, stale: approved.approvals };
    expect(refused({ tally: stale, staleFields: ['prompts.main'] })).toEqual(['APPROVAL_STALE']);
  });

  it('is refused while checks are owed since adoption, if it reaches people whom nothing serves yet', () => {
    const openDebts = [{ checkId: 'EV-2', stageKey: 'general' }];
    expect(refused({ openDebts })).toEqual(['ADOPTION_DEBT']);
    expect(refused({ openDebts, widens: false })).toEqual([]);
  });

  it('takes its stages in the order of the rollout', () => {
    const later = { ...move, id: 'later', position: 2 };
    expect(nextOpenMove([later, move])?.id).toBe('m');
    expect(nextOpenMove([later, { ...move, state: 'executed' }])?.id).toBe('later');
    expect(nextOpenMove([{ ...move, state: 'executed' }])).toBeNull();
  });
});
