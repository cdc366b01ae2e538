// Module hooks of the tests: TypeScript is compiled as the build does, this repository's packages are taken from their
// sources, what the console takes of the API (`paths` of tsconfig.json) from there, and `@jest/globals` is whatever
// belongs to the file that runs.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import sourceMaps from './native-source-map.cjs';

const configFile = fileURLToPath(new URL('../../.swcrc', import.meta.url));
const client = new URL('../../packages/client/src/', import.meta.url);
const root = new URL('../../', import.meta.url);
const { paths } = JSON.parse(readFileSync(new URL('tsconfig.json', root), 'utf8')).compilerOptions;
const sharedWithConsole = new Map(Object.entries(paths).map(([name, [file]]) => [name, new URL(file, root)]));
const globals = new URL('./native-globals.mjs', import.meta.url).href;
const ofClient = /^@holdpoint\/client\/(.*)\.js$/;
const { folder, mapOf } = sourceMaps;
mkdirSync(folder, { recursive: true });

export async function resolve(specifier, context, nextResolve) {
  if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
  const [, inClient] = ofClient.exec(specifier) ?? [];
  const source = inClient
    ? new URL(`${inClient}.ts`, client)
    : isTypeScript(specifier, context)
      ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      : sharedWithConsole.get(specifier);
  if (source && existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  return nextResolve(specifier, context);
}

const isTypeScript = (specifier, { parentURL }) =>
  specifier.startsWith('.') && specifier.endsWith('.js') && /\.ts(\?|$)/.test(parentURL ?? '');

export async function load(url, context, nextLoad) {
  if (!/^file:.*\.ts(\?|$)/.test(url)) return nextLoad(url, context);
  const path = fileURLToPath(url.replace(/\?.*$/, ''));
  const { code, map } = await transformFile(path, { configFile, swcrc: true, sourceMaps: true });
  // Workers write the same file at once: each its own, then renamed.
  const file = mapOf(path);
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, map);
  renameSync(draft, file);
  return { format: 'module', source: code, shortCircuit: true };
}
