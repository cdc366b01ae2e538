import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  inAppliedOrder,
  overruledBy,
  type AppliedOverlay,
} from '../../apps/api/src/modules/rollback/applied-order.domain.js';
import type { Segment } from '../../apps/api/src/modules/rollback/segment.domain.js';
import type { AppliedLever } from '../../apps/api/src/modules/rollback/standing.domain.js';
import type { Context } from '../../packages/client/src/decide/audience.js';
import { decide, type Decision } from '../../packages/client/src/decide/decide.js';
import { snapshotOf, snapshotRelease, snapshotStage } from '../support/snapshot.builder.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const most = 5;
const tools = ['lookup', 'send'];
const free: Segment = [{ attribute: 'plan', operator: 'equals', values: ['free'] }];
const pro: Segment = [{ attribute: 'plan', operator: 'equals', values: ['pro'] }];
const people: Context[] = [{}, { plan: 'free' }, { plan: 'pro' }];
const mine = new Map<Segment, Context[]>();
const everybody: Segment = [];
mine.set(everybody, people).set(free, [people[1]!]).set(pro, [people[2]!]);

/** Each overlay that serves a release serves one of its own, so that it shows in the answer whose it is. */
const overlay = fc.record({
  segment: fc.constantFrom(everybody, free, pro),
  kind: fc.constantFrom('disable', 'fallback', 'serve', 'serve', 'tools', 'both'),
  tools: fc.subarray(tools, { minLength: 1 }),
  instant: fc.nat({ max: 3 }),
});
type Drawn = typeof overlay extends fc.Arbitrary<infer O> ? O : never;
const drawn = fc.array(overlay, { maxLength: most });

function leversOf({ kind, tools: off }: Drawn, releaseId: string): AppliedLever[] {
  const serve: AppliedLever = { kind: 'serve', releaseId };
  const without = off.map((tool): AppliedLever => ({ kind: 'disableTool', tool }));
  if (kind === 'disable') return [{ kind: 'disable' }];
  if (kind === 'fallback') return [{ kind: 'fallback', to: 'people' }];
  return kind === 'serve' ? [serve] : kind === 'tools' ? without : [serve, ...without];
}

/** Several may be laid at one instant: then their ids say which came later. */
const laid = (all: readonly Drawn[]): AppliedOverlay[] =>
  all.map((one, at) => ({
    ...{ id: `overlay-${String(at)}`, stageKey: 'general', segment: one.segment },
    ...{ levers: leversOf(one, `of-${String(at)}`), from: new Date(now - 1000 + one.instant) },
  }));

const releases = Object.fromEntries(
  ['live', ...Array.from({ length: most }, (_, at) => `of-${String(at)}`)].map((id) => [
    id,
    snapshotRelease(id, { tools: tools.map((name) => ({ name, effect: 'read' as const })) }),
  ]),
);

/** As the snapshot compiler orders them: by when they were laid, then by id. */
const answer = (overlays: readonly AppliedOverlay[], context: Context): Decision =>
  decide(
    snapshotOf(1, {
      ...{ stages: [snapshotStage('general', 'live')], releases },
      overlays: [...overlays]
        .sort((one, other) => one.from.getTime() - other.from.getTime() || (one.id < other.id ? -1 : 1))
        .map(({ id, levers, segment, from }) => ({
          ...{ id, levers, segment, stages: ['general'], from: from.getTime(), to: null },
        })),
    }),
    context,
    now,
  );

const whatIsServed = (decision: Decision) => ({ ...decision, overlayId: null });
const thorough = { numRuns: 3_000 };

describe('A list of overlays', () => {
  test('begins with the one that applications are told of', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const overlays = laid(all).filter(({ segment }) => segment.length === 0);
        expect(inAppliedOrder(overlays)[0]?.id ?? null).toBe(answer(overlays, {}).overlayId);
      }),
      thorough,
    );
  });

  test('is in the same order however it was read', () => {
    const shuffled = drawn.chain((all) => {
      const overlays = laid(all);
      return fc.tuple(
        fc.constant(overlays),
        fc.shuffledSubarray(overlays, { minLength: overlays.length, maxLength: overlays.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(inAppliedOrder(other)).toEqual(inAppliedOrder(one));
      }),
    );
  });

  test('says of those and of those only that take effect for nobody that others come before them', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const order = inAppliedOrder(laid(all));
        for (const [place, one] of order.entries()) {
          const before = order.slice(0, place);
          const changes = mine
            .get(one.segment)!
            .some(
              (context) =>
                JSON.stringify(whatIsServed(answer([...before, one], context))) !==
                JSON.stringify(whatIsServed(answer(before, context))),
            );
          // What adds nothing to those before it is spent, unless two segments together do what neither does alone.
          if (changes) expect(overruledBy(one, order)).toEqual([]);
          else expect(overruledBy(one, order)).not.toEqual([]);
        }
      }),
      thorough,
    );
  });

  test('loses nothing that is served when those are taken away that take effect for nobody', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const overlays = laid(all);
        const effective = overlays.filter((one) => overruledBy(one, overlays).length === 0);
        for (const context of people)
          expect(whatIsServed(answer(effective, context))).toEqual(whatIsServed(answer(overlays, context)));
      }),
      thorough,
    );
  });

  test('names as the ones that come before it only what lies over the same place and takes effect', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const overlays = laid(all);
        const elsewhere = overlays.map((one) => ({ ...one, id: `${one.id}-elsewhere`, stageKey: null }));
        for (const one of overlays) {
          const by = overruledBy(one, [...elsewhere, ...overlays]);
          for (const winner of by) expect(overruledBy(winner, overlays)).toEqual([]);
          expect(by).toEqual(overruledBy(one, overlays));
        }
      }),
    );
  });
});
