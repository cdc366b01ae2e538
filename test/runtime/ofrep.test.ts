import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Listener } from '../support/event-source.js';
import type { KeyHolder } from '../support/key.builder.js';
import {
  adoptEverywhere,
  narrowInternal,
  publish,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;
let elsewhere: ServedWorkflow;
let key: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  elsewhere = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  await adoptEverywhere(world, elsewhere);
  key = await runtimeKey(world, served);
});
afterAll(async () => {
  Listener.closeAll();
  await world.close();
});

const json = { 'content-type': 'application/json' };
const post = (
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  as: KeyHolder | null = key,
) =>
  world.fetch(path, {
    ...{ method: 'POST', headers: { ...json, ...headers }, as },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const one = (flag: string, context: object = {}, as: KeyHolder | null = key) =>
  post(`/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`, { context }, {}, as);
const all = (context: object = {}, headers: Record<string, string> = {}, query = '', as = key) =>
  post(`/ofrep/v1/evaluate/flags${query}`, { context }, headers, as);

interface Bulk {
  flags: { key: string; value: unknown; reason: string }[];
  eventStreams: { type: string; url: string }[];
}

describe('one evaluation', () => {
  test('is answered 200 with a value, a reason and plain metadata', async () => {
    const response = await one(served.key, { targetingKey: 'user-1' });
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
      ((await (await one(`${served.key}.${suffix}`)).json()) as { value: unknown }).value;
    expect(await value('enabled')).toBe(true);
    expect(await value('fallback')).toBe('none');
    expect(await value('release')).toBe(served.release.digest);
    expect(await value('disabled-tools')).toEqual([]);
  });

  test('of a flag that is not there says so with its key, and the same of one that the key may not see', async () => {
    const texts = await Promise.all(
      ['no.such', elsewhere.key, `${served.key}.no-such-lever`, 'nonsense'].map(async (flag) => {
        const response = await one(flag);
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
    const response = await post(`/ofrep/v1/evaluate/flags/${served.key}`, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ key: served.key, errorCode });
  });

  test('needs a key that holds, in either header', async () => {
    expect((await one(served.key, {}, null)).status).toBe(401);
    const path = `/ofrep/v1/evaluate/flags/${served.key}`;
    expect((await post(path, {}, { 'x-api-key': key.secret }, null)).status).toBe(200);
    expect((await post(path, {}, { 'x-api-key': `${key.secret.slice(0, -1)}!` }, null)).status).toBe(401);
    const reader = await runtimeKey(world, served, { scopes: ['read'] });
    expect((await one(served.key, {}, reader)).status).toBe(403);
  });

  test('is never throttled', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => one(served.key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('asks the database nothing', async () => {
    await one(served.key);
    const before = world.database.statements.count;
    await Promise.all(Array.from({ length: 20 }, () => one(served.key)));
    await Promise.all(Array.from({ length: 20 }, () => all()));
    expect(world.database.statements.count - before).toBe(0);
  });
});

describe('all flags at once', () => {
  test('come with a strong etag, and are not sent again while nothing changed', async () => {
    const first = await all({ targetingKey: 'user-1' });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const { flags } = (await first.json()) as Bulk;
    expect(flags.map((flag) => flag.key)).toContain(`${served.key}.enabled`);
    expect(flags.every((flag) => flag.key.startsWith(served.key))).toBe(true);
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await all({ targetingKey: 'user-1' }, { 'if-none-match': sent });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  test('are sent anew when any attribute changes the answer, though the client kept its etag', async () => {
    await narrowInternal(world, served, 'etag_trap');
    const insider = { targetingKey: 'user-1', audience: 'internal' };
    const first = await all(insider);
    const etag = first.headers.get('etag') ?? '';
    const { flags } = (await first.json()) as Bulk;
    const changed = await all({ ...insider, etag_trap: 'yes' }, { 'if-none-match': etag });
    const same =
      JSON.stringify(flags) ===
      JSON.stringify(((await all({ ...insider, etag_trap: 'yes' }).then((r) => r.json())) as Bulk).flags);
    expect(changed.status).toBe(same ? 304 : 200);
    expect(same).toBe(false);
  });

  test('have another etag for another key', async () => {
    const other = await runtimeKey(world, served);
    const etags = await Promise.all(
      [all(), all({}, {}, '', other)].map(async (one) => (await one).headers.get('etag')),
    );
    expect(etags[0]).not.toBe(etags[1]);
  });

  test('can be read by pages of other sites, refusals too', async () => {
    const origin = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' };
    for (const response of [
      await all({}, origin),
      await post('/ofrep/v1/evaluate/flags', {}, origin, null),
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

describe('the event stream', () => {
  const streamOf = async (as = key) =>
    ((await (await all({}, {}, '', as)).json()) as Bulk).eventStreams[0]?.url ?? '';

  test('says at once what is served, and again when it changes and about a second later', async () => {
    const stream = await Listener.open(await streamOf());
    const { headers } = stream.response;
    expect(headers['content-type']).toContain('text/event-stream');
    expect(headers['cache-control']).toBe('no-cache, no-transform');
    expect(headers['x-accel-buffering']).toBe('no');
    await stream.until((heard) => heard.length === 1);
    expect(stream.text).toMatch(/^retry: 1000\n/);
    const epochs = () =>
      stream.heard.map(
        ({ data }) => JSON.parse(data) as { type: string; etag: string; lastModified: number },
      );
    await narrowInternal(world, served, 'stream');
    await stream.until((heard) => heard.length === 2, 1000);
    await stream.until((heard) => heard.length === 3, 2500);
    const [first, second, third] = epochs();
    expect(second?.type).toBe('refetchEvaluation');
    expect(second?.etag).toMatch(new RegExp(`^${served.key}:1\\.\\d+$`));
    expect(second?.etag).not.toBe(first?.etag);
    expect(third?.etag).toBe(second?.etag);
    expect(Math.abs((second?.lastModified ?? 0) * 1000 - Date.now())).toBeLessThan(10_000);
    stream.close();
  });

  test('says nothing of what the key does not see', async () => {
    const stream = await Listener.open(await streamOf());
    await narrowInternal(world, elsewhere, 'unseen');
    await narrowInternal(world, served, 'seen');
    await stream.until((heard) => heard.length === 2);
    expect(stream.text).not.toContain(elsewhere.key);
    stream.close();
  });

  test('ends with its key, whose address opens no other, and is in no log', async () => {
    const brief = await runtimeKey(world, served);
    const url = await streamOf(brief);
    const stream = await Listener.open(url);
    await stream.until((heard) => heard.length === 1);
    await world.mustAct('keyRevoke', 'key { id }', { keyId: brief.userId }, served.team.reviewer);
    const end = performance.now() + 1000;
    while (!stream.ended && performance.now() < end) await new Promise((go) => setTimeout(go, 10));
    expect(stream.ended).toBe(true);
    expect((await fetch(url)).status).toBe(404);
    expect((await one(served.key, {}, brief)).status).toBe(401);
    const channel = url.split('/').at(-1) ?? 'none';
    expect(world.logs.some((line) => line.includes(channel))).toBe(false);
  });
});

describe('a key of browsers', () => {
  test('gets the stages that are marked public, and nothing of what they are made of', async () => {
    const browser = await runtimeKey(world, served, { scopes: ['runtime-public'] });
    const hidden = await one(served.key, {}, browser);
    expect(hidden.status).toBe(404);
    expect((await hidden.text()).replaceAll(served.key, 'x')).toBe(
      (await (await one('no.such', {}, browser)).text()).replaceAll('no.such', 'x'),
    );
    await publish(world, served, 'general');
    const shown = await one(served.key, { stage: 'internal' }, browser);
    const text = await shown.text();
    expect([shown.status, JSON.parse(text)]).toMatchObject([
      200,
      { value: { outcome: 'release', stage: 'general' } },
    ]);
    for (const secret of ['template', 'steps', 'disabledTools', 'limits', '{{'])
      expect(text).not.toContain(secret);
    for (const suffix of ['prompts', 'models', 'disabled-tools'])
      expect((await one(`${served.key}.${suffix}`, {}, browser)).status).toBe(404);
    const { flags } = (await (await all({}, {}, '', browser)).json()) as Bulk;
    expect(flags.map((flag) => flag.key)).not.toContain(`${served.key}.prompts`);
    expect((await world.fetch(`/v1/snapshots/${served.key}`, { as: browser })).status).toBe(403);
  });
});
