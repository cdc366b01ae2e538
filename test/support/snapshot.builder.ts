import type { Snapshot, SnapshotOverlay, SnapshotStage } from '../../packages/client/src/decide/snapshot.js';

const hex = (text: string) => Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64);
export const digestNamed = (name: string) => `sha256:${hex(name)}`;

export const snapshotRelease = (id: string, over: Partial<Snapshot['releases'][string]> = {}) => ({
  ...{ id, digest: digestNamed(id), alias: `${id}-alias`, number: 1, quarantines: [] },
  ...{ autonomyMode: 'suggest' as const, limits: null, budgets: null, outputSchema: { type: 'object' } },
  tools: [{ name: 'lookup', effect: 'read' as const }],
  steps: [
    {
      name: 'main',
      prompt: {
        ...{
          name: 'support/reply',
          version: 3,
          digest: digestNamed(`prompt of ${id}`),
          format: 'text' as const,
        },
        ...{
          template: `${id}: answer {{ticket}} for {{ customer.name }}`,
          variables: ['ticket', 'customer.name'],
        },
      },
      model: {
        ...{ name: 'support/small', version: 1, provider: 'example', model: 'small-2026-10-01' },
        ...{ digest: digestNamed(`model of ${id}`), parameters: { temperature: 0 } },
      },
    },
  ],
  ...over,
});

export const snapshotStage = (
  key: string,
  releaseId: string | null,
  over: Partial<SnapshotStage> = {},
): SnapshotStage => ({
  ...{ key, releaseId, rules: [], percentage: 100, bucketBy: 'user' },
  cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' },
  ...over,
});

export const snapshotOverlay = (
  id: string,
  levers: SnapshotOverlay['levers'],
  over: Partial<SnapshotOverlay> = {},
): SnapshotOverlay => ({ id, levers, stages: null, segment: [], from: Date.now() - 1000, to: null, ...over });

/** A workflow `support.reply` with one stage that holds release `one`, at epoch 1. */
export const snapshotOf = (epoch = 1, over: Partial<Snapshot> = {}): Snapshot => ({
  ...{ workflowId: '019aa000-0000-7000-8000-000000000001', key: 'support.reply', environment: 'production' },
  version: { incarnation: 1, epoch },
  stages: [snapshotStage('general', 'one')],
  overlays: [],
  releases: { one: snapshotRelease('one'), two: snapshotRelease('two', { number: 2 }) },
  failure: { action: 'escalate', fallback: 'people' },
  ...over,
});
