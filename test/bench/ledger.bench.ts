import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newLedgerKey } from '../support/ledger-keys.js';
import { ledgerSize, seedLedger } from './ledger-seed.js';
import { median } from './numbers.js';
import { startServer, type BenchServer } from './postgres.js';
import { benchSecret, root, startProduct, type Product } from './product.js';
import { skipped, type Bench, type BenchLine } from './report.js';

const verifyTarget = '>= 0.50 of the floor';
const memoryTarget = 'second half <= 1.20 of the first';
const rounds = 3;
const entries = ledgerSize.chains * ledgerSize.perCheckpoint * ledgerSize.checkpoints;
const words = entries.toLocaleString('en');

/** Reads the lines of a file and hashes each, which holds the hash before it: nothing else. */
const bareChain = `import { createReadStream } from 'node:fs'; import { hash } from 'node:crypto';
let rest = Buffer.alloc(0), rows = 0;
for await (const chunk of createReadStream(process.argv[1], { highWaterMark: 1048576 })) {
  const block = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
  let from = 0;
  for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, from)) {
    hash('sha256', block.subarray(from, end), 'hex'); rows += 1; from = end + 1;
  }
  rest = block.subarray(from);
}
console.log(rows);`;

interface Run {
  ms: number;
  out: string;
  /** The most memory that the process held, in MB. */
  peakMb: number;
}

/** A process of its own, from its start to its end. */
function run(args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  let peakMb = 0;
  const status = `/proc/${String(child.pid ?? 0)}/status`;
  const watch = setInterval(() => {
    if (!existsSync(status)) return;
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'));
    peakMb = Math.max(peakMb, Number(line?.[1] ?? 0) / 1024);
  }, 50);
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ ms: performance.now() - started, out, peakMb });
      else reject(new Error(`${args.join(' ')} ended with ${String(code)}\n${out}`));
    });
  });
}

/** Downloads the export; what the product held meanwhile, by halves of the time. */
async function exported(product: Product, cookie: string, file: string): Promise<BenchLine> {
  const idle = product.residentMb() ?? 0;
  const samples: number[] = [];
  const watch = setInterval(() => samples.push(product.residentMb() ?? 0), 50);
  const started = performance.now();
  const response = await fetch(`${product.url}/ledger/export`, { headers: { cookie } });
  if (!response.ok || !response.body) throw new Error(`${String(response.status)} ${await response.text()}`);
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file));
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  const half = Math.ceil(samples.length / 2);
  const [first, second] = [Math.max(...samples.slice(0, half)), Math.max(...samples.slice(half))];
  const size = (statSync(file).size / 1024 / 1024).toFixed(0);
  return {
    name: `export of ${words} entries, ${size} MB in ${seconds.toFixed(0)} s: memory at most in its second half (${idle.toFixed(0)} MB before)`,
    ours: `${second.toFixed(0)} MB`,
    floor: `${first.toFixed(0)} MB (its first half)`,
    ratio: second / first,
    target: memoryTarget,
    reached: second <= first * 1.2,
  };
}

async function verified(file: string, key: string): Promise<BenchLine> {
  const ours: Run[] = [];
  const floor: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await run(['--input-type=module', '-e', bareChain, file]));
    ours.push(await run(['packages/client/bin/holdpoint.js', 'ledger', 'verify', file, '--key', key]));
  }
  const [mine, bare] = [ours, floor].map((runs) => entries / (median(runs.map(({ ms }) => ms)) / 1000));
  const peak = Math.max(...ours.map(({ peakMb }) => peakMb));
  const rate = (value = 0) => `${Math.round(value).toLocaleString('en')} rows/s`;
  const ratio = (mine ?? 0) / (bare ?? 1);
  return {
    name: `verification of ${words} entries by the command, ${peak.toFixed(0)} MB at most`,
    ours: rate(mine),
    floor: `${rate(bare)} (a bare sha256 chain over the same bytes, one thread)`,
    ratio,
    target: verifyTarget,
    reached: ratio >= 0.5,
  };
}

async function onServer(server: BenchServer, folder: string): Promise<BenchLine[]> {
  const { url } = await server.newDatabase();
  const signing = newLedgerKey();
  const key = join(folder, 'key.pem');
  writeFileSync(key, signing.publicPem);
  const { cookie } = await seedLedger(url, signing.privatePem);
  const product = await startProduct({
    DATABASE_URL: url,
    HOLDPOINT_SECRET: benchSecret,
    HOLDPOINT_LEDGER_KEY: signing.privatePem,
  });
  const file = join(folder, 'export.jsonl');
  const line = await exported(product, cookie, file).finally(() => product.stop());
  return [await verified(file, key), line];
}

/** Proof at scale: exporting a large ledger, and verifying the file without the server. */
export const ledgerBench: Bench = {
  name: 'ledger',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('ledger', 'no PostgreSQL installed', verifyTarget)];
    const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-ledger-'));
    try {
      return await onServer(server, folder);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
};
