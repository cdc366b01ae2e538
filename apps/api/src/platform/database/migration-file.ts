import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One folder of prisma/migrations. */
export type MigrationFile = {
  name: string;
  sql: string;
  /** Hex sha256 of the file's bytes, as Prisma records it. */
  checksum: string;
};

/** The same place seen from the sources and from the build. */
export const migrationsFolder = fileURLToPath(new URL('../../../../../prisma/migrations', import.meta.url));

/** In the order in which they are applied: their names begin with a timestamp. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(join(folder, name, 'migration.sql'));
      const checksum = createHash('sha256').update(bytes).digest('hex');
      return { name, sql: bytes.toString('utf8'), checksum };
    }),
  );
}

/** Changes with any migration; tells whether something made from them is still of use. */
export function digestOfMigrations(migrations: readonly MigrationFile[]): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return hash.digest('hex');
}
