import { createHash } from 'node:crypto';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { pino } from 'pino';
import { migrate } from './migrate.js';
import { readMigrations } from './migration-file.js';
import { overPostgres } from './sql-connection.js';

export type PostgresOptions = {
  /** What the service runs with. */
  databaseUrl: string;
  /** The owner role that migrates; the same as `databaseUrl` in a small install. */
  migrateUrl: string;
  poolSize: number;
};

/** Every session: UTC, because the adapter reads timestamps so, and limits that free the locks of a stuck one. */
const sessionSettings = `
  SET timezone = 'UTC';
  SET default_transaction_isolation = 'read committed';
  SET statement_timeout = '60s';
  SET idle_in_transaction_session_timeout = '30s';`;

const asRuntime = 'SET ROLE holdpoint_runtime;';

/** Runs the migrations as the owner. @throws MigrationError, or the driver's error when there is no connection. */
export async function migratePostgres(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'holdpoint migrations' });
  await client.connect();
  try {
    const connection = overPostgres(client);
    const applied = await migrate(connection, await readMigrations());
    // A role that an administrator made since then has no rights yet.
    const [lacking] = await connection.query<{ lacking: boolean }>(
      `SELECT coalesce(bool_or(NOT has_table_privilege(oid, 'public.ledger_entry', 'SELECT')), FALSE)
              AND pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'public.ledger_entry'::regclass), 'MEMBER') AS lacking
       FROM pg_roles WHERE rolname = 'holdpoint_runtime'`,
    );
    if (lacking?.lacking) await connection.query('SELECT public.grant_runtime()');
    return applied;
  } finally {
    await client.end();
  }
}

/** Whether this connection's role may become the runtime role. */
async function mayBecomeRuntime(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(asRuntime);
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** Connections that run as the runtime role wherever the server lets them; `asOwner` says that it does not. */
export async function openPool(options: PostgresOptions): Promise<{ pool: pg.Pool; asOwner: boolean }> {
  const restricted = await mayBecomeRuntime(options.databaseUrl);
  const prepare = restricted ? `${sessionSettings} ${asRuntime}` : sessionSettings;
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    application_name: 'holdpoint',
    max: options.poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    onConnect: (client) => client.query(prepare) as unknown as undefined,
  });
  const log = pino({ name: 'database' });
  // Only its message: the error carries the client, and with it where it connects to and as whom.
  pool.on('error', ({ message }) =>
    log.warn({ reason: message }, 'an idle connection broke; another takes its place'),
  );
  return { pool, asOwner: !restricted };
}

/** Prepares a statement on its third use, up to a bound: texts of varying length would fill the server's memory. */
export function statementNames(most = 400): (query: SqlQuery) => string | undefined {
  const uses = new Map<string, number>();
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= most) return known;
    if (uses.size > 10 * most) uses.clear();
    const count = (uses.get(sql) ?? 0) + 1;
    uses.set(sql, count);
    if (count < 3) return undefined;
    const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    names.set(sql, name);
    uses.delete(sql);
    return name;
  };
}
