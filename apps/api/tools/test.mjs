// `npm test`: builds what the tests need, then runs jest on ES modules. Arguments go to jest.
// With --postgres the API tests run on a real PostgreSQL server instead of the embedded database.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './compile-api.mjs';
import { build } from './build.mjs';

const args = process.argv.slice(2);
const onPostgres = args.includes('--postgres');
const jestArgs = args.filter((arg) => arg !== '--postgres');
// What brings its own engines has run with the rest already.
const ownEngines = 'test/api/(crash|race|database-embedded|built-server)';
if (onPostgres) jestArgs.unshift('--selectProjects', 'api', `--testPathIgnorePatterns=${ownEngines}`);

await build();
const flags = ['--experimental-vm-modules', '--no-warnings'];
const run = spawnSync(
  process.execPath,
  [...flags, join(root, 'node_modules/jest/bin/jest.js'), ...jestArgs],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' '),
      ...(onPostgres ? { HOLDPOINT_TEST_ENGINE: 'postgres' } : {}),
    },
  },
);
process.exit(run.status ?? 1);
