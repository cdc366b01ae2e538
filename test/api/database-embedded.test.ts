import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { lockFolder } from '../../apps/api/src/platform/database/folder-lock.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';

const writer = fileURLToPath(new URL('../support/embedded-writer.mjs', import.meta.url));
const built = fileURLToPath(
  new URL('../../apps/api/dist/platform/database/open-database.js', import.meta.url),
);
const children: ChildProcess[] = [];
let folder: string;

beforeAll(() => {
  if (!existsSync(built)) throw new Error('This test runs the built API: npm test builds it first');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-embedded-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a process that writes, and collects what it says was committed. */
async function startWriter(): Promise<{ child: ChildProcess; acknowledged: string[] }> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const acknowledged: string[] = [];
  let errors = '';
  let rest = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(errors)));
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === 'open') resolve();
        else acknowledged.push(line);
      }
    });
  });
  return { child, acknowledged };
}

const open = () => openDatabase({ databaseUrl: null, migrateUrl: null, dataFolder: folder });

test('what was acknowledged before the process was killed is there when the folder is opened again', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const run = await startWriter();
    while (run.acknowledged.length < 5) await wait(20);
    await wait(300 * Math.random());
    run.child.kill('SIGKILL');
    await once(run.child, 'exit');
    acknowledged.push(...run.acknowledged);
  }
  const database = await open();
  try {
    const teams = await database.client.team.findMany({ include: { members: true } });
    const found = new Set(teams.map(({ id }) => id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    // A transaction is there whole or not at all.
    expect(teams.filter(({ members }) => members.length !== 1)).toEqual([]);
  } finally {
    await database.close();
  }
}, 180_000);

test('a second process does not open the folder and says who has it', async () => {
  const { child } = await startWriter();
  await expect(open()).rejects.toThrow(
    new RegExp(`in use by process ${String(child.pid)} on ${hostname()}, since 20\\d\\d-.*HOLDPOINT_DATA`),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('a folder that was closed can be opened again, with what was in it', async () => {
  const first = await open();
  await first.client.team.create({
    data: { id: crypto.randomUUID(), key: 'one', name: 'One', createdAt: new Date() },
  });
  await first.close();
  const second = await open();
  expect(await second.client.team.count()).toBe(1);
  await second.close();
  expect(existsSync(join(folder, 'holdpoint.lock'))).toBe(false);
});

test('a first opening that was cut short is set aside and begun anew', async () => {
  const first = await open();
  await first.close();
  await rm(join(folder, 'pgdata.complete'));
  await writeFile(join(folder, 'pgdata/PG_VERSION'), 'half a file');
  const second = await open();
  expect(await second.client.team.count()).toBe(0);
  await second.close();
});

const lockPath = () => join(folder, 'holdpoint.lock');
const writeLock = (change: object) => {
  const holder = { pid: process.pid, host: hostname(), startedAt: '2026-11-01T00:00:00.000Z', born: null };
  return writeFile(lockPath(), JSON.stringify({ ...holder, ...change }));
};

test('the lock of a process that died is taken over, also when its number is in use again', async () => {
  await writeLock({ pid: 2 ** 22 + 1 });
  await (
    await lockFolder(folder)
  )();
  await writeLock({ born: '1' });
  const unlock = await lockFolder(folder);
  expect(JSON.parse(await readFile(lockPath(), 'utf8'))).toMatchObject({ pid: process.pid });
  await unlock();
});

test('the lock of another machine holds for as long as that machine shows signs of life', async () => {
  await writeLock({ host: 'elsewhere', pid: 7 });
  await expect(lockFolder(folder)).rejects.toThrow(/in use by process 7 on elsewhere, since 2026-11-01/);
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  await utimes(lockPath(), twoMinutesAgo, twoMinutesAgo);
  await (
    await lockFolder(folder)
  )();
});

test('of many that want the folder at once, one gets it', async () => {
  await writeLock({ pid: 2 ** 22 + 1 });
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
