import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, type Decision } from '../../packages/client/src/decide/decide.js';
import {
  autonomyModes,
  toolEffects,
  type Lever,
  type Snapshot,
  type SnapshotOverlay,
  type SnapshotStage,
} from '../../packages/client/src/decide/snapshot.js';

const now = Date.parse('2026-11-23T12:00:00Z');
const workflowId = '019aa000-0000-7000-8000-000000000001';

const release = (id: string, over: Partial<Snapshot['releases'][string]> = {}) => ({
  ...{
    id,
    digest: `sha256:${id}`,
    number: 1,
    alias: id,
    quarantines: [],
    autonomyMode: 'autonomous' as const,
  },
  tools: [
    { name: 'send', effect: 'irreversible' as const },
    { name: 'look', effect: 'read' as const },
  ],
  ...{ steps: [], limits: null, budgets: null, outputSchema: {} },
  ...over,
});
const stage = (key: string, releaseId: string | null, over: Partial<SnapshotStage> = {}): SnapshotStage => ({
  ...{ key, releaseId, rules: [], percentage: 100, bucketBy: 'user' },
  cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' },
  ...over,
});
const insiders = [{ attribute: 'audience', operator: 'equals' as const, values: ['internal'] }];
const overlay = (id: string, levers: Lever[], over: Partial<SnapshotOverlay> = {}): SnapshotOverlay => ({
  ...{ id, levers, stages: null, segment: [], from: now - 1000, to: null },
  ...over,
});
const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  ...{ workflowId, key: 'support.reply', environment: 'production', version: { incarnation: 1, epoch: 7 } },
  stages: [
    stage('internal', 'new', { rules: insiders }),
    stage('limited', 'old', { percentage: 10 }),
    stage('general', 'old'),
  ],
  overlays: [],
  releases: { new: release('new'), old: release('old'), before: release('before') },
  failure: { action: 'abstain', fallback: 'people' },
  ...over,
});
const served = (decision: Decision) =>
  decision.outcome === 'release' ? decision.releaseId : decision.outcome;

describe('a request', () => {
  test('gets the release of the first stage whose audience it is in', () => {
    expect(served(decide(snapshot(), { audience: 'internal' }, now))).toBe('new');
    expect(decide(snapshot(), {}, now)).toMatchObject({ stage: 'general', releaseId: 'old' });
  });

  test('without a key to bucket by is in stages of everybody alone', () => {
    const half = snapshot({
      stages: [stage('limited', 'new', { percentage: 99.999 }), stage('general', 'old')],
    });
    expect(decide(half, {}, now)).toMatchObject({ stage: 'general' });
    expect(decide(half, { targetingKey: 'user-1' }, now)).toMatchObject({ stage: 'limited' });
  });

  test('falls through a stage that is empty or whose release is in quarantine', () => {
    const stages = [stage('internal', null), stage('limited', 'new'), stage('general', 'old')];
    const releases = {
      ...snapshot().releases,
      new: release('new', { quarantines: [{ stages: null, segment: [] }] }),
    };
    expect(decide(snapshot({ stages, releases }), {}, now)).toMatchObject({
      stage: 'general',
      releaseId: 'old',
    });
  });

  test('falls through a quarantine in its scope alone', () => {
    const acme = [{ attribute: 'tenant', operator: 'equals' as const, values: ['acme'] }];
    const left = release('new', { quarantines: [{ stages: ['internal'], segment: acme }] });
    const releases = { ...snapshot().releases, new: left };
    const stages = [stage('internal', 'new', { rules: insiders }), stage('general', 'new')];
    const at = (tenant: string, audience = 'internal') =>
      decide(snapshot({ stages, releases }), { tenant, audience }, now).stage;
    expect([at('acme'), at('other'), at('acme', 'external')]).toEqual(['general', 'internal', 'general']);
  });

  test('gets the failure behaviour where nothing is live', () => {
    const empty = snapshot({ stages: [stage('internal', null)] });
    expect(decide(empty, {}, now)).toMatchObject({
      outcome: 'failure',
      failure: { action: 'abstain' },
      stage: null,
    });
  });

  test('that names its stage is asked about no other', () => {
    expect(decide(snapshot(), { stage: 'internal' }, now)).toMatchObject({
      stage: 'internal',
      releaseId: 'new',
    });
    expect(decide(snapshot(), { stage: 'nowhere' }, now)).toMatchObject({ outcome: 'failure' });
  });

  test('is allowed the lesser of what the contract and the stage allow', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...autonomyModes),
        fc.constantFrom(...autonomyModes),
        fc.constantFrom(...toolEffects),
        (contract, cap, effect) => {
          const limited = snapshot({
            stages: [stage('general', 'old', { cap: { autonomyMode: cap, toolEffect: effect } })],
            releases: { old: release('old', { autonomyMode: contract }) },
          });
          const decision = decide(limited, {}, now);
          if (decision.outcome !== 'release') throw new Error(decision.outcome);
          const level = autonomyModes.indexOf(decision.autonomyMode);
          expect(level).toBe(Math.min(autonomyModes.indexOf(contract), autonomyModes.indexOf(cap)));
          expect(decision.disabledTools).toEqual(effect === 'irreversible' ? [] : ['send']);
        },
      ),
    );
  });
});

