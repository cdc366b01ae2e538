import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const run = promisify(execFile);

/** The holdpoint command as somebody runs it, and what they see of it. */
export async function holdpoint(args: readonly string[], env: Readonly<Record<string, string>>) {
  const options = { env: { PATH: process.env['PATH'], ...env } };
  const ended = await run(process.execPath, [script, ...args], options).catch((error: unknown) => error);
  const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
  return { code, stdout, stderr };
}
