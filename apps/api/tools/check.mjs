// `npm run check`: everything that must hold before a change is merged, or only the parts that are named.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './compile-api.mjs';

const bin = (path) => join(root, 'node_modules', path);
const tsc = bin('typescript/bin/tsc');
const cruise = [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs'];

const parts = {
  types: [
    [tsc, '-p', 'tsconfig.json'],
    [tsc, '-p', 'apps/admin/tsconfig.json'],
  ],
  lint: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  format: [[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  layers: [[...cruise, 'apps/api/src', 'apps/admin/src', 'packages', 'test']],
  generated: [
    ['apps/api/tools/schema.mjs', '--check'],
    ['apps/admin/tools/codegen.mjs', '--check'],
  ],
  tests: [['apps/api/tools/test.mjs']],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

await build(['client']);
const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const started = performance.now();
  const ok = parts[name]
    .map((command) => spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status === 0)
    .every(Boolean);
  console.log(`${ok ? 'ok' : 'FAILED'}  ${name}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (!ok) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exit(1);
}
