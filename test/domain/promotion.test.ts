import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  executionObjections,
  namingStaleFields,
  type ExecutionFacts,
} from '../../apps/api/src/modules/promotion/execution.domain.js';
import {
  nextOpenMove,
  planMoves,
  requestObjections,
  type RequestFacts,
} from '../../apps/api/src/modules/promotion/promotion.domain.js';
import type { StageFacts } from '../../apps/api/src/modules/stage/stage-facts.domain.js';

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

describe('executing a promotion', () => {
  const move = { id: 'm', stageKey: 'internal', position: 0, state: 'open' as const, stageRevisionId: 'rev' };
  const ready: ExecutionFacts = {
    ...{
      order: null,
      approval: { passes: true, asked: true },
      reviews: [],
      overdue: null,
      widening: null,
      openDebts: [],
    },
  };
  const refused = (over: Partial<ExecutionFacts>) =>
    executionObjections({ ...ready, ...over }).map((o) => o.code);
  const approved = { verdict: 'approve', current: false } as const;
  const asksForChanges = { verdict: 'request_changes', current: true } as const;

  it('goes ahead when nothing forbids it', () => expect(refused({})).toEqual([]));

  it('is refused out of order, and without the approvals even where the stage does not ask the check for them', () => {
    expect(refused({ order: { code: 'OUT_OF_ORDER', message: 'First the stage before' } })).toEqual([
      'OUT_OF_ORDER',
    ]);
    const unasked = { passes: false, asked: false };
    expect(refused({ approval: unasked })).toEqual(['APPROVAL_MISSING']);
    expect(refused({ approval: null })).toEqual(['APPROVAL_MISSING']);
    expect(refused({ approval: unasked, reviews: [asksForChanges] })).toEqual(['CHANGES_REQUESTED']);
    expect(refused({ approval: { passes: false, asked: true } })).toEqual([]);
    expect(refused({ approval: { passes: false, asked: true }, reviews: [asksForChanges] })).toEqual([]);
  });

  it('names an approval that was of another release, and the fields in which the two differ', () => {
    const [stale] = executionObjections({
      ...ready,
      approval: { passes: false, asked: true },
      reviews: [approved],
    });
    expect(stale?.code).toBe('APPROVAL_STALE');
    expect(namingStaleFields(stale!, ['prompts.main']).message).toMatch(/differs in prompts\.main$/);
    expect(refused({ reviews: [approved] })).toEqual([]);
  });

  it('never undoes a narrower definition with a wider one written before', () => {
    expect(refused({ widening: { waits: true, approved: true } })).toEqual([]);
    expect(refused({ widening: { waits: false, approved: false } })).toEqual(['NOTHING_TO_WIDEN']);
    expect(refused({ widening: { waits: true, approved: false } })).toEqual(['SECOND_PERSON_REQUIRED']);
  });

  it('is refused while checks are owed since adoption', () => {
    expect(refused({ openDebts: [{ checkId: 'EV-2', stageKey: 'general' }] })).toEqual(['ADOPTION_DEBT']);
  });

  it('takes its stages in the order of the rollout', () => {
    const later = { ...move, id: 'later', position: 2 };
    expect(nextOpenMove([later, move])?.id).toBe('m');
    expect(nextOpenMove([later, { ...move, state: 'executed' }])?.id).toBe('later');
    expect(nextOpenMove([{ ...move, state: 'executed' }])).toBeNull();
  });
});
