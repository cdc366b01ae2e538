// Prisma's schema engine as WebAssembly, over a throw-away PGlite: diffs the schema without any download.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);
let instantiated;

async function instantiate() {
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

async function withEngine(database, datamodel, use) {
  await (instantiated ??= instantiate());
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database));
  const datamodels = [['schema.prisma', datamodel]];
  const schemaEngine = await engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  try {
    return await use(schemaEngine);
  } finally {
    schemaEngine.free();
  }
}

const datamodelTarget = (datamodel) => ({
  tag: 'schemaDatamodel',
  files: [{ path: 'schema.prisma', content: datamodel }],
});
const filters = { externalTables: [], externalEnums: [] };

/** SQL that takes `database` (a PGlite with migrations applied) to `datamodel`; only a comment when they agree. */
export async function scriptFromDatabase(database, datamodel) {
  return withEngine(database, datamodel, async (schemaEngine) => {
    const from = { tag: 'schemaDatasource', files: datamodelTarget(datamodel).files, configDir: '.' };
    const to = datamodelTarget(datamodel);
    return (await schemaEngine.diff({ from, to, script: true, exitCode: null, filters })).stdout ?? '';
  });
}
