// A server in the place of ours: says its own id and, when it is told to stop, that it did so in order.
import { appendFileSync } from 'node:fs';
import { stopWithNpm } from '../../apps/api/tools/stop-with-npm.mjs';

const said = process.argv[2];
stopWithNpm();
process.on('SIGTERM', () => {
  appendFileSync(said, 'stopped in order\n');
  process.exit(0);
});
setInterval(() => undefined, 1000);
appendFileSync(said, `${String(process.pid)}\n`);
