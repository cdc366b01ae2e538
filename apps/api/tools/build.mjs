// Builds what is out of date: Prisma's client, the client package and its declarations, the API, the embedded database's
// image, the console.
// A step whose inputs have the digest of its last success, and whose output is there, does nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compress } from '../../admin/tools/compress.mjs';
import { bundleApi } from './bundle-api.mjs';
import { compileApi, compileClient, root } from './compile-api.mjs';
import { fingerprint } from './fingerprint.mjs';

function node(script, args = [], cwd = root) {
  const run = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (run.status !== 0) throw new Error(`${script} failed\n${run.stdout}${run.stderr}`);
}

const isShared = (file) => !file.includes('/apps/api/src/') || /(\.schema|\/contract)\.ts$/.test(file);

const steps = [
  {
    name: 'client',
    says: "Generating Prisma's client",
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'apps/api/src/platform/database/generated/client.ts',
    run: () => node('apps/api/tools/generate-client.mjs'),
  },
  {
    name: 'package',
    says: 'Compiling the client package',
    inputs: ['packages/client/src', '.swcrc', 'apps/api/tools/compile-api.mjs'],
    output: 'packages/client/dist/holdpoint.js',
    run: compileClient,
  },
  {
    name: 'declarations',
    says: "Writing the client package's declarations",
    inputs: [
      ...['packages/client/src', 'packages/client/tsconfig.declarations.json'],
      ...['tsconfig.json', 'package-lock.json'],
    ],
    output: 'packages/client/dist/sdk/holdpoint-client.d.ts',
    // Whether the types are right is looked at by `npm run check`.
    run: () =>
      node('node_modules/typescript/bin/tsc', [
        '-p',
        'packages/client/tsconfig.declarations.json',
        '--noCheck',
      ]),
  },
  {
    name: 'api',
    says: 'Compiling the API',
    inputs: ['apps/api/src', '.swcrc', 'apps/api/tools/compile-api.mjs'],
    output: 'apps/api/dist/main.js',
    run: compileApi,
  },
  {
    name: 'server',
    says: 'Joining the API and its packages',
    inputs: [
      ...['apps/api/src', 'packages/client/src', '.swcrc'],
      ...['package-lock.json', 'apps/api/tools/bundle-api.mjs'],
    ],
    output: 'apps/api/dist/server.js',
    run: bundleApi,
  },
  {
    name: 'image',
    says: "Preparing the embedded database's image",
    inputs: ['prisma/migrations', 'package-lock.json', 'apps/api/tools/build-embedded-image.mjs'],
    output: 'apps/api/.cache',
    run: () => node('apps/api/tools/build-embedded-image.mjs'),
  },
  {
    name: 'console',
    says: 'Building the console',
    inputs: ['apps/admin', 'apps/api/src', 'package-lock.json'],
    keep: isShared,
    output: 'apps/admin/dist/index.html',
    run: () => {
      node('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], join(root, 'apps/admin'));
      compress();
    },
  },
];

export const stepNames = steps.map((step) => step.name);
/** What the product runs on; the rest is for whoever installs the client package. */
const stepsToRun = stepNames.filter((name) => name !== 'declarations');

/** Runs the named steps in order, each only if it is out of date. `log` hears what is being done. */
export async function build(names = stepNames, log = (line) => process.stderr.write(`${line}\n`)) {
  const stamps = join(root, '.cache/build');
  mkdirSync(stamps, { recursive: true });
  for (const step of steps.filter(({ name }) => names.includes(name))) {
    const stamp = join(stamps, `${step.name}.sha256`);
    const digest = fingerprint(root, step.inputs, step.keep);
    if (existsSync(join(root, step.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest)
      continue;
    rmSync(stamp, { force: true });
    const started = performance.now();
    await step.run();
    writeFileSync(stamp, digest);
    log(`${step.says}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const asked = process.argv.slice(2);
  const names = asked.includes('--to-run') ? stepsToRun : asked.length > 0 ? asked : stepNames;
  build(names).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
