import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { driftOf, type Served } from '../../apps/api/src/modules/telemetry/drift.domain.js';
import {
  effectOf,
  silentAfter,
  type MeasuredInstance,
} from '../../apps/api/src/modules/telemetry/effect.domain.js';
import {
  replaces,
  type InstanceReport,
  type Serving,
} from '../../apps/api/src/modules/telemetry/observation.domain.js';
import { PendingObservations } from '../../apps/api/src/modules/telemetry/pending-observations.js';

const appliedAt = 1_000_000_000;
const rollback = { askedAt: appliedAt - 20, appliedAt, endsAt: null, levers: ['disable'] };

const time = (from: number, to: number) => fc.integer({ min: appliedAt + from, max: appliedAt + to });
const instance: fc.Arbitrary<MeasuredInstance> = fc.record({
  instanceId: fc.uuid(),
  application: fc.constant('support-desk'),
  via: fc.constantFrom('sdk' as const, 'ofrep' as const),
  isPublic: fc.boolean(),
  firstSeenAt: time(-100_000, 10_000),
  seenAt: time(-60_000, 60_000),
  stoppedAt: fc.option(time(-60_000, 60_000)),
  incarnation: fc.constant(1),
  epoch: fc.integer({ min: 1, max: 9 }),
  servesSince: time(-100_000, 60_000),
  levers: fc.subarray(['disable', 'fallback']),
  isFallback: fc.boolean(),
  acknowledgedAt: fc.option(time(0, 60_000)),
});
const instances = fc.uniqueArray(instance, { selector: (one) => one.instanceId, maxLength: 30 });
const now = appliedAt + 60_000;
const one = (over: Partial<MeasuredInstance> = {}): MeasuredInstance => ({
  ...{ instanceId: 'a', application: '', via: 'sdk', isPublic: false, firstSeenAt: 0, seenAt: now },
  ...{ stoppedAt: null, incarnation: 1, epoch: 1, servesSince: 0, levers: ['disable'], isFallback: false },
  ...{ acknowledgedAt: null },
  ...over,
});

describe('the effect of a rollback', () => {
  test('is complete exactly when everybody who was expected has confirmed, and names everybody who has not', () => {
    fc.assert(
      fc.property(instances, (all) => {
        const effect = effectOf(rollback, all, now);
        const named = effect.stragglers.filter(({ via }) => via === 'sdk').length + effect.unhonoured.length;
        expect(effect.confirmed + named).toBe(effect.expected);
        if (effect.expected > 0) expect(effect.state === 'confirmed').toBe(named === 0);
        expect(effect.completedAt === null).toBe(effect.state !== 'confirmed');
        expect(effect.byOfrep.fetched).toBeLessThanOrEqual(effect.byOfrep.expected);
      }),
    );
  });

  test('is not made worse by what starts later, and never by one more acknowledgement', () => {
    fc.assert(
      fc.property(instances, instance, (all, extra) => {
        const before = effectOf(rollback, all, now);
        const later = { ...extra, instanceId: 'later', firstSeenAt: appliedAt + 1 };
        expect(effectOf(rollback, [...all, later], now)).toEqual(before);
        const acknowledged = all.map((each, index) =>
          index === 0 ? { ...each, acknowledgedAt: each.acknowledgedAt ?? now } : each,
        );
        expect(effectOf(rollback, acknowledged, now).confirmed).toBeGreaterThanOrEqual(before.confirmed);
      }),
    );
  });

  test('takes as long as its slowest confirmation, from being asked', () => {
    const effect = effectOf(
      rollback,
      [one({ acknowledgedAt: appliedAt + 80 }), one({ instanceId: 'b', acknowledgedAt: appliedAt + 300 })],
      now,
    );
    expect(effect).toMatchObject({
      state: 'confirmed',
      expected: 2,
      slowestMs: 320,
      completedAt: appliedAt + 300,
    });
  });

  test('waits for nobody who has stopped, or who serves its failure behaviour already', () => {
    const gone = one({ instanceId: 'gone', stoppedAt: appliedAt + 5 });
    const fallen = one({ instanceId: 'fallen', isFallback: true });
    expect(effectOf(rollback, [one({ acknowledgedAt: appliedAt }), gone, fallen], now)).toMatchObject({
      ...{ state: 'confirmed', expected: 1 },
    });
  });

  test('is not there where a lever is not honoured, and says which', () => {
    const deaf = one({ acknowledgedAt: appliedAt, levers: [] });
    expect(effectOf(rollback, [deaf], now)).toMatchObject({
      ...{ state: 'applied', expected: 1, confirmed: 0 },
      unhonoured: [{ instanceId: 'a', levers: ['disable'] }],
    });
  });

  test('calls a caller without our SDK late, and never silent', () => {
    const caller = one({ via: 'ofrep', seenAt: now - silentAfter - 1 });
    const { stragglers, silent: count } = effectOf(rollback, [caller, one()], now);
    expect(stragglers.find(({ via }) => via === 'ofrep')).toMatchObject({ silent: false });
    expect(count).toBe(0);
  });

  test('tells silent stragglers from slow ones', () => {
    const silent = one({ instanceId: 'silent', seenAt: now - silentAfter - 1 });
    const { stragglers, silent: count } = effectOf(rollback, [silent, one()], now);
    expect([stragglers.map((each) => each.silent).sort(), count]).toEqual([[false, true], 1]);
  });

  test('of a drill counts what was taken over before it ended', () => {
    const drill = { ...rollback, endsAt: appliedAt + 1_000 };
    expect(effectOf(drill, [one({ acknowledgedAt: appliedAt + 999 })], now).confirmed).toBe(1);
    expect(effectOf(drill, [one({ acknowledgedAt: appliedAt + 1_000 })], now).confirmed).toBe(0);
  });
});

