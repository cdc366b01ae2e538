import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outcomeIn } from '../../apps/api/src/modules/rollback/effective.domain.js';
import { laidOver, type LaidOver } from '../../apps/api/src/modules/rollback/laid-over.domain.js';
import type { AskedRollback, RollbackPlan } from '../../apps/api/src/modules/rollback/rollback.domain.js';
import type { Segment } from '../../apps/api/src/modules/rollback/segment.domain.js';
import type {
  AppliedLever,
  OpenOverlay,
  Standing,
  StandingStage,
} from '../../apps/api/src/modules/rollback/standing.domain.js';
import { decide, type Decision } from '../../packages/client/src/decide/decide.js';
import type { Context } from '../../packages/client/src/decide/audience.js';
import { snapshotOf, snapshotRelease, snapshotStage } from '../support/snapshot.builder.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const releaseIds = ['live', 'a', 'b'];
const tools = ['lookup', 'send'];
const free: Segment = [{ attribute: 'plan', operator: 'equals', values: ['free'] }];
const everybody: Segment = [];
const people = { everybody: {}, free: { plan: 'free' } };

const stage: StandingStage = {
  ...{ key: 'general', name: 'General', position: 0, revisionId: 'revision', expectedRequestsPerDay: 10 },
  audience: { description: 'All', percentage: 100, rules: [] },
  pointer: { releaseId: 'live', from: new Date(now), origin: 'promotion', byName: 'Member' },
  entries: [],
};

/** A rollback as it is decided: what it serves instead, and what it does besides. */
interface Step {
  readonly segment: Segment;
  readonly serves: string | null;
  readonly levers: readonly AppliedLever[];
}

const planOf = ({ segment, serves, levers }: Step): RollbackPlan => ({
  ...{ workflowId: 'workflow', stages: [stage], levers, movesPointers: false, leftReleaseIds: [] },
  asked: { kind: 'rollback', scope: 'stages', segment, levers: [] } as unknown as AskedRollback,
  left: serves === null ? [] : [{ stage, releaseId: 'live' }],
  replacement: null,
});

const lay = (overlays: readonly OpenOverlay[], { laid, superseded }: LaidOver, at: number): OpenOverlay[] => [
  ...overlays.filter(({ id }) => !superseded.includes(id)),
  ...laid.map(({ stageKey, segment, levers }, place) => ({
    ...{
      id: `${String(at)}-${String(place)}`,
      rollbackId: String(at),
      rollbackNumber: at,
      isDrill: false,
      to: null,
    },
    ...{ stageKey, segment, levers, from: new Date(now - 1000 + at) },
  })),
];

const pull = (overlays: readonly OpenOverlay[], step: Step, at: number) =>
  lay(overlays, laidOver({ overlays } as unknown as Standing, planOf(step), step.serves), at);

const answer = (overlays: readonly OpenOverlay[], context: Context): Decision =>
  decide(
    snapshotOf(1, {
      stages: [snapshotStage('general', 'live')],
      releases: Object.fromEntries(
        releaseIds.map((id) => [
          id,
          snapshotRelease(id, { tools: tools.map((name) => ({ name, effect: 'read' as const })) }),
        ]),
      ),
      overlays: overlays.map(({ id, levers, segment, from }) => ({
        ...{ id, levers, segment, stages: ['general'], from: from.getTime(), to: null },
      })),
    }),
    context,
    now,
  );

const serving = fc.record({
  segment: fc.constantFrom(everybody, free),
  serves: fc.constantFrom(null, 'a', 'b'),
  levers: fc
    .subarray(tools)
    .map((names): AppliedLever[] => names.map((tool) => ({ kind: 'disableTool', tool }))),
});
const ending = fc.record({
  segment: fc.constantFrom(everybody, free),
  serves: fc.constant(null),
  levers: fc.constantFrom<AppliedLever[]>([{ kind: 'disable' }], [{ kind: 'fallback', to: 'people' }]),
});
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: serving }, { weight: 1, arbitrary: ending }), {
  maxLength: 6,
});
/** What goes wrong takes three rollbacks in one order. */
const thorough = { numRuns: 2_000 };
const after = (all: readonly Step[]) => all.reduce<OpenOverlay[]>(pull, []);
const releaseOf = (decision: Decision) => ('releaseId' in decision ? decision.releaseId : decision.outcome);

describe('A rollback', () => {
  test('that switches off a tool leaves everybody with the release they were served', () => {
    const off = serving.filter(({ serves, levers }) => serves === null && levers.length > 0);
    fc.assert(
      fc.property(steps, off, (before, last) => {
        for (const context of Object.values(people)) {
          const [was, is] = [after(before), after([...before, last])].map((one) => answer(one, context));
          expect(releaseOf(is!)).toBe(releaseOf(was!));
        }
      }),
      thorough,
    );
  });

  test('of a segment changes nothing for whoever is outside of it', () => {
    fc.assert(
      fc.property(steps, fc.oneof(serving, ending), (before, last) => {
        const [was, is] = [before, [...before, { ...last, segment: free }]].map((all) =>
          answer(after(all), people.everybody),
        );
        expect({ ...is, overlayId: null }).toEqual({ ...was, overlayId: null });
      }),
    );
  });

  test('never switches on a tool that was off', () => {
    fc.assert(
      fc.property(steps, fc.oneof(serving, ending), (before, last) => {
        for (const context of Object.values(people)) {
          const [was, is] = [after(before), after([...before, last])].map((one) => answer(one, context));
          if (was?.outcome === 'release' && is?.outcome === 'release')
            expect(is.disabledTools).toEqual(expect.arrayContaining(was.disabledTools));
        }
      }),
    );
  });

  test('never serves a release to somebody for whom the workflow was off or had fallen back', () => {
    fc.assert(
      fc.property(steps, fc.oneof(serving, ending), (before, last) => {
        for (const context of Object.values(people)) {
          const [was, is] = [after(before), after([...before, last])].map((one) => answer(one, context));
          if (was?.outcome !== 'release') expect(is?.outcome).not.toBe('release');
        }
      }),
    );
  });

  test('of more people than some for whom the workflow was off leaves it off for them', () => {
    const [off, back] = [
      [{ kind: 'disable' as const }],
      [{ kind: 'fallback' as const, to: 'people' as const }],
    ];
    const made = (segment: Segment, levers: AppliedLever[]): Step => ({ segment, serves: null, levers });
    const overlays = after([made(free, off), made(everybody, back)]);
    expect(answer(overlays, people.free).outcome).toBe('disabled');
    expect(answer(overlays, people.everybody).outcome).toBe('fallback');
    // Whoever names the very same people means to take its place.
    expect(answer(after([made(free, off), made(free, back)]), people.free).outcome).toBe('fallback');
  });

  test('is seen by the console as the applications see it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const overlays = after(all);
        const seen = (segment: Segment) => outcomeIn({ overlays, quarantines: [] }, stage, segment);
        expect(seen(everybody)).toBe(answer(overlays, people.everybody).outcome);
        expect(seen(free)).toBe(answer(overlays, people.free).outcome);
      }),
    );
  });
});
