import type { Database } from '../../apps/api/src/platform/database/database.js';
import { buildImage } from '../../apps/api/src/platform/database/embedded-image.js';
import { readMigrations } from '../../apps/api/src/platform/database/migration-file.js';
import { openDatabase, openInMemory } from '../../apps/api/src/platform/database/open-database.js';
import { createPostgresDatabase, postgresAvailable } from './postgres.js';

export type Engine = {
  database: Database;
  /** The owner's address on PostgreSQL; null on the embedded database. */
  url: string | null;
  close: () => Promise<void>;
};

/** Which engine tests run on: a real PostgreSQL where one can start, unless HOLDPOINT_TEST_ENGINE says `embedded`. */
export const testEngine = (): 'pglite' | 'postgres' =>
  process.env['HOLDPOINT_TEST_ENGINE'] !== 'embedded' && postgresAvailable() ? 'postgres' : 'pglite';

/** A fresh, migrated, empty database for one test file. */
export async function createEngine(kind = testEngine()): Promise<Engine> {
  if (kind === 'postgres') {
    const { url, drop } = await createPostgresDatabase();
    const database = await openDatabase({ databaseUrl: url, migrateUrl: null, dataFolder: '' });
    const close = async () => {
      await database.close();
      await drop();
    };
    return { database, url, close };
  }
  await buildImage(await readMigrations());
  const database = await openInMemory();
  return { database, url: null, close: () => database.close() };
}
