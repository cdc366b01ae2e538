import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Listener } from '../support/event-source.js';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep } from '../support/ofrep.builder.js';
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
  Listener.closeAll();
  await world.close();
});

describe('the event stream', () => {
  test('says at once what is served, and again when it changes and about a second later', async () => {
    const stream = await Listener.open(await ofrep.stream(), { 'accept-encoding': 'gzip, br' });
    const { headers } = stream.response;
    expect(headers['content-type']).toContain('text/event-stream');
    expect(headers['cache-control']).toBe('no-cache, no-transform');
    expect(headers['x-accel-buffering']).toBe('no');
    expect(headers['content-encoding']).toBeUndefined();
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
    const stream = await Listener.open(await ofrep.stream());
    await narrowInternal(world, elsewhere, 'unseen');
    await narrowInternal(world, served, 'seen');
    await stream.until((heard) => heard.length === 2);
    expect(stream.text).not.toContain(elsewhere.key);
    stream.close();
  });

  test('ends with its key, whose address opens no other, and is in no log', async () => {
    const brief = await runtimeKey(world, served);
    const url = await ofrep.stream(brief);
    const stream = await Listener.open(url);
    await stream.until((heard) => heard.length === 1);
    await world.mustAct('keyRevoke', 'key { id }', { keyId: brief.userId }, served.team.reviewer);
    const end = performance.now() + 1000;
    while (!stream.ended && performance.now() < end) await new Promise((go) => setTimeout(go, 10));
    expect(stream.ended).toBe(true);
    expect((await fetch(url)).status).toBe(404);
    expect((await ofrep.one(served.key, {}, brief)).status).toBe(401);
    const channel = url.split('/').at(-1) ?? 'none';
    expect(world.logs.some((line) => line.includes(channel))).toBe(false);
  });
});
