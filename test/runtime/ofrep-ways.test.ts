import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OfrepEvaluator } from '../../apps/api/src/modules/runtime/ofrep-evaluator.service.js';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep } from '../support/ofrep.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;
let key: KeyHolder;
let responder: Person;
let ofrep: Ofrep;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  key = await runtimeKey(world, served);
  responder = await world.person({ organisationRoles: ['responder'] });
  ofrep = new Ofrep(world, key);
});
afterAll(() => world.close());

const bulk = '/ofrep/v1/evaluate/flags';
const seen = [
  'content-type',
  'etag',
  'cache-control',
  'access-control-allow-origin',
  'x-content-type-options',
];

async function said(response: Response) {
  const headers = Object.fromEntries(seen.map((name) => [name, response.headers.get(name)]));
  return { status: response.status, headers, body: await response.text() };
}

test('an answer is the same whichever way through the server it takes', async () => {
  const etag = (await ofrep.all({ targetingKey: 'u' })).headers.get('etag') ?? '';
  const asked: [string, unknown, Record<string, string>][] = [
    [`${bulk}/${served.key}`, { context: { targetingKey: 'u' } }, {}],
    [`${bulk}/${encodeURIComponent(served.key)}.enabled`, {}, {}],
    [`${bulk}/no.such`, {}, {}],
    [`${bulk}/${encodeURIComponent('kein.schlüssel')}`, {}, {}],
    [`${bulk}/${served.key}`, '{', {}],
    [bulk, { context: { targetingKey: 'u' } }, {}],
    [bulk, { context: { targetingKey: 'u' } }, { 'if-none-match': `W/${etag}` }],
    [bulk, { context: 7 }, {}],
  ];
  for (const [path, body, headers] of asked) {
    // An address with a query is left to the framework.
    const [quick, ordinary] = [
      await ofrep.post(path, body, headers),
      await ofrep.post(`${path}?ordinary`, body, headers),
    ];
    expect(quick.headers.get('content-security-policy')).toBeNull();
    expect(ordinary.headers.get('content-security-policy')).not.toBeNull();
    expect(await said(quick)).toEqual(await said(ordinary));
  }
});

test('every answer has a request id of its own, or the one that was sent', async () => {
  const ids = await Promise.all(
    Array.from({ length: 50 }, async () => (await ofrep.one(served.key)).headers.get('x-request-id')),
  );
  expect(new Set(ids).size).toBe(50);
  const sent = await ofrep.post(`${bulk}/${served.key}`, {}, { 'x-request-id': 'sent-by-a-proxy' });
  expect(sent.headers.get('x-request-id')).toBe('sent-by-a-proxy');
});

test('a rollback is in the next answer, though the same was asked a moment before', async () => {
  const context = { targetingKey: 'u' };
  const before = await ofrep.all(context);
  const etag = before.headers.get('etag') ?? '';
  expect((await ofrep.all(context, { 'if-none-match': etag })).status).toBe(304);
  const { userErrors } = await rollBack(world, responder, served.id);
  expect(userErrors).toEqual([]);
  const after = await ofrep.all(context, { 'if-none-match': etag });
  expect(after.status).toBe(200);
  expect(after.headers.get('etag')).not.toBe(etag);
  const flags = await ofrep.flags(context);
  expect(flags.find((flag) => flag.key === `${served.key}.enabled`)?.value).toBe(false);
});

test('a fault is answered with the key and a code, as clients want it, and is logged under its request', async () => {
  const evaluator = world.app.get(OfrepEvaluator, { strict: false });
  const fault = () => {
    throw new Error('A fault that no client may read');
  };
  for (const name of ['single', 'bulk', 'again'])
    Object.defineProperty(evaluator, name, { value: fault, configurable: true });
  try {
    const one = await ofrep.one(served.key);
    expect([one.status, await one.json()]).toMatchObject([500, { key: served.key, errorCode: 'GENERAL' }]);
    const all = await ofrep.all();
    expect([all.status, await all.json()]).toMatchObject([500, { errorCode: 'GENERAL' }]);
    const id = one.headers.get('x-request-id') ?? 'none';
    expect(world.logs.some((line) => line.includes(id) && line.includes('that no client may read'))).toBe(
      true,
    );
  } finally {
    for (const name of ['single', 'bulk', 'again']) Reflect.deleteProperty(evaluator, name);
  }
  expect((await ofrep.one(served.key)).status).toBe(200);
});

test('every request is counted, whether or not the same was asked before', async () => {
  const counted = async () => {
    const rows = await world.db.servedCount.findMany({ where: { workflowId: served.id, source: 'ofrep' } });
    return rows.reduce((sum, { requests }) => sum + Number(requests), 0);
  };
  const settled = async () => {
    let last = -1;
    for (let now = await counted(); now !== last; now = await counted()) {
      last = now;
      await new Promise((go) => setTimeout(go, 2500));
    }
    return last;
  };
  const before = await settled();
  for (let at = 0; at < 20; at += 1) await ofrep.all({ targetingKey: 'counted' });
  expect(await settled()).toBe(before + 20);
});

test('who evaluates without our SDK is shown by the version that it fetched last, as a caller through OFREP', async () => {
  const { workflow } = await world.gql<{ workflow: { instances: { nodes: object[] } } }>(
    'query ($id: ID!) { workflow(id: $id) { instances(first: 10) { nodes { via environment servesVersion } } } }',
    { id: served.id },
    { as: responder },
  );
  const { epoch } = await world.db.workflow.findUniqueOrThrow({ where: { id: served.id } });
  const servesVersion = `1.${String(epoch)}`;
  expect(workflow.instances.nodes).toContainEqual({ via: 'ofrep', environment: 'production', servesVersion });
});
