import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import { usualTimings } from '../../packages/client/src/sdk/timings.js';
import { percentile } from '../bench/numbers.js';
import { startProduct, type Product } from '../bench/product.js';
import { bareClients, evaluation, versionIn } from '../support/bare-clients.js';
import { connectionQueue } from '../support/connection-queue.js';
import { createEngine, testEngine } from '../support/engine.js';
import { freshRequest, type Answered, type Asking } from '../support/fresh-request.js';
import type { KeyHolder } from '../support/key.builder.js';
import { ReturningCrowd } from '../support/returning-crowd.js';
import { rollBack } from '../support/rollback-acts.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { Clients, eventually, StreamWatch } from '../support/sdk.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const replicated = testEngine() === 'postgres' ? test : test.skip;
const secret = 'the-same-for-every-replica-of-this-test';
const applications = 20;
const many = 1000 - applications;
/** Each of an application of its own. */
const keyCount = 10;
const patienceMs = 30_000;
/** A connection that found no room is asked for again after a second, by the system of whoever asks. */
const askedAgainMs = 1000;
const hasRoom = (connectionQueue() ?? 0) > 1000;

/** Where rollbacks are asked for; the clients know nothing of it. */
let other: World;
/** What the clients are connected to, in a process of its own. */
let product: Product;
let env: Record<string, string>;
let served: ServedWorkflow;
let responder: Person;
let crowd: ReturningCrowd;
let keys: KeyHolder[];
const clients = new Clients();
const sdk: { holdpoint: Holdpoint; streams: StreamWatch }[] = [];
const evaluations: Answered[] = [];
let asking: NodeJS.Timeout;

beforeAll(async () => {
  if (testEngine() !== 'postgres') return;
  const engine = await createEngine('postgres');
  other = await createWorld({ HOLDPOINT_SECRET: secret }, [], engine);
  served = await servedWorkflow(other);
  await adoptEverywhere(other, served);
  responder = await other.person({ organisationRoles: ['responder'] });
  keys = await Promise.all(Array.from({ length: keyCount }, () => runtimeKey(other, served)));
  env = { DATABASE_URL: engine.url ?? '', HOLDPOINT_SECRET: secret };
  product = await startProduct(env);
  env = { ...env, PORT: new URL(product.url).port };
  for (let at = 0; at < applications; at += 1) follow(keys[at % keyCount]!);
  const places = await bareClients(product.url, served.key, keys);
  crowd = new ReturningCrowd(
    Array.from({ length: many }, (_, at) => places[at % places.length]!),
    (request) => (request.method === 'POST' ? evaluate(request) : freshRequest(request)),
  );
  await eventually('all listen and have what is served', () => haveAll(() => true), patienceMs);
  await eventually(
    'all our clients do',
    () => sdk.every(({ streams }) => streams.opened.length === 1),
    patienceMs,
  );
  asking = setInterval(() => void evaluate(evaluation(product.url, keys[0]!)), 20);
}, 180_000);
afterAll(async () => {
  if (testEngine() !== 'postgres') return;
  clearInterval(asking);
  crowd.close();
  await clients.close();
  await product.stop();
  await other.close();
});

async function evaluate(request: Asking): Promise<Answered> {
  const answered = await freshRequest(request);
  evaluations.push(answered);
  return answered;
}

function follow(key: KeyHolder): void {
  const streams = new StreamWatch();
  const options = { url: product.url, key: key.secret, workflows: [served.key], timings: {} };
  sdk.push({ holdpoint: clients.make(options, { fetch: streams.fetch }), streams });
}

const haveAll = (isRight: (version: string | undefined) => boolean) =>
  crowd.members.every(({ isOpen, has }) => isOpen && has && isRight(versionIn(has.body)));

async function roll(levers: object[]): Promise<{ id: string; version: string }> {
  const { rollback, userErrors } = await rollBack(other, responder, served.id, { levers });
  if (!rollback) throw new Error(JSON.stringify(userErrors));
  const { id, incarnation, epoch } = rollback;
  return { id, version: `${String(incarnation)}.${String(epoch)}` };
}

