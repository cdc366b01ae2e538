import { setTimeout as pause } from 'node:timers/promises';
import { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import { startBare } from './bare-process.js';
import { ask } from './load.js';
import { median, ms, percentile, timed } from './numbers.js';
import { startServer, type BenchServer } from './postgres.js';
import { benchSecret, startProduct, type Product } from './product.js';
import { skipped, type Bench, type BenchLine } from './report.js';
import { seedServed, type Served } from './served-seed.js';
import { StreamCrowd, type StreamAddress } from './stream-crowd.js';

const workflows = 100;
const rollbacks = 200;
/** Not counted: code is compiled and statements are planned by then. How long the very first takes is said apart. */
const warming = 50;
const crowds = [
  { streams: 1000, mostMs: 50, mostRatio: 2.5 },
  { streams: 5000, mostMs: 120, mostRatio: null },
];
/** Between two rollbacks: whoever was told of the last one has answered. */
const restMs = 30;
const target = 'p99 <= 50 ms, <= 2.5 x';

const trigger = `mutation ($input: RollbackTriggerInput!) {
  rollbackTrigger(input: $input) { rollback { id epoch } userErrors { code message } }
}`;
interface Triggered {
  rollbackTrigger: { rollback: { epoch: number } | null; userErrors: { code: string; message: string }[] };
}

/** As stock web clients fetch. @returns the address of the event stream */
async function evaluateAll(url: string, secret: string): Promise<string> {
  const response = await fetch(`${url}/ofrep/v1/evaluate/flags`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: '{}',
  });
  const { eventStreams } = (await response.json()) as { eventStreams: { url: string }[] };
  return eventStreams[0]?.url ?? '';
}

/** Half of them on each replica; of these one half our own client's, the other stock clients'. */
async function addressesOf(
  replicas: readonly Product[],
  served: Served,
  count: number,
): Promise<StreamAddress[]> {
  const names = served.workflows.map(({ key }) => key).join(',');
  const kinds = await Promise.all(
    replicas.map(async ({ url }) => [
      { url: `${url}/v1/stream?workflows=${names}`, headers: { authorization: `Bearer ${served.secret}` } },
      { url: await evaluateAll(url, served.secret) },
    ]),
  );
  const all = kinds.flat();
  return Array.from({ length: count }, (_, at) => all[at % all.length] as StreamAddress);
}

/** Which rollback comes next: each workflow in turn, and each time it falls back to something else. */
class Turns {
  private count = 0;

  constructor(
    private readonly url: string,
    private readonly served: Served,
  ) {}

  get next() {
    const { workflows: all } = this.served;
    return all[this.count % all.length] ?? { id: '', key: '' };
  }

  async rollBack(): Promise<void> {
    const to = Math.floor(this.count / this.served.workflows.length) % 2 === 0 ? 'people' : 'search';
    const input = {
      ...{ workflowId: this.next.id, scope: 'workflow', levers: [{ kind: 'fallback', to }] },
      ...{ reason: 'Measured', idempotencyKey: `bench-${String(Date.now())}-${String(this.count)}` },
    };
    this.count += 1;
    const { rollbackTrigger } = await ask<Triggered>(this.url, this.served.cookie, trigger, { input });
    if (!rollbackTrigger.rollback) throw new Error(JSON.stringify(rollbackTrigger.userErrors));
  }
}

async function measured(crowd: StreamCrowd, turns: Turns): Promise<{ first: number; took: number[] }> {
  const took: number[] = [];
  let first = 0;
  for (let at = 0; at < warming + rollbacks; at += 1) {
    // Of a workflow that came up last a hundred rollbacks ago: nothing that is said again is taken for it.
    const heard = crowd.allHear(turns.next.key);
    const began = performance.now();
    const [last] = await Promise.all([heard, turns.rollBack()]);
    if (at === 0) first = last - began;
    if (at >= warming) took.push(last - began);
    await pause(restMs);
  }
  return { first, took };
}

async function bare(database: string, streams: number): Promise<number[]> {
  const replicas = [
    await startBare('bare-streams.mjs', [database]),
    await startBare('bare-streams.mjs', [database]),
  ];
  const crowd = await StreamCrowd.open(
    Array.from({ length: streams }, (_, at) => ({ url: `${replicas[at % 2]?.url ?? ''}/` })),
  );
  try {
    const took: number[] = [];
    for (let at = 0; at < warming + rollbacks; at += 1) {
      const heard = crowd.allHear('"act"');
      const began = performance.now();
      const [last, response] = await Promise.all([heard, fetch(replicas[0]?.url ?? '', { method: 'POST' })]);
      await response.text();
      if (at >= warming) took.push(last - began);
      await pause(restMs);
    }
    return took;
  } finally {
    crowd.close();
    for (const replica of replicas) await replica.stop();
  }
}

