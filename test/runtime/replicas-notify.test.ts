import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { SnapshotStore } from '../../apps/api/src/modules/runtime/snapshot-store.service.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { createEngine, testEngine } from '../support/engine.js';
import { Listener } from '../support/event-source.js';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep } from '../support/ofrep.builder.js';
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

let url: string;
let one: World;
let other: World;
let served: ServedWorkflow;
let key: KeyHolder;

beforeAll(async () => {
  if (testEngine() !== 'postgres') return;
  const engine = await createEngine('postgres');
  url = engine.url ?? '';
  one = await createWorld({ HOLDPOINT_SECRET: secret }, [], engine);
  // Its own connections to the same database; it asks nothing by itself until a test has it do so.
  const database = await openDatabase({ databaseUrl: url, migrateUrl: null, dataFolder: '' });
  other = await createWorld({ HOLDPOINT_SECRET: secret }, [], {
    ...{ database, url: engine.url },
    close: () => database.close(),
  });
  served = await servedWorkflow(one);
  await adoptEverywhere(one, served);
  key = await runtimeKey(one, served);
});
afterAll(async () => {
  if (testEngine() !== 'postgres') return;
  Listener.closeAll();
  await other.close();
  await one.close();
});

const store = (world: World) => world.app.get(SnapshotStore, { strict: false });
const epoch = (world: World) => store(world).current(served.id)?.epoch ?? -1;
async function until(holds: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  const began = performance.now();
  while (!(await holds()) && performance.now() - began < ms) await pause(5);
  expect(await holds()).toBe(true);
}
/** As the server's administrator: others do not see who listens. */
async function askServer(columns: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `SELECT ${columns} FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'`,
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
const listening = () => askServer('pid');
/** Every connection that listens; those that ask and write stay. */
const cutListening = async () => {
  expect(await askServer('pg_terminate_backend(pid)')).toBeGreaterThan(1);
};

replicated(
  'a replica that asks for nothing serves a change as soon as it is told, and tells its streams',
  async () => {
    await until(() => epoch(other) === epoch(one), 2000);
    const stream = await Listener.open(await new Ofrep(other, key).stream());
    await stream.until((heard) => heard.length === 1);
    await narrowInternal(one, served, 'told');
    await until(() => epoch(other) === epoch(one), 500);
    await stream.until((heard) => heard.length === 2, 500);
    expect(stream.heard[1]?.data).toContain(`"${served.key}:1.${String(epoch(one))}"`);
    stream.close();
  },
);

replicated('replicas whose listening connections are cut listen again by themselves', async () => {
  const before = await listening();
  expect(before).toBeGreaterThan(0);
  await cutListening();
  await until(async () => (await listening()) < before, 1000);
  await until(async () => (await listening()) >= before, 5000);
  await narrowInternal(one, served, 'again');
  await until(() => epoch(other) === epoch(one), 500);
});

replicated(
  'a replica that is cut off from NOTIFY serves a change within two seconds all the same',
  async () => {
    store(other).start(1000);
    const before = await listening();
    await cutListening();
    const began = performance.now();
    await narrowInternal(one, served, 'unheard');
    await until(() => epoch(other) === epoch(one), 2000);
    expect(performance.now() - began).toBeLessThan(2000);
    // Only whoever listens again hears of what comes next.
    await until(async () => (await listening()) >= before, 5000);
  },
);

/** What is served cannot be read by this replica; the rest of the database answers. @returns what mends it */
function tear({ db: client }: World): () => void {
  const ask = Reflect.get(client, '$queryRaw') as (...given: unknown[]) => unknown;
  const torn = (texts: { raw?: unknown } & readonly string[], ...values: unknown[]) =>
    texts.join('').includes('FROM workflow w')
      ? Promise.reject(new Error('This cannot be read'))
      : ask.call(client, texts, ...values);
  Object.defineProperty(client, '$queryRaw', { value: torn, configurable: true });
  return () => Object.defineProperty(client, '$queryRaw', { value: ask, configurable: true });
}
async function ready({ url: address }: World): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${address}/readyz`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const unknown = { workflowId: null, incarnation: 0, epoch: 0 };

replicated(
  'a replica that heard of a newer version than it can read says so on /readyz and nowhere else',
  async () => {
    const mend = tear(other);
    try {
      await narrowInternal(one, served, 'torn');
      const behind = { workflowId: served.id, incarnation: 1, epoch: epoch(one) };
      await until(async () => (await ready(other)).status === 503, 4000);
      const { body } = await ready(other);
      expect(body).toMatchObject({ waitingFor: ['snapshots'] });
      expect(body['behind']).toContainEqual(expect.objectContaining(behind));
      expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
      expect((await new Ofrep(other, key).one(served.key)).status).toBe(200);
    } finally {
      mend();
    }
    await until(() => epoch(other) === epoch(one), 2500);
    await until(async () => (await ready(other)).status === 200, 2500);
  },
);

replicated(
  'a replica that heard of nothing and cannot read what there is says so too: it may be behind',
  async () => {
    const mend = tear(other);
    try {
      await until(async () => (await ready(other)).status === 503, 5000);
      expect((await ready(other)).body).toMatchObject({ waitingFor: ['snapshots'], behind: [unknown] });
      expect((await new Ofrep(other, key).one(served.key)).status).toBe(200);
    } finally {
      mend();
    }
    await until(async () => (await ready(other)).status === 200, 2500);
  },
);
