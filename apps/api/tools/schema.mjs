// `npm run schema`: writes apps/api/schema.graphql, as the product serves it. With --check it fails when that is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './compile-api.mjs';

await build(['client', 'package', 'api', 'image']);
const { GraphQLSchemaHost } = await import('@nestjs/graphql');
const { assertValidSchema, lexicographicSortSchema, printSchema } = await import('graphql');
const { createApp } = await import('../dist/create-app.js');
const { openInMemory } = await import('../dist/platform/database/open-database.js');
const { createLogger } = await import('../dist/platform/http/logger.js');
const { readConfig } = await import('../dist/platform/config/read-config.js');

const target = join(root, 'apps/api/schema.graphql');
const { config } = readConfig(
  { NODE_ENV: 'test', PORT: '0', HOLDPOINT_DATA: join(root, '.cache/schema') },
  [],
);
const database = await openInMemory();
const app = await createApp({ config, database, logger: createLogger('silent') });
await app.init();
const { schema } = app.get(GraphQLSchemaHost);
assertValidSchema(schema);
const served = printSchema(lexicographicSortSchema(schema));
await app.close();
await database.close();

const text = `# Emitted by npm run schema; do not edit.\n\n${served}\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error('apps/api/schema.graphql is out of date: run npm run schema');
  process.exitCode = 1;
}
