import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Listener } from '../support/event-source.js';
import type { KeyHolder } from '../support/key.builder.js';
import {
  adoptEverywhere,
  rewordedRelease,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;
let staging: KeyHolder;
let live: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  staging = await runtimeKey(world, served, { environment: 'staging' });
  live = await runtimeKey(world, served);
});
afterAll(async () => {
  Listener.closeAll();
  await world.close();
});

async function digestFor(as: KeyHolder): Promise<string> {
  const response = await world.fetch(`/ofrep/v1/evaluate/flags/${served.key}.release`, {
    ...{ method: 'POST', as, body: '{"context":{"targetingKey":"u"}}' },
    headers: { 'content-type': 'application/json' },
  });
  return ((await response.json()) as { value: string }).value;
}
const pin = (releaseId: string | null, environment = 'staging') =>
  world.act(
    'environmentPin',
    'workflow { environmentPins { environment release { id } } }',
    {
      ...{ workflowId: served.id, environment, releaseId },
    },
    served.team.member,
  );
const until = async (as: KeyHolder, digest: string) => {
  const end = performance.now() + 3000;
  while ((await digestFor(as)) !== digest && performance.now() < end)
    await new Promise((go) => setTimeout(go, 10));
  expect(await digestFor(as)).toBe(digest);
};

test('an environment serves the newest release, and its pinned one; production does not change with it', async () => {
  expect(await digestFor(staging)).toBe(served.release.digest);
  const stream = await Listener.open(`${world.url}/v1/stream?workflows=${served.key}`, {
    authorization: `Bearer ${staging.secret}`,
  });
  await stream.until((heard) => heard.length === 1);
  const second = await rewordedRelease(world, served);
  await until(staging, second.digest);
  expect(await digestFor(live)).toBe(served.release.digest);
  const { userErrors } = await pin(served.release.id);
  expect(userErrors).toEqual([]);
  await until(staging, served.release.digest);
  expect((await pin(served.release.id)).userErrors[0]?.code).toBe('NOTHING_CHANGED');
  await pin(null);
  await until(staging, second.digest);
  await stream.until((heard) => heard.length === 4);
  const versions = stream.heard.map(({ data }) => (JSON.parse(data) as { epoch: number }).epoch);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  expect(new Set(versions).size).toBe(4);
  stream.close();
});

test('production is not pinned, nor to a release of another workflow', async () => {
  expect((await pin(served.release.id, 'production')).userErrors[0]).toMatchObject({
    code: 'INVALID_INPUT',
    field: ['input', 'environment'],
  });
  const other = await servedWorkflow(world);
  expect((await pin(other.release.id)).userErrors[0]).toMatchObject({ code: 'NOT_FOUND' });
});

test('a whole snapshot comes with an etag, and says of which environment it is', async () => {
  const path = `/v1/snapshots/${served.key}`;
  const response = await world.fetch(path, { as: staging });
  expect(await response.json()).toMatchObject({ key: served.key, environment: 'staging', overlays: [] });
  const production = await world.fetch(path, { as: live });
  const etag = production.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"1\.\d+\.[0-9a-f]{16}"$/);
  const again = await world.fetch(path, { as: live, headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await world.fetch('/v1/snapshots/no.such', { as: live })).status).toBe(404);
});
