import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { z } from 'zod';
import { digestOfMigrations, readMigrations } from '../../apps/api/src/platform/database/migration-file.js';
import { migratePostgres } from '../../apps/api/src/platform/database/postgres-pool.js';
import { postgresBinaries } from './postgres-binaries.js';
import { answers, clusterUrl, startCluster } from './postgres-cluster.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const place = createHash('sha256').update(root).digest('hex').slice(0, 12);
const folder = join(tmpdir(), `holdpoint-test-postgres-${place}`);
const serverFile = join(folder, 'server.json');
const serverShape = z.object({ port: z.number(), pid: z.number() });

/** Whether a real PostgreSQL can run here; tests that need one skip, visibly, when it cannot. */
export const postgresAvailable = (): boolean => postgresBinaries() !== null;

function known(): { port: number; pid: number } | null {
  try {
    return serverShape.parse(JSON.parse(readFileSync(serverFile, 'utf8')));
  } catch {
    return null;
  }
}

/** One starter at a time; a starter that died is waited for no longer than a start takes. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = `${folder}.starting`;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      await wait(100);
      try {
        if (Date.now() - statSync(lock).mtimeMs > 60_000) rmSync(lock, { recursive: true, force: true });
      } catch {
        // Given back meanwhile.
      }
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** The server that all test processes share; the first starts it, and it ends with the last. */
export async function sharedPostgres(): Promise<{ port: number; url: (database: string) => string }> {
  return alone(async () => {
    let server = known();
    if (!server || !(await answers(server.port))) {
      const cluster = await startCluster(folder);
      server = { port: cluster.port, pid: cluster.pid };
      mkdirSync(join(folder, 'users'));
      writeFileSync(serverFile, JSON.stringify(server));
      const keeper = fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url));
      spawn(process.execPath, [keeper, folder, String(server.pid)], {
        detached: true,
        stdio: 'ignore',
      }).unref();
    }
    writeFileSync(join(folder, 'users', String(process.pid)), '');
    const { port } = server;
    return { port, url: (database: string) => clusterUrl(port, database) };
  });
}

/** Runs one statement as the superuser. */
export async function asSuperuser(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

let made = 0;

/** A fresh database of the shared server, migrated unless `empty`. */
export async function createPostgresDatabase({ empty = false } = {}): Promise<{
  url: string;
  drop: () => Promise<void>;
}> {
  const server = await sharedPostgres();
  const admin = server.url('postgres');
  const name = `test_${String(process.pid)}_${String((made += 1))}_${Date.now().toString(36)}`;
  const template = empty ? 'template1' : await migratedTemplate(server.url);
  await asSuperuser(admin, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return {
    url: server.url(name),
    drop: () => asSuperuser(admin, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function migratedTemplate(url: (database: string) => string): Promise<string> {
  const name = `template_${digestOfMigrations(await readMigrations()).slice(0, 16)}`;
  const client = new Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE "${name}_unfinished"`);
      await migratePostgres(url(`${name}_unfinished`));
      await client.query(`ALTER DATABASE "${name}_unfinished" RENAME TO "${name}"`);
    }
    return name;
  } finally {
    await client.end();
  }
}