describe('a rollback', () => {
  test('that disables ends the evaluation, whatever else is laid over', () => {
    const levers: Lever[][] = [
      [{ kind: 'disable' }],
      [{ kind: 'serve', releaseId: 'before' }],
      [{ kind: 'fallback', to: 'search' }],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(levers, { minLength: 3 }), (order) => {
        const overlays = order.map((one, index) => overlay(String(index), one));
        expect(decide(snapshot({ overlays }), { audience: 'internal' }, now)).toMatchObject({
          outcome: 'disabled',
        });
      }),
    );
  });

  test('of one stage leaves the others alone', () => {
    const overlays = [overlay('one', [{ kind: 'serve', releaseId: 'before' }], { stages: ['internal'] })];
    expect(served(decide(snapshot({ overlays }), { audience: 'internal' }, now))).toBe('before');
    expect(served(decide(snapshot({ overlays }), {}, now))).toBe('old');
  });

  test('of a segment leaves everybody else alone', () => {
    const segment = [{ attribute: 'tenant', operator: 'in' as const, values: ['acme'] }];
    const overlays = [overlay('one', [{ kind: 'fallback', to: 'people' }], { segment })];
    expect(decide(snapshot({ overlays }), { tenant: 'acme' }, now)).toMatchObject({
      outcome: 'fallback',
      to: 'people',
    });
    expect(served(decide(snapshot({ overlays }), { tenant: 'other' }, now))).toBe('old');
  });

  test('begins and ends on time', () => {
    const overlays = [overlay('one', [{ kind: 'disable' }], { from: now, to: now + 10 })];
    const at = (time: number) => decide(snapshot({ overlays }), {}, time).outcome;
    expect([at(now - 1), at(now), at(now + 9), at(now + 10)]).toEqual([
      'release',
      'disabled',
      'disabled',
      'release',
    ]);
  });

  test('of a tool takes that tool away and changes no release', () => {
    const overlays = [overlay('one', [{ kind: 'disableTool', tool: 'look' }])];
    const decision = decide(snapshot({ overlays }), {}, now);
    expect(decision).toMatchObject({ releaseId: 'old', disabledTools: ['look'], overlayId: 'one' });
  });

  test('of whoever is in no stage leaves the stages alone', () => {
    const overlays = [overlay('one', [{ kind: 'disable' }], { stages: [] })];
    const none = snapshot({ stages: [stage('internal', 'new', { rules: insiders })], overlays });
    expect(decide(none, {}, now)).toMatchObject({ stage: null, outcome: 'disabled' });
    expect(served(decide(none, { audience: 'internal' }, now))).toBe('new');
  });

  test('reaches also whoever is in no stage, where it names none', () => {
    const overlays = [overlay('one', [{ kind: 'fallback', to: 'templates' }])];
    const none = snapshot({ stages: [stage('internal', 'new', { rules: insiders })], overlays });
    expect(decide(none, {}, now)).toMatchObject({ stage: null, outcome: 'fallback' });
  });
});