/** All listen again, and have this version. */
async function allHave(version: string, goneAt: number): Promise<void> {
  await eventually('all have it', () => haveAll((has) => has === version), patienceMs).catch(() => undefined);
  const lacking = crowd.members.filter(
    ({ isOpen, has }) => !isOpen || versionIn(has?.body ?? '') !== version,
  );
  // Says what whoever is missing was told instead.
  expect(lacking.map((one) => one.state)).toEqual([]);
  const isBack = ({ holdpoint, streams }: (typeof sdk)[number]) => {
    const { incarnation, epoch } = holdpoint.workflow(served.key).version;
    const isNewest = `${String(incarnation)}.${String(epoch)}` === version;
    return isNewest && (streams.opened.at(-1) ?? 0) > goneAt;
  };
  await eventually('all our clients are and have it', () => sdk.every(isBack), patienceMs);
}

/** Of the server that is back: refuses nobody, and lets nobody wait for so long that a client gives up. */
function answersAll(goneAt: number): Answered[] {
  const asked = evaluations.filter(({ sentAt }) => sentAt > goneAt);
  const backAt = asked.find(({ status }) => status === 200)?.sentAt ?? Infinity;
  const after = asked.filter(({ sentAt }) => sentAt >= backAt);
  expect(after.length).toBeGreaterThan(many / 2);
  expect(after.filter(({ status }) => status !== 200 && status !== 304)).toEqual([]);
  // Of nearly all: on a busy machine whoever measures is late himself, now and then.
  expect(
    percentile(
      after.map(({ tookMs }) => tookMs),
      0.95,
    ),
  ).toBeLessThan(usualTimings.requestMs);
  if (hasRoom) findsRoom(after);
  return after;
}

/** Where there is too little, half of them are asked again a second later. */
function findsRoom(answered: readonly Answered[]): void {
  expect(
    percentile(
      answered.map(({ connectedMs }) => connectedMs),
      0.75,
    ),
  ).toBeLessThan(askedAgainMs * 0.9);
}

/** Our clients do not come back all at the same moment. */
function cameBackSpread(since: number): void {
  const first = sdk.map(({ streams }) => streams.asked.find((at) => at > since) ?? Infinity);
  expect(Math.max(...first) - since).toBeLessThan(usualTimings.retryMs + 2000);
  expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(usualTimings.retryMs / 3);
}

/** By each of our clients: they report what they serve to a server that has just come back. */
async function isConfirmed(id: string): Promise<void> {
  const query = 'query ($id: ID!) { rollback(id: $id) { effect { state expected confirmed } } }';
  type Shown = { rollback: { effect: { state: string } } };
  const effect = async () => (await other.gql<Shown>(query, { id }, { as: responder })).rollback.effect;
  let seen = await effect();
  for (const end = performance.now() + 5000; seen.state !== 'confirmed' && performance.now() < end;) {
    await pause(50);
    seen = await effect();
  }
  expect(seen).toEqual({ state: 'confirmed', expected: applications, confirmed: applications });
}

replicated(
  'a thousand clients of a server that was killed come back, all to what was rolled back meanwhile',
  async () => {
    const cutAt = performance.now();
    await product.stop('SIGKILL');
    const goneAt = performance.now();
    const { id, version } = await roll([{ kind: 'disable' }]);
    product = await startProduct(env);
    await allHave(version, goneAt);
    const answered = answersAll(goneAt).filter(({ status }) => status === 200);
    expect(answered.map(({ body }) => versionIn(body))).toEqual(answered.map(() => version));
    cameBackSpread(cutAt);
    await isConfirmed(id);
  },
  120_000,
);

replicated(
  'a thousand clients of a server that was stopped in order come back, and are reached by a rollback at that moment',
  async () => {
    const before = crowd.members.map(({ streams }) => streams);
    const cutAt = performance.now();
    await product.stop();
    const goneAt = performance.now();
    product = await startProduct(env);
    const { id, version } = await roll([{ kind: 'fallback', to: 'people' }]);
    await allHave(version, goneAt);
    answersAll(goneAt);
    cameBackSpread(cutAt);
    expect(crowd.members.map(({ streams }) => streams)).toEqual(before.map((streams) => streams + 1));
    await isConfirmed(id);
  },
  120_000,
);

const roomy = hasRoom ? replicated : test.skip;
roomy(
  'a thousand who come while the server is busy find room to wait, and are answered',
  async () => {
    process.kill(product.pid, 'SIGSTOP');
    const answers = Array.from({ length: 1000 }, () => freshRequest(evaluation(product.url, keys[0]!)));
    await pause(askedAgainMs / 2);
    process.kill(product.pid, 'SIGCONT');
    const answered = await Promise.all(answers);
    expect(answered.filter(({ status }) => status !== 200)).toEqual([]);
    findsRoom(answered);
  },
  60_000,
);
