// `npm run schema`: writes what the running product says of itself, apps/api/schema.graphql and docs/permissions.md. With
// --check it fails when one of them is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { root } from './compile-api.mjs';

await build(['client', 'package', 'api', 'image']);
const { GraphQLSchemaHost } = await import('@nestjs/graphql');
const { assertValidSchema, lexicographicSortSchema, printSchema } = await import('graphql');
const { createApp } = await import('../dist/create-app.js');
const { openInMemory } = await import('../dist/platform/database/open-database.js');
const { createLogger } = await import('../dist/platform/http/logger.js');
const { readConfig } = await import('../dist/platform/config/read-config.js');
const { ModulesContainer } = await import('@nestjs/core');
const { resolveConfig } = await import('prettier');
const { permissions } = await import('../dist/platform/permissions/permission-table.js');
const { permitKey } = await import('../dist/platform/permissions/permit.js');
const { routePermissions } = await import('../dist/platform/permissions/route-permissions.js');
const { permissionsPage } = await import('./permissions-page.mjs');

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
const page = join(root, 'docs/permissions.md');
const modules = app.get(ModulesContainer);
const style = await resolveConfig(page);
const permissionsText = await permissionsPage({
  permissions,
  routePermissions,
  modules,
  permitKey,
  config: style,
});
await app.close();
await database.close();

for (const [path, text] of [
  [join(root, 'apps/api/schema.graphql'), `# Emitted by npm run schema; do not edit.\n\n${served}\n`],
  [page, permissionsText],
]) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${relative(root, path)} is out of date: run npm run schema`);
    process.exitCode = 1;
  }
}
