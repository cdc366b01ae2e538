import { startBare } from './bare-process.js';
import { median } from './numbers.js';
import { startServer, type BenchServer } from './postgres.js';
import { benchSecret, startProduct } from './product.js';
import { requestsPerSecond, type RawRequest } from './raw-load.js';
import { skipped, type Bench, type BenchLine } from './report.js';
import { seedServed } from './served-seed.js';

const workflows = 100;
const rounds = 5;
const context = { targetingKey: 'user-7', tenant: 'acme', plan: 'team', audience: 'external' };
const body = JSON.stringify({ context });
const bulkPath = '/ofrep/v1/evaluate/flags';

const headersOf = (secret: string) => ({
  'content-type': 'application/json',
  authorization: `Bearer ${secret}`,
});

async function etagOf(url: string, secret: string): Promise<string> {
  const response = await fetch(`${url}${bulkPath}`, { method: 'POST', headers: headersOf(secret), body });
  await response.arrayBuffer();
  return response.headers.get('etag') ?? '';
}

async function onServer(server: BenchServer): Promise<BenchLine[]> {
  const { url: database } = await server.newDatabase();
  const seeded = await seedServed(database, workflows);
  const product = await startProduct({ DATABASE_URL: database, HOLDPOINT_SECRET: benchSecret });
  const bare = await startBare('bare-hello.mjs');
  try {
    const { url } = product;
    const key = seeded.workflows[0]?.key ?? '';
    const single = (secret: string): RawRequest => ({
      ...{ method: 'POST', path: `${bulkPath}/${key}`, headers: headersOf(secret), body, status: 200 },
    });
    const bulk = async (secret: string): Promise<RawRequest> => ({
      ...{ method: 'POST', path: bulkPath, body, status: 304 },
      headers: { ...headersOf(secret), 'if-none-match': await etagOf(url, secret) },
    });
    const paths = [
      { name: 'one OFREP evaluation', share: 0.45, request: single(seeded.secret) },
      {
        name: 'OFREP, one lever',
        share: null,
        request: { ...single(seeded.secret), path: `${bulkPath}/${key}.enabled` },
      },
      {
        name: 'bulk answered 304, key of one workflow',
        share: 0.25,
        request: await bulk(seeded.narrowSecret),
      },
      {
        name: `bulk answered 304, key of ${String(workflows)} workflows`,
        share: 0.25,
        request: await bulk(seeded.secret),
      },
    ];
    const hello: RawRequest = { method: 'GET', path: '/', status: 200 };
    const floor: number[] = [];
    const ours = paths.map(() => [] as number[]);
    // The first round warms everything up.
    for (let round = 0; round <= rounds; round += 1) {
      const said = await requestsPerSecond(bare.url, hello);
      if (round > 0) floor.push(said);
      for (const [at, { request }] of paths.entries()) {
        const answered = await requestsPerSecond(url, request);
        if (round > 0) ours[at]?.push(answered);
      }
    }
    return paths.map(({ name, share }, at) => {
      const [mine, theirs] = [median(ours[at] ?? []), median(floor)];
      return {
        name,
        ours: `${Math.round(mine).toLocaleString('en')}/s`,
        floor: `${Math.round(theirs).toLocaleString('en')}/s (Fastify that says hello)`,
        ratio: mine / theirs,
        target: share === null ? 'stated apart' : `>= ${share.toFixed(2)} of the floor`,
        reached: share === null ? null : mine / theirs >= share,
      };
    });
  } finally {
    await bare.stop();
    await product.stop();
  }
}

/** Evaluations of a stock OpenFeature client over HTTP: one flag at a time, and all at once when nothing changed. */
export const ofrepBench: Bench = {
  name: 'ofrep',
  async run() {
    const server = await startServer();
    if (!server) return [skipped('OFREP evaluation', 'no PostgreSQL installed', '>= 0.45 of the floor')];
    return onServer(server).finally(() => server.stop());
  },
};
