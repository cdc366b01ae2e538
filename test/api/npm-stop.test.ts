import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../support/stops-with-npm.mjs', import.meta.url));

let folder: string;
let said: string;
let parent: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-npm-'));
  said = join(folder, 'said');
});
afterEach(() => {
  const server = Number(lines()[0]);
  if (server > 0 && isAlive(server)) process.kill(server, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const lines = () => (existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : []);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs the script as npm does: in a process that starts a shell. Dies of a signal without passing it on. */
async function startedBy(env: NodeJS.ProcessEnv, line: string): Promise<number> {
  const program = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(line)}], { stdio: 'ignore' });`;
  parent = spawn(process.execPath, ['-e', program], {
    env: { PATH: process.env['PATH'], NODE: process.execPath, SCRIPT: script, SAID: said, ...env },
    stdio: 'ignore',
  });
  while (lines().length === 0) await sleep(20);
  return Number(lines()[0]);
}

async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (isAlive(pid) && Date.now() < until) await sleep(50);
  return !isAlive(pid);
}

const fromNpm = { npm_lifecycle_event: 'start' };

test.each([
  ['a shell that becomes the script', 'exec "$NODE" "$SCRIPT" "$SAID"'],
  ['a shell that waits for the script', '"$NODE" "$SCRIPT" "$SAID"; exit $?'],
])('when npm is gone, the server that it started through %s stops in order', async (_shell, line) => {
  const server = await startedBy(fromNpm, line);
  await sleep(700);
  expect(isAlive(server)).toBe(true);
  parent.kill('SIGTERM');
  // On a machine that is busy with other tests, starting to stop alone takes seconds.
  expect(await endsWithin(server, 30_000)).toBe(true);
  expect(lines()[1]).toBe('stopped in order');
});

test('a server that npm did not start outlives the terminal it was started from', async () => {
  const server = await startedBy({}, 'exec "$NODE" "$SCRIPT" "$SAID"');
  parent.kill('SIGTERM');
  expect(await endsWithin(server, 1500)).toBe(false);
});
