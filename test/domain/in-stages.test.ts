import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inStages, type InStage } from '../../apps/api/src/modules/release/in-stages.domain.js';
import type { Segment } from '../../apps/api/src/modules/rollback/segment.domain.js';
import type { AppliedLever } from '../../apps/api/src/modules/rollback/standing.domain.js';
import type { Context } from '../../packages/client/src/decide/audience.js';
import { decide } from '../../packages/client/src/decide/decide.js';
import { snapshotOf, snapshotRelease, snapshotStage } from '../support/snapshot.builder.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const ids = ['live', 'other', 'derived'];
const keys = ['internal', 'general'];
const everybody: Segment = [];
const free: Segment = [{ attribute: 'plan', operator: 'equals', values: ['free'] }];
const pro: Segment = [{ attribute: 'plan', operator: 'equals', values: ['pro'] }];
const segments: Context[] = [{ plan: 'free' }, { plan: 'pro' }];

const lever = fc.oneof(
  fc.constant<AppliedLever>({ kind: 'disable' }),
  fc.constant<AppliedLever>({ kind: 'fallback', to: 'people' }),
  fc.constant<AppliedLever>({ kind: 'disableTool', tool: 'lookup' }),
  fc.constantFrom(...ids).map((releaseId): AppliedLever => ({ kind: 'serve', releaseId })),
);
const overlays = fc
  .array(
    fc.record({
      lever,
      stageKey: fc.constantFrom(...keys),
      segment: fc.constantFrom(everybody, everybody, free, pro),
    }),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map(({ lever: one, stageKey, segment }, at) => ({
      ...{ id: `overlay-${String(at)}`, stageKey, segment, levers: [one], isDrill: false },
      from: new Date(now - 1000 + at),
    })),
  );
const pointer = fc.constantFrom('live', 'other', null);
const quarantines = fc.array(
  fc.record({
    releaseId: fc.constantFrom(...ids),
    stageKey: fc.constantFrom(...keys),
    segment: fc.constantFrom(everybody, free),
  }),
  { maxLength: 2 },
);
const workflow = fc.record({ overlays, quarantines, pointers: fc.tuple(pointer, pointer) });
type Drawn = typeof workflow extends fc.Arbitrary<infer W> ? W : never;

const stagesOf = ({ pointers }: Drawn) =>
  keys.map((key, position) => ({ key, position, occupantId: pointers[position] ?? null }));

/** What an application gets that says which stage it asks. */
function served({ overlays: laid, quarantines: left, pointers }: Drawn, stage: string, context: Context) {
  const snapshot = snapshotOf(1, {
    stages: keys.map((key, at) => snapshotStage(key, pointers[at] ?? null)),
    releases: Object.fromEntries(
      ids.map((id) => [
        id,
        snapshotRelease(id, {
          quarantines: left
            .filter(({ releaseId }) => releaseId === id)
            .map(({ stageKey, segment }) => ({ stages: [stageKey], segment })),
        }),
      ]),
    ),
    overlays: laid.map(({ id, levers, segment, stageKey, from }) => ({
      ...{ id, levers, segment, stages: [stageKey], from: from.getTime(), to: null },
    })),
  });
  const decision = decide(snapshot, { ...context, stage }, now);
  return decision.outcome === 'release' ? decision.releaseId : null;
}

const standing = (drawn: Drawn, releaseId: string) => inStages(releaseId, stagesOf(drawn), drawn);
const thorough = { numRuns: 2_000 };

describe('Where a release is said to be served', () => {
  test('it is, and nowhere else', () => {
    fc.assert(
      fc.property(workflow, fc.constantFrom(...ids), (drawn, id) => {
        const said = new Map(standing(drawn, id).map((one) => [one.stageKey, one]));
        for (const key of keys) {
          const toAll = served(drawn, key, {}) === id;
          const toSome = segments.some((context) => served(drawn, key, context) === id);
          const expected = toAll ? 'everybody' : toSome ? 'segments' : 'nobody';
          expect(said.get(key)?.served ?? 'nobody').toBe(expected);
        }
      }),
      thorough,
    );
  });

  test('a stage that names it is told of, with what keeps it from everybody', () => {
    fc.assert(
      fc.property(workflow, (drawn) => {
        for (const { key, occupantId } of stagesOf(drawn)) {
          if (occupantId === null) continue;
          const found = standing(drawn, occupantId).find(({ stageKey }) => stageKey === key);
          expect(found).toMatchObject({ occupies: true });
          if (found?.served !== 'everybody')
            expect(found?.quarantined === true || found?.overlays.some(isForEverybody)).toBe(true);
        }
      }),
      thorough,
    );
  });

  test('and no pointer names it, what serves it there is told', () => {
    fc.assert(
      fc.property(workflow, fc.constantFrom(...ids), (drawn, id) => {
        for (const one of standing(drawn, id).filter(({ occupies }) => !occupies))
          expect(
            one.overlays.some(({ levers }) =>
              levers.some((by) => by.kind === 'serve' && by.releaseId === id),
            ),
          ).toBe(true);
      }),
      thorough,
    );
  });

  test('drills change nothing of it', () => {
    fc.assert(
      fc.property(workflow, fc.constantFrom(...ids), (drawn, id) => {
        const drills = drawn.overlays.map((one) => ({ ...one, isDrill: true }));
        expect(standing({ ...drawn, overlays: drills }, id)).toEqual(
          standing({ ...drawn, overlays: [] }, id),
        );
      }),
    );
  });
});

const isForEverybody = ({ segment }: InStage<Drawn['overlays'][number]>['overlays'][number]) =>
  segment.length === 0;
