// Prints the SQL that takes a database with every kept migration to prisma/schema.prisma. A person reviews it, adds what
// the schema cannot say (checks, triggers, grants), and keeps it as prisma/migrations/<time>_<name>/migration.sql.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { scriptFromDatabase } from './schema-engine.mjs';

const prisma = fileURLToPath(new URL('../../../prisma', import.meta.url));
const kept = (await readdir(`${prisma}/migrations`, { withFileTypes: true })).filter((entry) =>
  entry.isDirectory(),
);
const database = new PGlite();
for (const name of kept.map((entry) => entry.name).sort())
  await database.exec(await readFile(`${prisma}/migrations/${name}/migration.sql`, 'utf8'));
process.stdout.write(await scriptFromDatabase(database, await readFile(`${prisma}/schema.prisma`, 'utf8')));
await database.close();
