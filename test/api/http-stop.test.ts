import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../apps/api/src/create-app.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import type { Permission } from '../../apps/api/src/platform/permissions/permission-table.js';
import { routePermissions } from '../../apps/api/src/platform/permissions/route-permissions.js';
import { createLogger } from '../../apps/api/src/platform/http/logger.js';
import { OpenRequests } from '../../apps/api/src/platform/http/open-requests.js';
import { stop } from '../../apps/api/src/stop.js';
import { createEngine, type Engine } from '../support/engine.js';
import { createWorld, type World } from '../support/world.js';

describe('without its database', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
    expect((await world.fetch('/readyz')).status).toBe(200);
    await world.database.close();
  });
  afterAll(() => world.close());

  test('the process is alive but not ready, and says what it waits for', async () => {
    expect((await world.fetch('/healthz')).status).toBe(200);
    const response = await world.fetch('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not ready', waitingFor: ['database'] });
  });

  test('a request fails with its id and nothing else; the log has the rest under that id', async () => {
    const response = await world.fetch('/api/setup/state', {
      headers: { 'x-request-id': 'failing-request' },
    });
    expect(response.status).toBe(500);
    const body = (await response.json()) as { error: { code: string; message: string }; requestId: string };
    expect(Object.keys(body).sort()).toEqual(['error', 'requestId']);
    expect(body).toMatchObject({ error: { code: 'INTERNAL_SERVER_ERROR' }, requestId: 'failing-request' });
    expect(body.error.message).not.toMatch(/prisma|pglite|closed|connect/i);
    const line = world.logs.find(
      (text) => text.includes('failing-request') && text.includes('"level":"error"'),
    );
    expect(line).toContain('stack');
  });
});

describe('asked to stop', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine();
  });
  afterAll(() => engine.close());

  test('it finishes what it began, ends streams politely, cuts what hangs, and lets go of the database', async () => {
    const { config } = readConfig({ NODE_ENV: 'test', PORT: '0', HOLDPOINT_SECRET: 'x'.repeat(40) }, []);
    const open = new OpenRequests();
    const logger = createLogger('silent');
    const app = await createApp({ config, database: engine.database, logger }, open);
    const fastify = app.getHttpAdapter().getInstance();
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    fastify.get('/test/slow', async () => slow.then(() => ({ done: true })));
    fastify.get('/test/hangs', () => new Promise(() => undefined));
    fastify.get('/test/stream', (_request: unknown, reply: { hijack(): void; raw: ServerResponse }) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.raw.write(': hello\n\n');
    });
    // Routes of the test's own, which would be closed like any that declares nothing.
    for (const path of ['slow', 'hangs', 'stream'])
      (routePermissions as Record<string, Permission>)[`GET /test/${path}`] = 'health.read';
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;

    const finishing = fetch(`${url}/test/slow`);
    const hanging = fetch(`${url}/test/hangs`).then(
      () => 'answered',
      () => 'cut',
    );
    const stream = await fetch(`${url}/test/stream`);
    const streamed = stream.text();
    while (open.count < 3) await sleep(10);

    const stopped = stop({ app, database: engine.database, open, logger }, 1);
    // The stream ends as streams do, long before anything is cut.
    expect(await Promise.race([streamed, sleep(900).then(() => 'still open')])).toBe(': hello\n\n');
    await expect(isAccepted(port)).resolves.toBe(false);
    release();
    const finished = await finishing;
    expect(finished.status).toBe(200);
    expect(await finished.json()).toEqual({ done: true });
    await stopped;
    expect(await hanging).toBe('cut');
    await expect(engine.database.client.user.count()).rejects.toThrow();
  });
});

/** Whether a new connection still gets an ordinary answer. */
function isAccepted(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.on('error', () => resolve(false)).end();
  });
}
