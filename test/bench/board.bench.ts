import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { cloneWorkflow } from './clone-workflow.js';
import { ask } from './load.js';
import { ms, percentile, timed } from './numbers.js';
import { startServer, withClient, type BenchServer } from './postgres.js';
import { benchSecret, startProduct } from './product.js';
import { seedBoard } from './seed.js';
import { skipped, type Bench, type BenchLine } from './report.js';
import { readStatements, type LoggedStatement } from './statement-log.js';

const workflows = 10_000;
const rounds = 200;
const target = 'p99 <= 100 ms, <= 3 x the SQL';

const board = `query ($first: Int!) { workflows(first: $first) { totalCount pageInfo { hasNextPage endCursor }
  nodes { id fullKey name riskTier nextStage { key } nextReadiness {
    complete evaluatedAt gates { area title complete required completeCount } } } } }`;

/** The same statements, sent by hand over one connection, each prepared once. */
async function byHand(client: pg.Client, statements: readonly LoggedStatement[]): Promise<number> {
  return timed(async () => {
    for (const [index, { sql, values }] of statements.entries()) {
      await client.query({ name: `board_${String(index)}`, text: sql, values });
    }
  });
}

async function onServer(server: BenchServer): Promise<BenchLine[]> {
  const { name, url } = await server.newDatabase();
  const { workflowIds, cookie } = await seedBoard(url);
  await withClient(url, async (client) => {
    const each = Math.ceil((workflows - workflowIds.length) / workflowIds.length);
    for (const [index, id] of workflowIds.entries()) await cloneWorkflow(client, id, 1 + index * each, each);
    await client.query('VACUUM ANALYZE');
  });
  const page = (product: { url: string }, first: number) => ask(product.url, cookie, board, { first });
  const open = () => startProduct({ DATABASE_URL: url, HOLDPOINT_SECRET: benchSecret });

  const logged = await captureBoards(server, name, open, page);
  const product = await open();
  try {
    for (let i = 0; i < 20; i += 1) await page(product, 50);
    const ours: number[] = [];
    const floor: number[] = [];
    await withClient(url, async (client) => {
      for (let i = 0; i < 20; i += 1) await byHand(client, logged.fifty);
      for (let i = 0; i < rounds; i += 1) {
        floor.push(await byHand(client, logged.fifty));
        ours.push(await timed(() => page(product, 50)));
      }
    });
    return lines(ours, floor, logged);
  } finally {
    await product.stop();
  }
}

interface Boards {
  one: LoggedStatement[];
  fifty: LoggedStatement[];
}

async function captureBoards(
  server: BenchServer,
  database: string,
  open: () => ReturnType<typeof startProduct>,
  page: (product: { url: string }, first: number) => Promise<unknown>,
): Promise<Boards> {
  await server.logStatements(database, true);
  const product = await open();
  try {
    for (let i = 0; i < 10; i += 1) await page(product, 50);
    const quiet = server.log().length;
    await sleep(3000);
    const idle = new Set(readStatements(server.log().slice(quiet)).map(({ sql }) => sql));
    const captured = async (first: number) => {
      const before = server.log().length;
      await page(product, first);
      await sleep(200);
      return readStatements(server.log().slice(before)).filter(({ sql }) => !idle.has(sql));
    };
    return { one: await captured(1), fifty: await captured(50) };
  } finally {
    await product.stop();
    await server.logStatements(database, false);
  }
}

function lines(ours: number[], floor: number[], { one, fifty }: Boards): BenchLine[] {
  const at = (share: number): BenchLine => {
    const [mine, theirs] = [percentile(ours, share), percentile(floor, share)];
    return {
      name: `readiness board of ${workflows.toLocaleString('en')} workflows, first 50, p${String(share * 100)}`,
      ours: ms(mine),
      floor: `${ms(theirs)} (its ${String(fifty.length)} statements by hand)`,
      ratio: mine / theirs,
      target: share === 0.99 ? '<= 100 ms, <= 3 x' : '-',
      reached: share === 0.99 ? mine <= 100 && mine <= 3 * theirs : null,
    };
  };
  return [
    at(0.5),
    at(0.99),
    {
      name: 'statements of the board for 50 rows, for 1 row',
      ours: String(fifty.length),
      floor: String(one.length),
      ratio: fifty.length / one.length,
      target: 'equal',
      reached: fifty.length === one.length,
    },
  ];
}

/** The workflow list with the readiness of each one's next stage, as the console asks for it. */
export const boardBench: Bench = {
  name: 'board',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('readiness board', 'no PostgreSQL installed', target)];
    return onServer(server).finally(() => server.stop());
  },
};
