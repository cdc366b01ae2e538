import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresBinaries } from '../support/postgres-binaries.js';
import { startCluster, stopCluster } from '../support/postgres-cluster.js';

/** A PostgreSQL server of our own, as durable as an installed one, for the length of a bench. */
export interface BenchServer {
  /** A new database: empty, or a copy of another that nobody is connected to. */
  newDatabase(template?: string): Promise<{ name: string; url: string }>;
  /** Has everything that new connections to a database send written to the log. */
  logStatements(database: string, on: boolean): Promise<void>;
  /** Everything the server has logged. */
  log(): string;
  /** Where pgbench is, or null where the installation has none. */
  pgbench: string | null;
  stop(): Promise<void>;
}

/** Precedes each record of the log, so that statements with line breaks can be told apart. */
export const logPrefix = '@@%p %d@@';

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @returns null where no PostgreSQL is installed. */
export async function startServer(): Promise<BenchServer | null> {
  const bin = postgresBinaries();
  if (bin === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-postgres-'));
  const cluster = await startCluster(folder, { durable: true });
  const admin = (sql: string) => withClient(cluster.url('postgres'), (client) => client.query(sql));
  await admin(`ALTER SYSTEM SET log_line_prefix = '${logPrefix}'`);
  await admin('SELECT pg_reload_conf()');
  let made = 0;
  const pgbench = join(bin, 'pgbench');
  return {
    async newDatabase(template = 'template1') {
      const name = `bench_${String((made += 1))}`;
      await admin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return { name, url: cluster.url(name) };
    },
    async logStatements(database, on) {
      await admin(`ALTER DATABASE ${database} SET log_statement = '${on ? 'all' : 'none'}'`);
    },
    log: () => readFileSync(join(folder, 'log'), 'utf8'),
    pgbench: existsSync(pgbench) ? pgbench : null,
    stop: () => stopCluster(cluster),
  };
}
