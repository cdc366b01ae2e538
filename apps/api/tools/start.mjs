// `npm start`: builds what is out of date, then runs the product in this same process, so that signals reach it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stopWithNpm } from './stop-with-npm.mjs';

stopWithNpm();
const build = fileURLToPath(new URL('./build.mjs', import.meta.url));
const built = spawnSync(process.execPath, [build, '--to-run'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await import('../dist/server.js');
