import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface PgbenchRun {
  perSecond: number;
  /** Mean, as pgbench reports it. */
  latencyMs: number;
  failed: number;
}

const number = (pattern: RegExp, text: string) => Number(pattern.exec(text)?.[1] ?? NaN);

/** Runs script files with clients at once; each transaction runs one of the files, `weight` deciding which. */
export async function runPgbench(
  pgbench: string,
  url: string,
  files: readonly string[],
  options: { clients: number; seconds?: number; transactionsPerClient?: number; protocol?: string },
): Promise<PgbenchRun> {
  const length =
    options.transactionsPerClient === undefined
      ? ['-T', String(options.seconds ?? 5)]
      : ['-t', String(options.transactionsPerClient)];
  const args = [
    '-n',
    '-M',
    options.protocol ?? 'extended',
    '-c',
    String(options.clients),
    '-j',
    '2',
    ...length,
  ];
  const scripts = files.flatMap((file) => ['-f', file]);
  const { stdout } = await promisify(execFile)(pgbench, [...args, ...scripts, url], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    perSecond: number(/^tps = ([\d.]+)/m, stdout),
    latencyMs: number(/^latency average = ([\d.]+) ms/m, stdout),
    failed: number(/failed transactions: (\d+)/, stdout) || 0,
  };
}
