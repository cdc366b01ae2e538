import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, ms, timed } from './numbers.js';
import { startServer } from './postgres.js';
import { benchSecret, root, startProduct } from './product.js';
import { skipped, type Bench, type BenchLine } from './report.js';

const rounds = 3;

const openAlone = `import { PGlite } from '@electric-sql/pglite';
const db = await PGlite.create(process.argv[1]); await db.query('SELECT 1'); await db.close();`;
const connectAlone = `import pg from 'pg';
const db = new pg.Client(process.argv[1]); await db.connect(); await db.query('SELECT 1'); await db.end();`;

/** A Node process that opens the database and does nothing else. */
const bare = (script: string, target: string) =>
  timed(() => {
    execFileSync(process.execPath, ['--input-type=module', '-e', script, target], {
      cwd: join(root, 'apps/api'),
    });
    return Promise.resolve();
  });

async function readyAfter(env: Record<string, string>): Promise<number> {
  const product = await startProduct(env);
  await product.stop();
  return product.readyMs;
}

interface Start {
  first: number[];
  again: number[];
}

function lines(
  engine: string,
  ours: Start,
  floor: Start,
  floorIs: string,
  again: number | null,
  first: number | null,
): BenchLine[] {
  const line = (name: string, mine: number[], theirs: number[], limit: number | null): BenchLine => ({
    name: `${name}, ${engine}`,
    ours: ms(median(mine)),
    floor: `${ms(median(theirs))} (${floorIs})`,
    ratio: median(mine) / median(theirs),
    target: limit === null ? 'stated apart' : `<= ${ms(limit)}`,
    reached: limit === null ? null : median(mine) <= limit,
  });
  return [
    line('start on existing data', ours.again, floor.again, again),
    line('first start', ours.first, floor.first, first),
  ];
}

async function embedded(): Promise<BenchLine[]> {
  const ours: Start = { first: [], again: [] };
  const floor: Start = { first: [], again: [] };
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
    const env = { HOLDPOINT_DATA: join(folder, 'ours') };
    floor.first.push(await bare(openAlone, join(folder, 'bare')));
    ours.first.push(await readyAfter(env));
    floor.again.push(await bare(openAlone, join(folder, 'bare')));
    ours.again.push(await readyAfter(env));
    rmSync(folder, { recursive: true, force: true });
  }
  return lines('embedded', ours, floor, 'Node and PGlite alone', null, null);
}

async function onPostgres(): Promise<BenchLine[]> {
  const server = await startServer();
  if (!server) return [skipped('start, PostgreSQL', 'no PostgreSQL installed', '<= 2 s, first <= 6 s')];
  const ours: Start = { first: [], again: [] };
  const floor: Start = { first: [], again: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { url } = await server.newDatabase();
      const env = { DATABASE_URL: url, HOLDPOINT_SECRET: benchSecret };
      floor.first.push(await bare(connectAlone, url));
      ours.first.push(await readyAfter(env));
      floor.again.push(await bare(connectAlone, url));
      ours.again.push(await readyAfter(env));
    }
  } finally {
    await server.stop();
  }
  return lines('PostgreSQL', ours, floor, 'Node and a connection alone', 2000, 6000);
}

/** How long until the product answers: a new install, and one that has data. */
export const startBench: Bench = {
  name: 'start',
  run: async () => [...(await embedded()), ...(await onPostgres())],
};
