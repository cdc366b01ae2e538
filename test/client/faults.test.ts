import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf, snapshotOverlay, snapshotStage } from '../support/snapshot.builder.js';

const hour = 3_600_000;
const rolledBack = (epoch: number, over = {}) =>
  snapshotOf(epoch, { overlays: [snapshotOverlay('o', [{ kind: 'disable' }], over)] });
const two = (epoch: number, incarnation = 1) =>
  snapshotOf(epoch, { version: { incarnation, epoch }, stages: [snapshotStage('general', 'two')] });

let registry: ScriptedRegistry;
let clients: Clients;
let dataDir: string;

beforeEach(async () => {
  registry = await ScriptedRegistry.start();
  registry.serve(snapshotOf());
  clients = new Clients();
  dataDir = await mkdtemp(join(tmpdir(), 'holdpoint-sdk-'));
});
afterEach(async () => {
  await clients.close();
  await registry.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function connected(over = {}, here = {}) {
  const holdpoint = clients.make({ url: registry.url, workflows: ['support.reply'], dataDir, ...over }, here);
  await holdpoint.ready();
  return { holdpoint, reply: holdpoint.workflow('support.reply') };
}
const stored = () => join(dataDir, 'support.reply@production.json');
async function leaveStored() {
  const { holdpoint } = await connected();
  await holdpoint.close();
}

describe('with the registry down', () => {
  test('an application starts with what an earlier run stored, at once', async () => {
    await leaveStored();
    await registry.stop();
    const holdpoint = clients.make({ url: registry.url, dataDir });
    expect(holdpoint.workflow('support.reply').get()).toMatchObject({ release: 'one-alias', state: 'disk' });
    await registry.restart();
    await eventually('it is live', () => holdpoint.workflow('support.reply').state === 'live');
  });

  test('the stored file is whole, readable by its owner only, and alone in its folder', async () => {
    await leaveStored();
    expect(await readdir(dataDir)).toEqual(['support.reply@production.json']);
    expect((await stat(stored())).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, 300)],
    ['altered', (text: string) => text.replaceAll('one-alias', 'own-alias')],
    ['emptied', () => ''],
    ['replaced by something else', () => '{"format":1}'],
  ])('a stored file that was %s is left aside, and the failure behaviour holds', async (_how, damage) => {
    await leaveStored();
    await writeFile(stored(), damage(await readFile(stored(), 'utf8')));
    await registry.stop();
    const { reply } = await connected({ failure: { action: 'fallback', fallback: 'templates' } });
    expect(reply.get()).toMatchObject({ outcome: 'failure', fallbackTo: 'templates', state: 'fallback' });
    expect(clients.problems).toContainEqual(expect.objectContaining({ code: 'STORED' }));
    await registry.restart();
    await eventually('it is served again', () => reply.get().release === 'one-alias');
  });

  test('what an environment stored is not served in another', async () => {
    await leaveStored();
    await registry.stop();
    const { reply } = await connected({ environment: 'staging' });
    expect(reply.get()).toMatchObject({ outcome: 'failure', failure: { action: 'abstain' } });
  });

  test('an application waits no longer for it than it said', async () => {
    registry.intercept = () => true;
    const began = performance.now();
    const { reply } = await connected({ timeoutMs: 200 });
    expect(performance.now() - began).toBeLessThan(400);
    expect(reply.get()).toMatchObject({ isFallback: true, state: 'fallback' });
  });

  test('what was heard last is served from memory, and followed when it is back', async () => {
    const { holdpoint, reply } = await connected();
    const heard: string[] = [];
    for (const event of ['lost', 'restored'] as const) holdpoint.on(event, () => heard.push(event));
    await eventually('the stream is open', () => registry.openStreams === 1);
    await registry.stop();
    await eventually('it notices', () => reply.state === 'memory');
    expect(reply.get()).toMatchObject({ release: 'one-alias', state: 'memory' });
    registry.serve(rolledBack(2));
    await registry.restart();
    await eventually('it follows', () => reply.get().outcome === 'disabled');
    expect(heard).toEqual(['lost', 'restored']);
  });

  test('a registry without its database goes on serving, and so does the application', async () => {
    const { reply } = await connected();
    registry.intercept = (_request, response) => {
      response.writeHead(503, { 'content-type': 'text/plain' }).end('no database');
      return true;
    };
    registry.bye();
    await eventually('it notices', () => reply.state === 'memory');
    expect(reply.get().release).toBe('one-alias');
    registry.intercept = () => false;
    registry.serve(rolledBack(2));
    await eventually('it follows', () => reply.get().outcome === 'disabled');
  });

  test('a key that was revoked keeps serving what it last had, and says so', async () => {
    const { reply } = await connected();
    registry.intercept = (_request, response) => {
      response.writeHead(401).end();
      return true;
    };
    registry.bye();
    await eventually('it notices', () => reply.isRefused);
    expect(reply.get()).toMatchObject({ release: 'one-alias', state: 'memory' });
    expect(clients.problems).toContainEqual(expect.objectContaining({ code: 'REFUSED' }));
  });

  test('an application with no address and no key still runs', () => {
    const reply = clients.make({ key: '', url: 'not an address' }).workflow('support.reply');
    expect(reply.get()).toMatchObject({ isFallback: true, failure: { action: 'abstain' } });
    expect(clients.problems).toMatchObject([{ code: 'OPTIONS' }]);
  });
});

describe('versions', () => {
  test('only grow, in whatever order messages arrive', async () => {
    registry.serve(two(7));
    const { reply } = await connected();
    await eventually('the stream is open', () => registry.openStreams === 1);
    const seen: number[] = [];
    registry.serve(snapshotOf(6));
    for (const epoch of [5, 9, 8, 3]) registry.announce('support.reply', 1, epoch);
    registry.serve(snapshotOf(9));
    await eventually('it follows', () => (seen.push(reply.version.epoch), reply.version.epoch === 9));
    for (const epoch of [8, 4]) registry.serve(two(epoch));
    registry.bye();
    await eventually('the stream is open again', () => registry.openStreams === 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(reply.get()).toMatchObject({ release: 'one-alias', version: { incarnation: 1, epoch: 9 } });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test('of a database restored from an old copy count more, though their epochs are lower', async () => {
    registry.serve(snapshotOf(900));
    const { reply } = await connected();
    registry.serve(two(3, 2));
    await eventually('it follows', () => reply.get().release === 'two-alias');
    registry.serve(snapshotOf(901));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(reply.version).toEqual({ incarnation: 2, epoch: 3 });
  });

  test('that a lagging replica does not have yet are asked for until they are there', async () => {
    const { reply } = await connected();
    await eventually('the stream is open', () => registry.openStreams === 1);
    registry.announce('support.reply', 1, 2);
    setTimeout(() => {
      registry.tells = false;
      registry.serve(rolledBack(2));
    }, 150);
    await eventually('it follows', () => reply.get().outcome === 'disabled');
    expect(registry.asked.some(({ path }) => path.endsWith('?after=1.2'))).toBe(true);
  });

  test('on the disk never go back either', async () => {
    registry.serve(two(7));
    await leaveStored();
    registry.serve(snapshotOf(3));
    await leaveStored();
    await registry.stop();
    const { reply } = await connected();
    expect(reply.version).toEqual({ incarnation: 1, epoch: 7 });
  });
});

describe('a clock that is wrong by an hour', () => {
  test.each([
    ['behind', -hour],
    ['ahead', hour],
  ])('and %s neither delays a rollback nor keeps a drill', async (_way, off) => {
    const { reply } = await connected({}, { wallClock: () => Date.now() + off });
    registry.serve(rolledBack(2, { from: Date.now() }));
    await eventually('it follows', () => reply.version.epoch === 2);
    expect(reply.get().outcome).toBe('disabled');
    registry.serve(rolledBack(3, { from: Date.now(), to: Date.now() + 2500 }));
    await eventually('the drill holds', () => reply.version.epoch === 3);
    expect(reply.get().outcome).toBe('disabled');
    await eventually('the drill ends', () => reply.get().outcome === 'release');
  });

  test.each([
    ['behind', -hour],
    ['ahead', hour],
  ])(
    'and %s when the registry is down: a stored rollback holds, a stored drill has ended',
    async (_way, off) => {
      const here = { wallClock: () => Date.now() + off };
      const drill = {
        id: 'd',
        segment: [{ attribute: 'drill', operator: 'equals' as const, values: ['true'] }],
      };
      const overlays = [
        snapshotOverlay('d', [{ kind: 'disable' }], { ...drill, from: Date.now(), to: Date.now() + 1200 }),
        snapshotOverlay('o', [{ kind: 'fallback', to: 'search' }], { from: Date.now() }),
      ];
      registry.serve(snapshotOf(2, { overlays }));
      const { holdpoint } = await connected({}, here);
      await holdpoint.close();
      await registry.stop();
      const { reply } = await connected({}, here);
      expect(reply.get().outcome).toBe('fallback');
      await eventually('the drill has ended', () => reply.get({ drill: true }).outcome === 'fallback');
    },
  );
});
