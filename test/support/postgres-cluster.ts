import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresBinaries } from './postgres-binaries.js';
import { serverAccount } from './server-account.js';

export type Cluster = {
  folder: string;
  port: number;
  /** Of the postmaster. */
  pid: number;
  /** The superuser's address of one database. */
  url(database: string): string;
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export const clusterUrl = (port: number, database: string): string =>
  `postgresql://postgres@127.0.0.1:${String(port)}/${database}`;

/** Whether a server answers there. */
export async function answers(port: number): Promise<boolean> {
  const client = new Client({
    connectionString: clusterUrl(port, 'postgres'),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

// A test's data may go with a power cut; what a test measures or crashes on purpose may not.
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** Makes and starts a new server of its own in `folder`, which is emptied first. It outlives this process. */
export async function startCluster(folder: string, { durable = false } = {}): Promise<Cluster> {
  const bin = postgresBinaries();
  if (!bin) throw new Error('There are no PostgreSQL server binaries on this machine');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const as = serverAccount();
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...as, cwd: folder, stdio: 'pipe' },
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${String(port)}`,
    `unix_socket_directories=${folder}`,
    'max_connections=300',
    'shared_buffers=128MB',
    ...(durable ? [] : careless),
  ];
  const log = openSync(join(folder, 'log'), 'a');
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...as,
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  server.unref();
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers(port)) {
      return { folder, port, pid: server.pid ?? 0, url: (database) => clusterUrl(port, database) };
    }
    if (server.exitCode !== null) break;
    await wait(100);
  }
  throw new Error(`PostgreSQL did not start:\n${readFileSync(join(folder, 'log'), 'utf8')}`);
}

/** Stops a server and removes its folder. */
export async function stopCluster({ pid, folder }: Pick<Cluster, 'pid' | 'folder'>): Promise<void> {
  try {
    process.kill(pid, 'SIGQUIT');
    for (let tries = 0; tries < 100; tries += 1) {
      process.kill(pid, 0);
      await wait(50);
    }
  } catch {
    // It is gone.
  }
  rmSync(folder, { recursive: true, force: true });
}
