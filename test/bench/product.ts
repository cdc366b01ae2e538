import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const main = `${root}apps/api/dist/server.js`;

/** Signs the sessions of every product that a bench starts, so that they hold from one to the next. */
export const benchSecret = 'a-secret-of-the-benches-and-nobody-else';

export interface Product {
  url: string;
  pid: number;
  /** From the start of the process until /readyz said yes. */
  readyMs: number;
  /** Resident memory of the process now, in MB; null where the system does not tell. */
  residentMb(): number | null;
  /** In order, unless it is killed with `SIGKILL`. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** Runs the built product as its users do, in a process of its own; on a free port unless `env` has one. */
export async function startProduct(env: Record<string, string>, args: string[] = []): Promise<Product> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
    // A measurement of something that fails is none: say why.
    if (chunk.includes('"level":"error"')) process.stderr.write(chunk);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The product did not start:\n${said}`);
    if (performance.now() - started > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`The product was not ready within a minute:\n${said}`);
    }
    await sleep(5);
  }
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: performance.now() - started,
    residentMb() {
      if (process.platform !== 'linux') return null;
      const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'));
      return line ? Number(line[1]) / 1024 : null;
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}
