// `npm run dev`: the API, compiled and restarted on every change, and the console with hot reload on port 5173.
import { spawn } from 'node:child_process';
import { existsSync, rmSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { compileFile, outputOf, root } from './compile-api.mjs';

await build(['client', 'package', 'api', 'image']);

const source = join(root, 'apps/api/src');
const args = process.argv.slice(2);
let api;
let stopping = false;

function startApi() {
  api = spawn(process.execPath, ['--enable-source-maps', join(root, 'apps/api/dist/main.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}

function restartApi() {
  if (stopping) return;
  if (api.exitCode !== null || api.signalCode !== null) startApi();
  else {
    api.once('exit', startApi);
    api.kill('SIGTERM');
  }
}

startApi();
const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js')], {
  cwd: join(root, 'apps/admin'),
  stdio: 'inherit',
});

const changed = new Set();
let timer;
watch(source, { recursive: true }, (_event, name) => {
  if (name === null || name.includes('generated')) return;
  changed.add(join(source, name));
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const files = [...changed];
    changed.clear();
    try {
      for (const file of files) {
        if (!existsSync(file)) rmSync(outputOf(file), { force: true });
        else if (statSync(file).isFile()) await compileFile(file);
      }
      restartApi();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  }, 100);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    vite.kill(signal);
    api.removeListener('exit', startApi);
    api.once('exit', () => process.exit(0));
    if (!api.kill(signal)) process.exit(0);
  });
}
