import { randomUUID } from 'node:crypto';
import type { MigrationFile } from './migration-file.js';
import { MigrationError } from './migration-error.js';
import type { SqlConnection } from './sql-connection.js';

/** The number Prisma's own engine locks, so that `prisma migrate deploy` elsewhere waits for us and we for it. */
const migrationLock = 72707369;

/** Prisma's table, as its engine creates it. */
const recordTable = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null };

async function readApplied(connection: SqlConnection): Promise<AppliedRow[]> {
  const [found] = await connection.query<{ known: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS known",
  );
  if (!found?.known) return [];
  return connection.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at FROM public._prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
}

/** Which of the files are still to be applied. @throws MigrationError when history and files contradict each other. */
function pendingOf(files: readonly MigrationFile[], applied: readonly AppliedRow[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const row of applied) {
    const file = byName.get(row.migration_name);
    if (row.finished_at === null) {
      throw new MigrationError(
        `Migration ${row.migration_name} was begun by another tool and did not finish; resolve it with \`prisma migrate resolve\``,
      );
    }
    if (!file) {
      throw new MigrationError(
        `The database has migration ${row.migration_name}, which this version does not know: it was written by a newer version`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after it was applied (recorded sha256 ${row.checksum}, file ${file.checksum})`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return files.filter((file) => !done.has(file.name));
}

async function apply(connection: SqlConnection, file: MigrationFile): Promise<void> {
  await connection.script('BEGIN');
  try {
    await connection.query(
      'INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())',
      [randomUUID(), file.checksum, file.name],
    );
    await connection.script(file.sql);
    await connection.query(
      `UPDATE public._prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1
       WHERE migration_name = $1 AND rolled_back_at IS NULL`,
      [file.name],
    );
    await connection.script('COMMIT');
  } catch (error) {
    await connection.script('ROLLBACK');
    const why = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${file.name} failed and left nothing behind: ${why}`, {
      cause: error,
    });
  }
}

/**
 * Brings the database to the newest migration, each in a transaction of its own. Runners that start together
 * apply each migration once. With nothing to apply it only reads, so that a role without rights to create may run it.
 * @returns the names applied now.
 * @throws MigrationError when an applied migration is unknown, was changed, or one fails.
 */
export async function migrate(connection: SqlConnection, files: readonly MigrationFile[]): Promise<string[]> {
  if (pendingOf(files, await readApplied(connection)).length === 0) return [];
  await connection.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  try {
    await connection.script(recordTable);
    const pending = pendingOf(files, await readApplied(connection));
    for (const file of pending) await apply(connection, file);
    if (pending.length > 0) await connection.query('SELECT public.grant_runtime()');
    return pending.map((file) => file.name);
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  }
}
