import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CheckpointTimer } from '../../apps/api/src/platform/ledger/checkpoint-timer.js';
import { createEngine, type Engine } from '../support/engine.js';
import { createWorld } from '../support/world.js';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine();
}, 180_000);
afterAll(() => engine.close());

const count = () => engine.database.client.ledgerCheckpoint.count();

test('Checkpoints are taken while something happens, none while nothing does, and one at an orderly stop', async () => {
  const world = await createWorld({}, [], { ...engine, close: () => Promise.resolve() });
  await world.team();
  world.app.get(CheckpointTimer).start(50);
  for (let tries = 0; tries < 100 && (await count()) === 0; tries += 1) await wait(50);
  expect(await count()).toBe(1);
  await wait(300);
  expect(await count()).toBe(1);
  await world.close();
  expect(await count()).toBe(1);

  const again = await createWorld({ HOLDPOINT_DATA: world.config.dataFolder }, [], {
    ...engine,
    close: () => Promise.resolve(),
  });
  again.app.get(CheckpointTimer).start(3_600_000);
  await again.team();
  await again.close();
  const last = await engine.database.client.ledgerCheckpoint.findFirstOrThrow({
    orderBy: { number: 'desc' },
  });
  expect(Number(last.number)).toBe(2);
  expect(Number(last.entries)).toBe(await engine.database.client.ledgerEntry.count());
});
