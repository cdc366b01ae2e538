// Compiles apps/api/src to apps/api/dist, and packages/client likewise, with swc, as ES modules; data files are copied.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './fingerprint.mjs';

const require = createRequire(import.meta.url);
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder with src, and dist to be made of it. */
const api = folderOf('apps/api');
const client = folderOf('packages/client');

function folderOf(name) {
  return { source: join(root, name, 'src'), target: join(root, name, 'dist') };
}

/** Where a source file ends up. */
export function outputOf(file) {
  const { source, target } = file.startsWith(client.source) ? client : api;
  return join(target, relative(source, file)).replace(/(?<!\.d)\.ts$/, '.js');
}

/** Compiles one source file, or copies it when it is data. Types alone (.d.ts) leave nothing behind. */
export async function compileFile(file) {
  if (file.endsWith('.d.ts')) return;
  const output = outputOf(file);
  await mkdir(dirname(output), { recursive: true });
  if (!file.endsWith('.ts')) {
    await cp(file, output);
    return;
  }
  const { transformFile } = require('@swc/core');
  // Relative: what is packed says nothing of the machine that packed it.
  const sourceFileName = relative(dirname(output), file).replaceAll('\\', '/');
  const { code, map } = await transformFile(file, {
    ...{ configFile: join(root, '.swcrc'), swcrc: true, sourceFileName },
  });
  await writeFile(output, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`);
  await writeFile(`${output}.map`, map ?? '');
}

/** Of what is written beside a script: its map ends like that, and its declaration stands for it. */
const ofScript = (end) => (end === '.map' ? '' : '.js');

/** Compiles everything, and removes what a deleted source left behind. What runs from the folder keeps running. */
async function compile({ source, target }) {
  const files = filesUnder(source);
  await Promise.all(files.map(compileFile));
  const expected = new Set(files.map(outputOf));
  const stale = filesUnder(target).filter((file) => {
    const isBundle = /^server[^/\\]*\.js$/.test(relative(target, file));
    return !isBundle && !expected.has(file) && !expected.has(file.replace(/\.map$|\.d\.ts$/, ofScript));
  });
  await Promise.all(stale.map((file) => rm(file)));
}

export const compileApi = () => compile(api);
export const compileClient = () => compile(client);
