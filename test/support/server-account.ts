import { execFileSync } from 'node:child_process';

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root; then it runs as whoever of these the machine has. Null: as we are. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a postgres nor a nobody account');
}
