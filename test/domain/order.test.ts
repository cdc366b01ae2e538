import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryObjections } from '../../apps/api/src/modules/promotion/order.domain.js';
import type { PromotionKind } from '../../apps/api/src/modules/promotion/promotion.schema.js';
import { staySince, type StageFacts } from '../../apps/api/src/modules/stage/stage-facts.domain.js';
import { baselineOf, descendsFrom, lineageOf } from '../../apps/api/src/modules/release/lineage.domain.js';

const keys = ['internal', 'limited', 'expanded', 'general'];
const start = Date.UTC(2026, 10, 1);
const hour = 3_600_000;

/** A workflow played in memory: who is where, and since when. */
class Rollout {
  readonly occupants: (number | null)[] = [null, null, null, null];
  readonly since: number[] = [0, 0, 0, 0];
  clock = start;
  constructor(readonly parents: readonly (number | null)[]) {}

  stages(): StageFacts[] {
    return keys.map((key, position) => ({
      key,
      name: key,
      position,
      currentRevisionId: key,
      occupancyId: null,
      occupantId: this.occupants[position] == null ? null : `r${this.occupants[position]}`,
      occupiedSince: this.occupants[position] == null ? null : new Date(this.since[position] ?? 0),
      replaceHours: 2,
    }));
  }
  lineage() {
    return lineageOf(
      this.parents.map((parent, id) => ({
        id: `r${id}`,
        parentId: parent === null ? null : `r${parent}`,
        derivedFromId: null,
      })),
    );
  }
  objections(release: number, position: number, kind: PromotionKind = 'climb') {
    return entryObjections({
      kind,
      releaseId: `r${release}`,
      releaseNumber: release,
      stageKey: keys[position] ?? '',
      stages: this.stages(),
      numberOf: (id) => Number(id.slice(1)),
      lineage: this.lineage(),
      at: new Date(this.clock),
    }).map((objection) => objection.code);
  }
  enter(release: number, position: number, kind: PromotionKind = 'climb'): boolean {
    if (this.objections(release, position, kind).length > 0) return false;
    this.occupants[position] = release;
    this.since[position] = this.clock;
    return true;
  }
}

const parents = fc
  .array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 })
  .map((picks) => [null, ...picks.map((pick, i) => (pick > i ? null : pick))]);
const attempts = fc.array(
  fc.record({
    release: fc.nat({ max: 6 }),
    position: fc.nat({ max: 3 }),
    kind: fc.constantFrom('climb' as const, 'replace' as const),
    hoursLater: fc.nat({ max: 3 }),
  }),
  { maxLength: 60 },
);

describe('the order of a rollout', () => {
  it('is kept by every sequence of attempts: nothing enters a stage without being in the one before', () => {
    fc.assert(
      fc.property(parents, attempts, (family, tries) => {
        const rollout = new Rollout(family);
        for (const attempt of tries) {
          if (attempt.release >= family.length) continue;
          rollout.clock += attempt.hoursLater * hour;
          const before = [...rollout.occupants];
          const since = rollout.since[attempt.position - 1] ?? 0;
          if (!rollout.enter(attempt.release, attempt.position, attempt.kind)) continue;
          if (attempt.position > 0) expect(before[attempt.position - 1]).toBe(attempt.release);
          if (attempt.position > 0 && attempt.kind === 'replace')
            expect(rollout.clock - since).toBeGreaterThanOrEqual(2 * hour);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never lets a release undo one that it was not made from', () => {
    fc.assert(
      fc.property(parents, attempts, (family, tries) => {
        const rollout = new Rollout(family);
        for (const attempt of tries) {
          if (attempt.release >= family.length) continue;
          rollout.clock += attempt.hoursLater * hour;
          const baseline = baselineOf(rollout.stages(), keys[attempt.position] ?? '');
          if (!rollout.enter(attempt.release, attempt.position, attempt.kind)) continue;
          if (baseline !== null)
            expect(descendsFrom(rollout.lineage(), `r${attempt.release}`, baseline)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('starts over for a release that was displaced', () => {
    const rollout = new Rollout([null, 0]);
    expect(rollout.enter(0, 0)).toBe(true);
    expect(rollout.enter(1, 0)).toBe(true);
    expect(rollout.objections(0, 1)).toEqual(['OUT_OF_ORDER']);
    expect(rollout.enter(1, 1)).toBe(true);
  });

  it('says which stage is missing and what overtook it', () => {
    const rollout = new Rollout([null, 0, 0]);
    rollout.enter(0, 0);
    rollout.enter(1, 0);
    expect(rollout.objections(2, 0)).toEqual(['BEHIND_LIVE']);
    expect(rollout.objections(2, 1)).toEqual(['OUT_OF_ORDER']);
    expect(rollout.objections(1, 0)).toEqual(['ALREADY_LIVE']);
  });

  it('compares with the nearest later stage where the target is empty, so a later one is not undone either', () => {
    const rollout = new Rollout([null, null]);
    rollout.occupants[3] = 0;
    expect(rollout.objections(1, 0)).toEqual(['BEHIND_LIVE']);
  });

  it('keeps a replacement in each stage for its short soak', () => {
    const rollout = new Rollout([null, 0]);
    rollout.occupants.fill(0);
    expect(rollout.enter(1, 0, 'replace')).toBe(true);
    rollout.clock += 2 * hour - 1;
    expect(rollout.objections(1, 1, 'replace')).toEqual(['SOAK_INCOMPLETE']);
    rollout.clock += 1;
    expect(rollout.enter(1, 1, 'replace')).toBe(true);
  });

  it('lets only the occupant be widened', () => {
    const rollout = new Rollout([null, 0]);
    rollout.enter(0, 0);
    expect(rollout.objections(0, 0, 'widen')).toEqual([]);
    expect(rollout.objections(1, 0, 'widen')).toEqual(['NOT_OCCUPANT']);
  });
});

describe('how long a release has been in a stage', () => {
  const at = (h: number) => new Date(start + h * hour);
  it('counts intervals that touch as one stay, and starts over after a gap or another release', () => {
    const stay = { releaseId: 'a', from: at(0), to: at(5) };
    expect(staySince([])).toBeNull();
    expect(staySince([stay])).toBeNull();
    expect(staySince([stay, { releaseId: 'a', from: at(5), to: null }])).toEqual(at(0));
    expect(staySince([stay, { releaseId: 'a', from: at(6), to: null }])).toEqual(at(6));
    expect(
      staySince([
        stay,
        { releaseId: 'b', from: at(5), to: at(6) },
        { releaseId: 'a', from: at(6), to: null },
      ]),
    ).toEqual(at(6));
  });
});
