import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import type { WorkflowHandle } from '../../packages/client/src/sdk/workflow-handle.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { asSuperuser, postgresAvailable } from '../support/postgres.js';
import { startCluster, stopCluster, type Cluster } from '../support/postgres-cluster.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { bringBack, loseServer } from '../support/stopped-postgres.js';
import { thoroughness } from '../support/thoroughness.js';
import { createWorld, type RawAnswer, type World } from '../support/world.js';

const onServer = postgresAvailable() ? describe : describe.skip;
/** How long the database is gone: the minute that operators fear, or a moment of it. */
const seconds = thoroughness.outageSeconds;
const holdpoint = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const run = promisify(execFile);

onServer(`with the database gone for ${String(seconds)} seconds`, () => {
  let cluster: Cluster;
  let world: World;
  let workflow: ServedWorkflow;
  let narrow: KeyHolder;
  let clients: Clients;
  let isGone = false;
  let reply: WorkflowHandle;

  beforeAll(async () => {
    cluster = await startCluster(join(tmpdir(), `holdpoint-outage-${String(process.pid)}`), {
      durable: true,
    });
    await asSuperuser(cluster.url('postgres'), 'CREATE DATABASE registry');
    const url = cluster.url('registry');
    const database = await openDatabase({ databaseUrl: url, migrateUrl: null, dataFolder: '' });
    world = await createWorld({}, [], { database, url, close: () => database.close() });
    workflow = await servedWorkflow(world);
    await adoptEverywhere(world, workflow);
    narrow = await makeKey(world, workflow.team.reviewer, {
      scopes: ['narrow'],
      teamIds: [workflow.team.id],
    });
    const runtime = await runtimeKey(world, workflow);
    clients = new Clients();
    const instance = clients.make({ url: world.url, key: runtime.secret, timeoutMs: 5000 });
    reply = instance.workflow(workflow.key);
    await instance.ready();
    await eventually('the instance is live', () => reply.state === 'live');
  }, 180_000);
  afterAll(async () => {
    await clients.close();
    if (isGone) cluster = await bringBack(cluster);
    await world.close();
    await stopCluster(cluster);
  });

  const key = 'pressed-while-it-was-gone';
  const press = (): Promise<RawAnswer> =>
    world.raw(
      'mutation ($input: RollbackTriggerInput!) { rollbackTrigger(input: $input) { rollback { id number } userErrors { code } } }',
      {
        input: {
          ...{ workflowId: workflow.id, scope: 'workflow', levers: [{ kind: 'disable' }] },
          ...{ reason: 'It answers nonsense', idempotencyKey: key },
        },
      },
      { as: narrow },
    );
  const command = async () => {
    const env = { PATH: process.env['PATH'], HOLDPOINT_URL: world.url, HOLDPOINT_KEY: narrow.secret };
    const args = ['rollback', workflow.key, '--reason', 'It answers nonsense', '--disable'];
    const ended = await run(process.execPath, [holdpoint, ...args], { env, timeout: 60_000 }).catch(
      (error: unknown) => error,
    );
    const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  };

  test('instances keep serving, a rollback says that it was not recorded, and it works with the same key once it is back', async () => {
    await loseServer(cluster);
    isGone = true;
    const gone = performance.now();
    const refused = await press();
    const [error] = refused.body.errors ?? [];
    expect(refused.status).toBe(503);
    expect(error?.message).toMatch(/could not be recorded\. Try again with the same idempotencyKey/);
    expect(error?.extensions).toEqual({ code: 'DATABASE_UNAVAILABLE' });
    const { code, stderr } = await command();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('could not be recorded') });
    let served = 0;
    while (performance.now() - gone < seconds * 1000) {
      expect(reply.get().outcome).toBe('release');
      served += 1;
      await pause(20);
    }
    expect(served).toBeGreaterThan(10);
    expect((await fetch(`${world.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
    cluster = await bringBack(cluster);
    isGone = false;
    const first = await press();
    expect(first.body).toMatchObject({
      data: { rollbackTrigger: { rollback: { number: 1 }, userErrors: [] } },
    });
    const again = await press();
    expect(again.body).toEqual(first.body);
    expect(await world.db.rollback.count({ where: { workflowId: workflow.id } })).toBe(1);
    await eventually('the instance follows', () => reply.get().outcome === 'disabled', 10_000);
  }, 180_000);
});
