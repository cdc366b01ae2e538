import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SnapshotStore } from '../../apps/api/src/modules/runtime/snapshot-store.service.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import type { Database } from '../../apps/api/src/platform/database/database.js';
import { RuntimeKeys } from '../../apps/api/src/platform/identity/runtime-keys.js';
import { createEngine, testEngine, type Engine } from '../support/engine.js';
import type { KeyHolder } from '../support/key.builder.js';
import {
  adoptEverywhere,
  narrowInternal,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

const replicated = testEngine() === 'postgres' ? test : test.skip;
const secret = 'the-same-for-every-replica-of-this-test';

let engine: Engine;
let deaf: Database;
let one: World;
let other: World;
let served: ServedWorkflow;
let key: KeyHolder;

/** A replica that hears no notification, with its own connections to the same database. */
async function cutOff(url: string): Promise<Database> {
  const database = await openDatabase({ databaseUrl: url, migrateUrl: null, dataFolder: '' });
  database.listen = () => Promise.resolve(() => Promise.resolve());
  return database;
}

beforeAll(async () => {
  if (testEngine() !== 'postgres') return;
  engine = await createEngine('postgres');
  one = await createWorld({ HOLDPOINT_SECRET: secret }, [], engine);
  deaf = await cutOff(engine.url ?? '');
  other = await createWorld({ HOLDPOINT_SECRET: secret }, [], {
    ...{ database: deaf, url: engine.url },
    close: () => deaf.close(),
  });
  served = await servedWorkflow(one);
  await adoptEverywhere(one, served);
  key = await runtimeKey(one, served);
});
afterAll(async () => {
  if (testEngine() !== 'postgres') return;
  await other.close();
  await one.close();
});

const store = (world: World) => world.app.get(SnapshotStore, { strict: false });
const epoch = (world: World) => store(world).current(served.id)?.epoch ?? -1;
const fetchFrom = (world: World, path: string) => world.fetch(path, { as: key });
const evaluate = (world: World, query = '') =>
  world.fetch(`/ofrep/v1/evaluate/flags${query}`, {
    ...{ method: 'POST', as: key, body: '{"context":{"targetingKey":"u"}}' },
    headers: { 'content-type': 'application/json' },
  });
async function until(holds: () => boolean, ms: number): Promise<number> {
  const began = performance.now();
  while (!holds() && performance.now() - began < ms) await pause(5);
  expect(holds()).toBe(true);
  return performance.now() - began;
}

replicated('a replica that hears nothing catches up by asking, within two seconds', async () => {
  store(other).start(1000);
  await until(() => epoch(other) === epoch(one), 2000);
  await narrowInternal(one, served, 'polled');
  expect(epoch(other)).toBeLessThan(epoch(one));
  await until(() => epoch(other) === epoch(one), 2000);
});

replicated('a replica that is asked for a newer version has it before it answers', async () => {
  await narrowInternal(one, served, 'asked');
  const newest = epoch(one);
  expect(epoch(other)).toBeLessThan(newest);
  const etag = encodeURIComponent(`"${served.key}:1.${String(newest)}"`.replaceAll('"', ''));
  expect((await evaluate(other, `?flagConfigEtag=${etag}&flagConfigLastModified=1`)).status).toBe(200);
  expect(epoch(other)).toBe(newest);
  await narrowInternal(one, served, 'asked_again');
  const after = `1.${String(epoch(one))}`;
  const response = await fetchFrom(other, `/v1/snapshots/${served.key}?after=${after}`);
  expect(response.headers.get('etag')).toContain(`"${after}.`);
});

replicated('a version that no database has is answered with what there is', async () => {
  const response = await fetchFrom(other, `/v1/snapshots/${served.key}?after=9.9`);
  expect(response.status).toBe(200);
  expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
});

replicated('words of older versions, in whatever order, take nobody back', async () => {
  const newest = epoch(one);
  const seen: number[] = [];
  const stop = store(one).listen((_id, held) => void seen.push(held?.version.epoch ?? -1));
  for (const old of [newest - 1, 1, newest, newest - 2])
    await one.database.notify(
      'holdpoint_served',
      JSON.stringify({ workflowId: served.id, incarnation: 1, epoch: old }),
    );
  await pause(200);
  stop();
  expect([epoch(one), seen]).toEqual([newest, []]);
});

replicated('a revoked key is refused within a second by a replica that heard nothing of it', async () => {
  other.app.get(RuntimeKeys, { strict: false }).start(1000);
  const brief = await runtimeKey(one, served);
  const path = `/v1/snapshots/${served.key}`;
  expect((await other.fetch(path, { as: brief })).status).toBe(200);
  await one.mustAct('keyRevoke', 'key { id }', { keyId: brief.userId }, served.team.reviewer);
  expect((await one.fetch(path, { as: brief })).status).toBe(401);
  await pause(1500);
  expect((await other.fetch(path, { as: brief })).status).toBe(401);
});

replicated(
  'without its database a replica serves what it has, stays alive, and says that it is behind',
  async () => {
    await until(() => epoch(other) === epoch(one), 2500);
    const held = epoch(other);
    const gone = () => Promise.reject(new Error('The database is gone'));
    const { client } = deaf;
    const ask = Reflect.get(client, '$queryRaw') as unknown;
    Object.defineProperty(client, '$queryRaw', { value: gone, configurable: true });
    try {
      await narrowInternal(one, served, 'unreachable');
      expect((await evaluate(other)).status).toBe(200);
      expect(epoch(other)).toBe(held);
      const after = `1.${String(held + 1)}`;
      const refused = await fetchFrom(other, `/v1/snapshots/${served.key}?after=${after}`);
      expect(refused.status).toBe(503);
      await pause(2100);
      const ready = await fetch(`${other.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({
        waitingFor: ['database', 'snapshots'],
        // The second: nor does it know of what else there may be.
        behind: [
          { workflowId: served.id, incarnation: 1, epoch: held + 1 },
          { workflowId: null, incarnation: 0, epoch: 0 },
        ],
      });
      expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
    } finally {
      Object.defineProperty(client, '$queryRaw', { value: ask, configurable: true });
    }
    await until(() => epoch(other) === held + 1, 2500);
    expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
  },
);
