import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface PgbenchRun {
  perSecond: number;
  /** Mean, as pgbench reports it. */
  latencyMs: number;
}

export interface PgbenchScript {
  file: string;
  variables: Record<string, number>;
}

const number = (pattern: RegExp, text: string) => Number(pattern.exec(text)?.[1] ?? NaN);

/**
 * Runs a script as often as asked with clients at once.
 * @throws Error when a transaction failed: what is measured must be done.
 */
export async function runPgbench(
  pgbench: string,
  url: string,
  script: PgbenchScript,
  options: { clients: number; transactionsPerClient: number; protocol: string },
): Promise<PgbenchRun> {
  const variables = Object.entries(script.variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const { clients, transactionsPerClient, protocol } = options;
  const load = ['-n', '-M', protocol, '-c', String(clients), '-j', '2', '-t', String(transactionsPerClient)];
  const { stdout, stderr } = await promisify(execFile)(
    pgbench,
    [...load, ...variables, '-f', script.file, url],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  if (/aborted|ERROR/.test(stderr)) throw new Error(stderr.slice(0, 4000));
  return {
    perSecond: number(/^tps = ([\d.]+)/m, stdout),
    latencyMs: number(/^latency average = ([\d.]+) ms/m, stdout),
  };
}
