import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from './migrate.js';
import { digestOfMigrations, type MigrationFile } from './migration-file.js';
import { overEmbedded } from './sql-connection.js';

/** Beside the sources and the build alike, outside of both: a rebuild does not lose it. */
const folder = fileURLToPath(new URL('../../../.cache', import.meta.url));

/** An image is of use to exactly these migrations and this version of the engine. */
async function imagePath(migrations: readonly MigrationFile[]): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(entry), '../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const key = createHash('sha256')
    .update(`${version} ${digestOfMigrations(migrations)}`)
    .digest('hex');
  return join(folder, `embedded-image-${key.slice(0, 16)}.tar`);
}

/** The data folder of a migrated, empty database, which opens in a sixth of the time; null when none was built. */
export async function readImage(migrations: readonly MigrationFile[]): Promise<Blob | null> {
  try {
    return new Blob([await readFile(await imagePath(migrations))]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Builds the image unless there is one, and removes those of other versions. @returns whether it built. */
export async function buildImage(migrations: readonly MigrationFile[]): Promise<boolean> {
  const path = await imagePath(migrations);
  if (await readImage(migrations)) return false;
  const database = new PGlite();
  try {
    await migrate(overEmbedded(database), migrations);
    const dump = await database.dumpDataDir('none');
    await mkdir(folder, { recursive: true });
    const unfinished = `${path}.${String(process.pid)}`;
    await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
    await rename(unfinished, path);
  } finally {
    await database.close();
  }
  for (const name of await readdir(folder)) {
    const other = join(folder, name);
    if (/^embedded-image-\w+\.tar$/.test(name) && other !== path) await rm(other, { force: true });
  }
  return true;
}
