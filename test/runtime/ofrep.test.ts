import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep, type BulkBody } from '../support/ofrep.builder.js';
import {
  adoptEverywhere,
  narrowInternal,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;
let elsewhere: ServedWorkflow;
let key: KeyHolder;
let ofrep: Ofrep;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  elsewhere = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  await adoptEverywhere(world, elsewhere);
  key = await runtimeKey(world, served);
  ofrep = new Ofrep(world, key);
});
afterAll(async () => {
  await world.close();
});

describe('one evaluation', () => {
  test('is answered 200 with a value, a reason and plain metadata', async () => {
    const response = await ofrep.one(served.key, { targetingKey: 'user-1' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    const answer = (await response.json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      key: served.key,
      variant: served.release.alias,
      value: {
        outcome: 'release',
        digest: served.release.digest,
        steps: { main: { prompt: { version: 1 } } },
      },
    });
    expect(['STATIC', 'TARGETING_MATCH', 'SPLIT']).toContain(answer['reason']);
    for (const value of Object.values(answer['metadata'] as object))
      expect(['string', 'number', 'boolean']).toContain(typeof value);
  });

  test('of a lever is of its own type', async () => {
    const value = async (suffix: string) =>
      ((await (await ofrep.one(`${served.key}.${suffix}`)).json()) as { value: unknown }).value;
    expect(await value('enabled')).toBe(true);
    expect(await value('fallback')).toBe('none');
    expect(await value('release')).toBe(served.release.digest);
    expect(await value('disabled-tools')).toEqual([]);
  });

  test('of a flag that is not there says so with its key, and the same of one that the key may not see', async () => {
    const texts = await Promise.all(
      ['no.such', elsewhere.key, `${served.key}.no-such-lever`, 'nonsense'].map(async (flag) => {
        const response = await ofrep.one(flag);
        expect(response.status).toBe(404);
        return (await response.text()).replaceAll(flag, 'FLAG');
      }),
    );
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ key: 'FLAG', errorCode: 'FLAG_NOT_FOUND' });
  });

  test.each([
    ['{', 'PARSE_ERROR'],
    ['[]', 'PARSE_ERROR'],
    ['{"context": 7}', 'INVALID_CONTEXT'],
    ['{"context": {"targetingKey": 7}}', 'INVALID_CONTEXT'],
  ])('of what cannot be read, %s, is refused with the key and a code', async (body, errorCode) => {
    const response = await ofrep.post(`/ofrep/v1/evaluate/flags/${served.key}`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ key: served.key, errorCode });
  });

  test('needs a key that holds, in either header', async () => {
    expect((await ofrep.one(served.key, {}, null)).status).toBe(401);
    const path = `/ofrep/v1/evaluate/flags/${served.key}`;
    expect((await ofrep.post(path, {}, { 'x-api-key': key.secret }, null)).status).toBe(200);
    expect((await ofrep.post(path, {}, { 'x-api-key': `${key.secret.slice(0, -1)}!` }, null)).status).toBe(
      401,
    );
    const reader = await runtimeKey(world, served, { scopes: ['read'] });
    expect((await ofrep.one(served.key, {}, reader)).status).toBe(403);
  });

  test('is never throttled', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => ofrep.one(served.key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('asks the database nothing; what was fetched is written together, once a second', async () => {
    await ofrep.one(served.key);
    const before = world.database.statements.count;
    await Promise.all(Array.from({ length: 200 }, () => ofrep.one(served.key)));
    await Promise.all(Array.from({ length: 200 }, () => ofrep.all()));
    expect(world.database.statements.count - before).toBeLessThan(20);
  });
});

describe('all flags at once', () => {
  test('come with a strong etag, and are not sent again while nothing changed', async () => {
    const first = await ofrep.all({ targetingKey: 'user-1' });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const { flags } = (await first.json()) as BulkBody;
    expect(flags.map((flag) => flag.key)).toContain(`${served.key}.enabled`);
    expect(flags.every((flag) => flag.key.startsWith(served.key))).toBe(true);
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await ofrep.all({ targetingKey: 'user-1' }, { 'if-none-match': sent });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  test('are sent anew when any attribute changes the answer, though the client kept its etag', async () => {
    await narrowInternal(world, served, 'etag_trap');
    const insider = { targetingKey: 'user-1', audience: 'internal' };
    const first = await ofrep.all(insider);
    const etag = first.headers.get('etag') ?? '';
    const { flags } = (await first.json()) as BulkBody;
    const changed = await ofrep.all({ ...insider, etag_trap: 'yes' }, { 'if-none-match': etag });
    const same =
      JSON.stringify(flags) === JSON.stringify(await ofrep.flags({ ...insider, etag_trap: 'yes' }));
    expect(changed.status).toBe(same ? 304 : 200);
    expect(same).toBe(false);
  });

  test('have another etag for another key', async () => {
    const other = await runtimeKey(world, served);
    const etags = await Promise.all(
      [ofrep.all(), ofrep.all({}, {}, other)].map(async (one) => (await one).headers.get('etag')),
    );
    expect(etags[0]).not.toBe(etags[1]);
  });

  test('can be read by pages of other sites, refusals too', async () => {
    const origin = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' };
    for (const response of [
      await ofrep.all({}, origin),
      await ofrep.post('/ofrep/v1/evaluate/flags', {}, origin, null),
    ]) {
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-expose-headers')).toBe('ETag, Retry-After');
    }
    const asked = await world.fetch('/ofrep/v1/evaluate/flags', {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toBe(
      'Content-Type, If-None-Match, Authorization, X-API-Key',
    );
  });

  test('have no etag on other addresses for other sites', async () => {
    const response = await world.fetch('/healthz', { headers: { origin: 'https://shop.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
