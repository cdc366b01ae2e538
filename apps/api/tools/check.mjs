// `npm run check`: everything that must hold before a change is merged, or only the parts that are named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Runs a part's commands one after the other: whether all passed, and what they printed. */
async function run(name) {
  const started = performance.now();
  const printed = [];
  let ok = true;
  // The tests take long and run alone: they print as they go.
  const out = name === 'tests' ? 'inherit' : 'pipe';
  for (const command of parts[name]) {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', out, out] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    const [code] = await once(child, 'close');
    ok &&= code === 0;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(Buffer.concat(printed));
  console.log(`${ok ? 'ok' : 'FAILED'}  ${name}  ${seconds} s`);
  return ok ? [] : [name];
}

/** One after the other. */
async function lane(names) {
  const failed = [];
  for (const name of names) failed.push(...(await run(name)));
  return failed;
}

await build(['client']);
const wanted = asked.length > 0 ? asked : Object.keys(parts);
// Linting with types takes as long as all the rest, and one core: the rest goes on beside it. What is generated is
// looked at last, since that starts the API; the tests want the machine to themselves.
const beside = ['types', 'format', 'layers', 'generated'];
const failed = [
  ...(await Promise.all([
    lane(wanted.filter((name) => name === 'lint')),
    lane(beside.filter((name) => wanted.includes(name))),
  ])),
  await lane(wanted.filter((name) => name === 'tests')),
].flat();
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exit(1);
}
