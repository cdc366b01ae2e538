import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BareProcess {
  url: string;
  stop(): Promise<void>;
}

/** Starts a floor in a process of its own, which prints the port it listens on. @param script beside this file */
export async function startBare(script: string, args: readonly string[] = []): Promise<BareProcess> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [said] = (await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error(`${script} ended`))),
  ])) as [Buffer];
  return {
    url: `http://127.0.0.1:${said.toString().trim()}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
