import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildImage, readImage } from '../../apps/api/src/platform/database/embedded-image.js';
import { readMigrations } from '../../apps/api/src/platform/database/migration-file.js';
import { scriptFromDatabase } from '../../apps/api/tools/schema-engine.mjs';

let migrated: PGlite;
let schema: string;
beforeAll(async () => {
  const migrations = await readMigrations();
  await buildImage(migrations);
  migrated = new PGlite({ loadDataDir: (await readImage(migrations)) ?? new Blob() });
  schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
});
afterAll(() => migrated.close());

const statements = (script: string) =>
  script.split('\n').filter((line) => line !== '' && !line.startsWith('--'));

test('what the migrations make is what the schema says', async () => {
  expect(statements(await scriptFromDatabase(migrated, schema))).toEqual([]);
});

test('a column that only the schema has is found', async () => {
  const drifted = schema.replace('model Team {', 'model Team {\n  motto String?');
  expect(statements(await scriptFromDatabase(migrated, drifted))).toEqual([
    'ALTER TABLE "team" ADD COLUMN     "motto" TEXT;',
  ]);
});

test('a table that only the database has is found', async () => {
  const drifted = schema.replace(/model ContractDraft \{[^}]*\}/, '');
  expect(statements(await scriptFromDatabase(migrated, drifted))).toEqual(['DROP TABLE "contract_draft";']);
});
