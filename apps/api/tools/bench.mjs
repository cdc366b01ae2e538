// `npm run bench`: builds the product and measures it beside its floors. Arguments name the benches to run.
import { spawnSync } from 'node:child_process';
import { build } from './build.mjs';
import { root } from './compile-api.mjs';

await build();
const run = spawnSync(
  process.execPath,
  [
    '--no-warnings',
    '--import',
    './apps/api/tools/typescript.mjs',
    'test/bench/run.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(run.status ?? 1);
