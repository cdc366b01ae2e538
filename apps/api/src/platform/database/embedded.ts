import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readImage } from './embedded-image.js';
import { migrate } from './migrate.js';
import { readMigrations } from './migration-file.js';
import { overEmbedded } from './sql-connection.js';

/** Prisma's adapter reads every timestamp as UTC, whatever zone the session says. */
const session = "SET timezone = 'UTC'";

/**
 * Opens the embedded database, migrated; in memory when there is no folder. The caller holds the folder's lock.
 * A folder whose first opening was cut short is set aside, not removed.
 */
export async function openEmbedded(dataFolder: string | null): Promise<PGlite> {
  const migrations = await readMigrations();
  if (dataFolder === null) {
    const image = await readImage(migrations);
    return ready(new PGlite(image ? { loadDataDir: image } : {}));
  }
  const path = join(dataFolder, 'pgdata');
  const complete = join(dataFolder, 'pgdata.complete');
  await mkdir(dataFolder, { recursive: true });
  const isNew = !existsSync(complete);
  if (isNew && existsSync(path)) await rename(path, `${path}.incomplete-${String(Date.now())}`);
  const image = isNew ? await readImage(migrations) : null;
  const database = await ready(new PGlite({ dataDir: path, ...(image ? { loadDataDir: image } : {}) }));
  if (isNew) await writeFile(complete, `${new Date().toISOString()}\n`);
  return database;

  async function ready(opening: PGlite): Promise<PGlite> {
    await opening.waitReady;
    await opening.exec(session);
    await migrate(overEmbedded(opening), migrations);
    return opening;
  }
}
