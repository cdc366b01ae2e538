import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answers, type Cluster } from './postgres-cluster.js';
import { serverAccount } from './server-account.js';

/** Ends a server at once, as a lost machine does; its data stay. */
export async function loseServer({ pid, port }: Cluster): Promise<void> {
  process.kill(pid, 'SIGQUIT');
  while (await answers(port)) await wait(50);
}

/** Starts it again over its data, with the settings and at the port that it had. */
export async function bringBack(cluster: Cluster): Promise<Cluster> {
  const { folder, port } = cluster;
  const command = readFileSync(join(folder, 'data', 'postmaster.opts'), 'utf8').trim();
  const as = { ...serverAccount(), cwd: folder, detached: true, stdio: 'ignore' as const };
  const server = spawn('/bin/sh', ['-c', `exec ${command}`], as);
  server.unref();
  for (let tries = 0; tries < 200 && !(await answers(port)); tries += 1) await wait(100);
  return { ...cluster, pid: server.pid ?? 0 };
}
