import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './load.js';
import { cloneWorkflow } from './clone-workflow.js';
import { startServer, withClient, type BenchServer } from './postgres.js';
import { benchSecret, startProduct, type Product } from './product.js';
import { skipped, type Bench, type BenchLine } from './report.js';
import { seedBoard } from './seed.js';

const limitMb = 250;
const target = `<= ${String(limitMb)} MB`;
const seconds = 20;
const clients = 16;

const board = `{ workflows(first: 50) { totalCount nodes { id fullKey name riskTier nextStage { key }
  nextReadiness { complete evaluatedAt gates { area title complete required completeCount } } } } }`;

/** A Node process that does nothing. */
const bareMb = () =>
  Number(
    execFileSync(process.execPath, ['-e', 'console.log(process.memoryUsage().rss)'], { encoding: 'utf8' }),
  ) /
  1024 /
  1024;

/** The most that the process held while the clients asked for boards for a while. */
async function peakMb(product: Product, cookie: string): Promise<number | null> {
  const until = performance.now() + seconds * 1000;
  let peak = product.residentMb();
  const client = async () => {
    while (performance.now() < until) await ask(product.url, cookie, board);
  };
  const watch = async () => {
    while (performance.now() < until) {
      peak = Math.max(peak ?? 0, product.residentMb() ?? 0);
      await sleep(100);
    }
  };
  await Promise.all([watch(), ...Array.from({ length: clients }, client)]);
  return peak;
}

async function onServer(server: BenchServer): Promise<BenchLine[]> {
  const { url } = await server.newDatabase();
  const { workflowIds, cookie } = await seedBoard(url);
  await withClient(url, async (client) => {
    for (const [index, id] of workflowIds.entries()) await cloneWorkflow(client, id, 1 + index * 100, 100);
    await client.query('VACUUM ANALYZE');
  });
  const product = await startProduct({ DATABASE_URL: url, HOLDPOINT_SECRET: benchSecret });
  try {
    const idle = product.residentMb();
    const peak = await peakMb(product, cookie);
    if (idle === null || peak === null) return [skipped('memory', 'only Linux tells it', target)];
    const bare = bareMb();
    const line = (name: string, mb: number): BenchLine => ({
      name,
      ours: `${mb.toFixed(0)} MB`,
      floor: `${bare.toFixed(0)} MB (Node alone)`,
      ratio: mb / bare,
      target,
      reached: mb <= limitMb,
    });
    return [
      line('memory when ready, PostgreSQL', idle),
      line(
        `memory at most, ${String(clients)} clients reading boards for ${String(seconds)} s, PostgreSQL`,
        peak,
      ),
    ];
  } finally {
    await product.stop();
  }
}

/** Resident memory of the product's process. */
export const memoryBench: Bench = {
  name: 'memory',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('memory', 'no PostgreSQL installed', target)];
    return onServer(server).finally(() => server.stop());
  },
};
