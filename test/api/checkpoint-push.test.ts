import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readCheckpoint, type SignedCheckpoint } from '@holdpoint/client/ledger/checkpoint.domain.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import { isPublicAddress } from '../../apps/api/src/platform/http/public-address.js';
import { CheckpointPush } from '../../apps/api/src/platform/ledger/checkpoint-push.js';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { createEngine, type Engine } from '../support/engine.js';
import { exportOf, keyOf, LedgerFiles } from '../support/ledger-file.js';
import { newLedgerKey } from '../support/ledger-keys.js';
import { createWorld, type Person, type World } from '../support/world.js';

let engine: Engine;
let files: LedgerFiles;
let auditor: Person;
const { privatePem } = newLedgerKey();
const secret = 'the-same-for-every-replica-of-this-test';
const worlds: World[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  engine = await createEngine();
  files = await LedgerFiles.open();
  auditor = await (await replica({})).person({ organisationRoles: ['auditor'] });
}, 180_000);
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  await files.close();
  await engine.close();
});

/** A replica of its own over the one database, with one key for all. */
async function replica(env: Record<string, string>): Promise<World> {
  const kept = { ...engine, close: () => Promise.resolve() };
  const world = await createWorld(
    { HOLDPOINT_LEDGER_KEY: privatePem, HOLDPOINT_SECRET: secret, ...env },
    [],
    kept,
  );
  worlds.push(world);
  return world;
}

/** An act, and a checkpoint of it. */
async function checkpoint(world: World): Promise<number> {
  await world.team();
  return (await world.app.get(Checkpoints).take())!.number;
}

const push = (world: World) => world.app.get(CheckpointPush).deliver();
const numberOf = (line: string) =>
  readCheckpoint((JSON.parse(line) as { checkpoint: SignedCheckpoint }).checkpoint.canonical)!.number;
const numbersIn = async (path: string) =>
  (await readFile(path, 'utf8')).trimEnd().split('\n').filter(Boolean).map(numberOf);
const upTo = (number: number) => Array.from({ length: number }, (_, index) => index + 1);

interface Pushed {
  kind: string;
  lastPushed: number;
  failures: number;
  lastError: string | null;
}
async function shown(world: World): Promise<Pushed[]> {
  const query = '{ ledgerProof { pushes { kind lastPushed failures lastError } } }';
  return (await world.gql<{ ledgerProof: { pushes: Pushed[] } }>(query, {}, { as: auditor })).ledgerProof
    .pushes;
}

describe('Checkpoints are pushed to a file', () => {
  test('in order, each once, also after half a line was left behind', async () => {
    const path = join(files.folder, 'witness.jsonl');
    const world = await replica({ HOLDPOINT_LEDGER_PUSH_FILE: path });
    await checkpoint(world);
    await checkpoint(world);
    await push(world);
    const before = await numbersIn(path);
    await appendFile(path, '{"checkpoint":{"canon');
    const last = await checkpoint(world);
    await push(world);
    await push(world);
    expect(await numbersIn(path)).toEqual([...before, last]);
    expect(await numbersIn(path)).toEqual(upTo(last));
    expect(await shown(world)).toMatchObject([
      { kind: 'file', lastPushed: last, failures: 0, lastError: null },
    ]);
  });

  test('that an export is then held against', async () => {
    const path = join(files.folder, 'kept.jsonl');
    const world = await replica({ HOLDPOINT_LEDGER_PUSH_FILE: path });
    await checkpoint(world);
    await push(world);
    const key = await files.write(await keyOf(world, auditor), 'key.pem');
    const text = await exportOf(world, auditor);
    expect((await files.verify(text, key, '--trusted-checkpoint', path)).ok).toBe(true);
    await checkpoint(world);
    await checkpoint(world);
    await push(world);
    const old = await files.verify(text, key, '--trusted-checkpoint', path);
    expect(old.finding).toMatchObject({ kind: 'replayed' });
  });

  test('that belongs to something else is left as it is, and said so', async () => {
    const path = await files.write('My notes\n', 'notes.txt');
    const world = await replica({ HOLDPOINT_LEDGER_PUSH_FILE: path });
    await checkpoint(world);
    await push(world);
    expect(await readFile(path, 'utf8')).toBe('My notes\n');
    expect(await shown(world)).toMatchObject([
      { lastPushed: 0, failures: 1, lastError: expect.stringContaining('no checkpoint') },
    ]);
  });
});

describe('Checkpoints are pushed to an address', () => {
  /** A witness that answers with these statuses, then with 204. */
  async function witness(statuses: number[]) {
    const received: number[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const status = statuses.shift() ?? 204;
        if (status === 204) received.push(numberOf(body));
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { received, url: `http://127.0.0.1:${String(port)}/checkpoints?token=very-secret` };
  }

  test('again and again until they arrive, in the order of their numbers', async () => {
    const { received, url } = await witness([500, 302]);
    const world = await replica({ HOLDPOINT_LEDGER_PUSH_URL: url });
    await checkpoint(world);
    const last = await checkpoint(world);
    await push(world);
    expect(received).toEqual([]);
    const [failed] = await shown(world);
    expect(failed).toMatchObject({ kind: 'url', lastPushed: 0, failures: 1, lastError: 'it answered 500' });
    for (let tries = 0; tries < 100 && received.length < last; tries += 1) {
      await wait(100);
      await push(world);
    }
    expect(received).toEqual(upTo(last));
    expect(await shown(world)).toMatchObject([{ lastPushed: last, failures: 0, lastError: null }]);
    const table = JSON.stringify(
      await world.db.ledgerPush.findMany({ select: { target: true, lastError: true } }),
    );
    expect(table + world.logs.join()).not.toContain('very-secret');
  });

  test('once, when two replicas deliver at the same time', async () => {
    const { received, url } = await witness([]);
    const one = await replica({ HOLDPOINT_LEDGER_PUSH_URL: url });
    const other = await replica({ HOLDPOINT_LEDGER_PUSH_URL: url });
    const last = await checkpoint(one);
    await Promise.all([push(one), push(other)]);
    expect(received).toEqual(upTo(last));
  });

  test('never to a private network, and without TLS in tests alone', async () => {
    const world = await replica({ HOLDPOINT_LEDGER_PUSH_URL: 'https://10.1.2.3/checkpoints' });
    await checkpoint(world);
    await push(world);
    expect(await shown(world)).toMatchObject([{ failures: 1, lastError: 'it leads to a private address' }]);
    const url = 'http://witness.example.com/';
    expect(() => readConfig({ HOLDPOINT_LEDGER_PUSH_URL: url }, [])).toThrow(
      /HOLDPOINT_LEDGER_PUSH_URL: must be an https/,
    );
  });

  test.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['127.0.0.1', false],
    ['10.0.0.1', false],
    ['169.254.169.254', false],
    ['192.168.1.1', false],
    ['::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:a00:1', false],
    ['64:ff9b::a00:1', false],
    ['example.com', false],
  ])('%s is an address of the open internet: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});
