import { PrismaPg } from '@prisma/adapter-pg';
import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { pino } from 'pino';
import { Database } from './database.js';
import { openEmbedded } from './embedded.js';
import { EmbeddedAdapterFactory } from './embedded-adapter.js';
import { lockFolder } from './folder-lock.js';
import { overServer, withinProcess } from './notifications.js';
import { migratePostgres, openPool, type PostgresOptions, statementNames } from './postgres-pool.js';

export type DatabaseOptions = {
  /** PostgreSQL; null means the embedded database in `dataFolder`. */
  databaseUrl: string | null;
  /** The owner role that runs migrations; null means `databaseUrl` does. */
  migrateUrl: string | null;
  dataFolder: string;
  /** Connections to PostgreSQL; 10 unless said otherwise. */
  poolSize?: number;
};

/**
 * Opens the database that the configuration names, brought to the newest migration.
 * @throws FolderInUseError, MigrationError, or the driver's own error when the server cannot be reached.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataFolder, poolSize = 10 } = options;
  if (databaseUrl !== null) {
    return openServer({ databaseUrl, migrateUrl: options.migrateUrl ?? databaseUrl, poolSize });
  }
  const unlock = await lockFolder(dataFolder);
  try {
    const embedded = await openEmbedded(dataFolder);
    return overPglite(embedded, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A database that lives and ends with this process. */
export async function openInMemory(): Promise<Database> {
  return overPglite(await openEmbedded(null));
}

function overPglite(embedded: PGlite, unlock?: () => Promise<void>): Database {
  return new Database({
    engine: 'pglite',
    adapter: new EmbeddedAdapterFactory(embedded),
    notifications: withinProcess(),
    asOwner: true,
    release: async () => {
      await embedded.close();
      await unlock?.();
    },
  });
}

async function openServer(options: PostgresOptions): Promise<Database> {
  await migratePostgres(options.migrateUrl);
  const { pool, asOwner } = await openPool(options);
  if (asOwner) {
    const log = pino({ name: 'database' });
    log.warn('running with the rights of DATABASE_URL: its role may not become holdpoint_runtime');
  }
  const listener = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: 'holdpoint listener',
      keepAlive: true,
    });
    await client.connect();
    return client;
  };
  return new Database({
    engine: 'postgres',
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() as (query: object) => string }),
    notifications: overServer(pool, listener),
    asOwner,
    release: () => pool.end(),
  });
}
