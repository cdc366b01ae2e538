import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SnapshotStore } from '../../apps/api/src/modules/runtime/snapshot-store.service.js';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
});
afterAll(() => world.close());

const store = () => world.app.get(SnapshotStore, { strict: false });

test('what an act changes is served here before the act is answered', async () => {
  const before = store().current(served.id);
  await adoptEverywhere(world, served);
  const held = store().byKey(served.key);
  expect(held?.version.epoch).toBeGreaterThan(before?.epoch ?? -1);
  expect(held?.snapshot.stages.map(({ key, releaseId }) => [key, releaseId])).toEqual([
    ['internal', served.release.id],
    ['limited', served.release.id],
    ['expanded', served.release.id],
    ['general', served.release.id],
  ]);
  const release = held?.snapshot.releases[served.release.id];
  expect(release).toMatchObject({ digest: served.release.digest, number: 1, quarantines: [] });
  expect(release?.steps[0]).toMatchObject({ name: 'main', prompt: { version: 1 }, model: { version: 1 } });
  expect(release?.steps[0]?.prompt.template).toContain('{{');
});