interface OwnTimes {
  sdk: number[];
  ofrep: number[];
}

/** What clients take beyond the frame: ours until whoever asks it gets the new version, stock ones for their fetch. */
async function ownTimes(replicas: readonly Product[], served: Served, turns: Turns): Promise<OwnTimes> {
  const keys = served.workflows.map(({ key }) => key);
  const holdpoint = new Holdpoint({
    ...{ url: replicas[1]?.url ?? '', key: served.secret, application: 'bench', workflows: keys },
  });
  const [raw] = await addressesOf(replicas.slice(1), served, 1);
  const crowd = await StreamCrowd.open(raw ? [raw] : []);
  try {
    await holdpoint.ready();
    const took: OwnTimes = { sdk: [], ofrep: [] };
    for (let at = 0; at < 40; at += 1) {
      const { key } = turns.next;
      const changed = new Promise<number>((resolve) => {
        const stop = holdpoint.on('changed', ({ workflow }) => {
          if (workflow !== key) return;
          stop();
          resolve(performance.now());
        });
      });
      const [heard, changedAt] = await Promise.all([crowd.allHear(key), changed, turns.rollBack()]);
      took.sdk.push(Math.max(0, changedAt - heard));
      took.ofrep.push(await timed(() => evaluateAll(replicas[1]?.url ?? '', served.secret)));
      await pause(restMs);
    }
    return took;
  } finally {
    crowd.close();
    await holdpoint.close();
  }
}

async function onServer(server: BenchServer): Promise<BenchLine[]> {
  const { url: database } = await server.newDatabase();
  const served = await seedServed(database, workflows);
  const { url: bareDatabase } = await server.newDatabase();
  const env = { DATABASE_URL: database, HOLDPOINT_SECRET: benchSecret };
  const replicas = [await startProduct(env), await startProduct(env)];
  const turns = new Turns(replicas[0]?.url ?? '', served);
  const lines: BenchLine[] = [];
  let firstMs: number | null = null;
  try {
    for (const { streams, mostMs, mostRatio } of crowds) {
      const floor = await bare(bareDatabase, streams);
      const crowd = await StreamCrowd.open(await addressesOf(replicas, served, streams));
      const { first, took: ours } = await measured(crowd, turns).finally(() => crowd.close());
      firstMs ??= first;
      const name = `rollback to the last of ${streams.toLocaleString('en')} streams, two replicas`;
      for (const share of [0.5, 0.99]) {
        const [mine, theirs] = [percentile(ours, share), percentile(floor, share)];
        const isTarget = share === 0.99;
        lines.push({
          name: `${name}, p${String(share * 100)}`,
          ours: ms(mine),
          floor: `${ms(theirs)} (commit, NOTIFY and bare streams)`,
          ratio: mine / theirs,
          target: isTarget
            ? `<= ${String(mostMs)} ms${mostRatio === null ? '' : `, <= ${String(mostRatio)} x`}`
            : '-',
          reached: isTarget ? mine <= mostMs && mine / theirs <= (mostRatio ?? Infinity) : null,
        });
      }
    }
    const { sdk, ofrep } = await ownTimes(replicas, served, turns);
    const apart = { floor: '-', ratio: null, target: 'stated apart', reached: null };
    lines.push(
      {
        name: 'the first rollback of replicas just started, 1,000 streams',
        ours: ms(firstMs ?? 0),
        ...apart,
      },
      {
        name: `from the frame to our client serving it, p99 (p50 ${ms(median(sdk))})`,
        ours: ms(percentile(sdk, 0.99)),
        ...apart,
      },
      {
        name: `a stock web client after the frame: it waits 50 ms, then fetches all flags, p99 (p50 ${ms(median(ofrep))})`,
        ours: `50 + ${ms(percentile(ofrep, 0.99))}`,
        ...apart,
      },
    );
    return lines;
  } finally {
    for (const replica of replicas) await replica.stop();
  }
}

/** From the mutation being sent until the last of many connected streams has the frame. */
export const rollbackBench: Bench = {
  name: 'rollback',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('rollback to the last stream', 'no PostgreSQL installed', target)];
    return onServer(server).finally(() => server.stop());
  },
};