const served = (releases: Record<string, string[]>): Served => {
  const digests = [...new Set(Object.values(releases).flat())];
  return {
    stages: new Map(Object.entries(releases).map(([stage, all]) => [stage, new Set(all)])),
    releases: new Map(
      digests.map((digest) => [digest, { main: { prompt: `p-${digest}`, model: `m-${digest}` } }]),
    ),
  };
};
const says = (stage: string | null, release: string, over: Partial<Serving> = {}): Serving => ({
  ...{ stage, release, prompts: { main: `p-${release}` }, models: { main: `m-${release}` } },
  ...over,
});

describe('drift', () => {
  const releases = ['r1', 'r2', 'r3', 'r4'];
  const versions = fc.dictionary(
    fc.constantFrom('internal', 'limited'),
    fc.subarray(releases, { minLength: 1 }),
  );

  test('is never found in an instance that serves what its version served, be it behind or just rolled back', () => {
    fc.assert(
      fc.property(versions, versions, fc.boolean(), fc.boolean(), (older, newer, isRemembered, isSettled) => {
        const serves = Object.entries(older).flatMap(([stage, all]) =>
          all.map((release) => says(stage, release)),
        );
        const ever = served({ ever: [...Object.values(older), ...Object.values(newer)].flat() });
        expect(driftOf(serves, isRemembered ? served(older) : null, ever, isSettled)).toEqual([]);
        // It has taken the newer version over, and has answered from the one before until now.
        expect(driftOf(serves, served(newer), ever, false)).toEqual([]);
      }),
    );
  });

  test('is always found in what was never served, whatever is remembered', () => {
    fc.assert(
      fc.property(versions, fc.boolean(), fc.boolean(), (all, isRemembered, isSettled) => {
        const exact = isRemembered ? served(all) : null;
        const found = driftOf([says('internal', 'own-build')], exact, served(all), isSettled);
        expect(found).toEqual([{ kind: 'release', reported: 'own-build' }]);
      }),
    );
  });

  test('is found in a release that was left, once the instance has settled in the version after', () => {
    const ever = served({ internal: ['r1', 'r2'] });
    expect(driftOf([says('internal', 'r2')], served({ internal: ['r1'] }), ever, true)).toEqual([
      { kind: 'release', reported: 'r2' },
    ]);
    const both = served({ internal: ['r1'], limited: ['r2'] });
    expect(driftOf([says('internal', 'r2')], both, ever, true)).toEqual([
      { kind: 'release', reported: 'r2' },
    ]);
  });

  test('names the prompt or the model that an application has put in by itself', () => {
    const mended = says('internal', 'r1', { prompts: { main: 'by-hand' }, models: { main: 'cheaper' } });
    expect(driftOf([mended], served({ internal: ['r1'] }), null, true)).toEqual([
      { kind: 'prompt', reported: 'by-hand' },
      { kind: 'model', reported: 'cheaper' },
    ]);
  });
});

describe('reports of one instance', () => {
  const report = (over: Partial<InstanceReport>): InstanceReport => ({
    ...{
      workflowId: 'w',
      instanceId: 'i',
      keyId: 'k',
      environment: 'production',
      isPublic: false,
      via: 'sdk',
    },
    ...{
      application: '',
      sdk: '',
      levers: [],
      startedAt: 0,
      sentAt: 0,
      incarnation: 1,
      epoch: 1,
      serves: [],
    },
    ...{ isFallback: false, stopping: false, drift: [], receivedAt: 0 },
    ...over,
  });
  const version = fc.record({
    incarnation: fc.integer({ min: 1, max: 3 }),
    epoch: fc.integer({ min: 0, max: 5 }),
    sentAt: fc.integer({ min: 0, max: 30_000 }),
  });

  test('end with the newest version, in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 12 }), (all) => {
        const pending = new PendingObservations();
        for (const each of all) pending.report(report(each));
        const [kept] = pending.take().reports;
        expect(all.every((each) => replaces(kept!, report(each)))).toBe(true);
      }),
    );
  });

  test('are ordered by when they arrived where they cannot have overtaken each other', () => {
    const known = report({ sentAt: 100_000, receivedAt: 0 });
    const next = (receivedAt: number, over = {}) => report({ sentAt: 60_000, receivedAt, ...over });
    const [soon, later, older] = [next(500), next(9_000), next(9_000, { epoch: 0 })];
    expect([soon, later, older].map((one) => replaces(one, known))).toEqual([false, true, false]);
    // Who has said goodbye is brought back by nothing that was on its way before; a goodbye is the last of its run.
    expect(replaces(next(9_000), { ...known, stopping: true })).toBe(false);
    expect(replaces(next(9_000, { sentAt: 40_000 }), { ...known, stopping: true })).toBe(true);
    expect(replaces(next(500, { stopping: true }), known)).toBe(true);
  });

  test('lose nothing when a batch could not be written', () => {
    const pending = new PendingObservations();
    const count = { workflowId: 'w', stageKey: '', served: 'failure', source: 'sdk' as const, receivedAt: 0 };
    pending.count({ ...count, requests: 2 });
    pending.report(report({ epoch: 4 }));
    const failed = pending.take();
    pending.count({ ...count, requests: 3 });
    pending.report(report({ epoch: 3 }));
    pending.putBack(failed);
    const { counts, reports } = pending.take();
    expect([counts.map(({ requests }) => requests), reports.map(({ epoch }) => epoch)]).toEqual([[5], [4]]);
  });
});
