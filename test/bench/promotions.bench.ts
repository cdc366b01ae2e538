import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloneWorkflow, copyId } from './clone-workflow.js';
import { ask } from './load.js';
import { inParallel, ms, percentile } from './numbers.js';
import { runPgbench, type PgbenchRun } from './pgbench.js';
import { startServer, withClient, type BenchServer } from './postgres.js';
import { benchSecret, startProduct, type Product } from './product.js';
import { seedReadyPromotion, type ReadyPromotion } from './seed.js';
import { replayScript } from './replay-script.js';
import { skipped, type Bench, type BenchLine } from './report.js';
import { readStatements, type LoggedStatement } from './statement-log.js';

const atOnce = 16;
const copies = 1600;
const warming = 160;
const target = '>= 0.15 of the floor';

const execute = `mutation ($input: PromotionExecuteInput!) {
  promotionExecute(input: $input) { promotion { id state } readiness { complete } userErrors { code message } }
}`;
interface Executed {
  promotionExecute: { promotion: { state: string } | null; userErrors: { code: string; message: string }[] };
}

async function promote(url: string, ready: ReadyPromotion, place: number, copy: number): Promise<void> {
  const input = { promotionId: copyId(place, copy), expectedDigest: ready.digest };
  const { promotionExecute } = await ask<Executed>(url, ready.cookie, execute, { input });
  if (promotionExecute.promotion?.state !== 'executed') throw new Error(JSON.stringify(promotionExecute));
}

const onDatabase = (url: string) => startProduct({ DATABASE_URL: url, HOLDPOINT_SECRET: benchSecret });

const isBoundary = (sql: string) => /^(BEGIN|COMMIT|ROLLBACK)/.test(sql);

/** What one request sent: the act's transaction, and what it read before and after, without what goes on anyway. */
function ofOneRequest(log: string, idle: ReadonlySet<string>): LoggedStatement[] {
  const sent = readStatements(log);
  const locking = sent.find(({ sql }) => sql.includes('FOR UPDATE OF w, c'));
  const inTransaction = new Set<string>();
  return sent.filter(({ session, sql }) => {
    const inside = inTransaction.has(session);
    if (sql.startsWith('BEGIN')) inTransaction.add(session);
    else if (isBoundary(sql)) inTransaction.delete(session);
    if (inside || isBoundary(sql)) return session === locking?.session;
    return !idle.has(sql);
  });
}

/** What the product sends for one promotion, once its connections are warm. */
async function capture(
  server: BenchServer,
  template: string,
  ready: ReadyPromotion,
  place: number,
): Promise<LoggedStatement[]> {
  const { name, url } = await server.newDatabase(template);
  await server.logStatements(name, true);
  const product = await onDatabase(url);
  try {
    for (let copy = 1; copy <= 20; copy += 1) await promote(product.url, ready, place, copy);
    await sleep(2000);
    const quiet = server.log().length;
    await sleep(3000);
    const before = server.log();
    const idle = new Set(readStatements(before.slice(quiet)).map(({ sql }) => sql));
    await promote(product.url, ready, place, 21);
    await sleep(300);
    return ofOneRequest(server.log().slice(before.length), idle);
  } finally {
    await product.stop();
  }
}

/** Statements from BEGIN to COMMIT. */
const actLength = (sent: readonly LoggedStatement[]) =>
  sent.findLastIndex(({ sql }) => isBoundary(sql)) - sent.findIndex(({ sql }) => isBoundary(sql)) + 1;

async function measured(product: Product, ready: ReadyPromotion, place: number) {
  const run = (first: number, count: number) =>
    inParallel(
      atOnce,
      Array.from({ length: count }, (_, i) => () => promote(product.url, ready, place, first + i)),
    );
  await run(1, warming);
  const started = performance.now();
  const took = await run(warming + 1, copies - warming);
  return { perSecond: ((copies - warming) * 1000) / (performance.now() - started), took };
}

async function replayed(
  pgbench: string,
  url: string,
  statements: readonly LoggedStatement[],
  places: number,
): Promise<PgbenchRun> {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  const file = join(folder, 'promotion.sql');
  try {
    writeFileSync(file, await withClient(url, (client) => replayScript(client, statements, places)));
    const run = { clients: atOnce, protocol: 'prepared' };
    const script = (first: number) => ({ file, variables: { i: 0, first } });
    await runPgbench(pgbench, url, script(1), { ...run, transactionsPerClient: warming / atOnce });
    return await runPgbench(pgbench, url, script(warming + 1), {
      ...run,
      transactionsPerClient: (copies - warming) / atOnce,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onServer(server: BenchServer, pgbench: string): Promise<BenchLine[]> {
  const seeded = await server.newDatabase();
  const ready = await seedReadyPromotion(seeded.url);
  const places = await withClient(seeded.url, async (client) => {
    const all = await cloneWorkflow(client, ready.workflowId, 1, copies);
    await client.query('VACUUM ANALYZE');
    return all;
  });
  const place = places.get(ready.promotionId) ?? 0;
  const sent = await capture(server, seeded.name, ready, place);
  const floorDatabase = await server.newDatabase(seeded.name);
  const product = await onDatabase(seeded.url);
  const ours = await measured(product, ready, place).finally(() => product.stop());
  const floor = await replayed(pgbench, floorDatabase.url, sent, places.size);
  const inAct = actLength(sent);
  return [
    {
      name: `promotions, ${String(atOnce)} at once (p50 ${ms(percentile(ours.took, 0.5))}, p99 ${ms(percentile(ours.took, 0.99))})`,
      ours: `${ours.perSecond.toFixed(0)}/s`,
      floor: `${floor.perSecond.toFixed(0)}/s (its ${String(sent.length)} statements under pgbench)`,
      ratio: ours.perSecond / floor.perSecond,
      target,
      reached: ours.perSecond / floor.perSecond >= 0.15,
    },
    {
      name: 'statements in the transaction of a promotion',
      ours: String(inAct),
      floor: '-',
      ratio: null,
      target: '<= 12',
      reached: inAct <= 12,
    },
  ];
}

/** Executing promotions whose gates are all complete, on different workflows at once. */
export const promotionsBench: Bench = {
  name: 'promotions',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('promotions', 'no PostgreSQL installed', target)];
    try {
      if (server.pgbench === null) return [skipped('promotions', 'no pgbench installed', target)];
      return await onServer(server, server.pgbench);
    } finally {
      await server.stop();
    }
  },
};
