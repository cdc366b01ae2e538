// `npm test`: builds what the tests need, then runs jest on ES modules. Arguments go to jest.
// They run on a real PostgreSQL server, which comes with the packages, where it can start; with --embedded, the API
// tests run on the embedded database instead.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './compile-api.mjs';
import { build } from './build.mjs';

const args = process.argv.slice(2);
const onEmbedded = args.includes('--embedded');
const jestArgs = args.filter((arg) => arg !== '--embedded');
// What brings its own engines has run with the rest already.
const ownEngines =
  'crash|race|database-embedded|built-server|restricted|as-of-replay|cli|checkpoint-push|model/|rollback-(crash|race)|break-glass-race|database-r|door-wait';
// So has what asks nothing of the engine that others do not: who may do what, thousands of times; signing in; HTTP,
// processes and their end; texts and files that are made of what was read.
const aboveTheEngine =
  'bypass-matrix|permissions|roles|separation|auth|oidc|http|npm|hardening|secrets|operating|graphql-audit|bad-input|rounds|stream-connection|checkpoint-(keys|timer)|ledger-(export|forgery)|as-of-export|incident-text|stage-names|evals-upload-bad|evals-lists|telemetry-(faults|load)|demo-instances|keys-(leaver|stream)|team|contract';
const notOnEmbedded = `test/api/(${ownEngines}|${aboveTheEngine})`;
if (onEmbedded) jestArgs.unshift('--selectProjects', 'api', `--testPathIgnorePatterns=${notOnEmbedded}`);

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
      ...(onEmbedded ? { HOLDPOINT_TEST_ENGINE: 'embedded' } : {}),
    },
  },
);
process.exit(run.status ?? 1);
