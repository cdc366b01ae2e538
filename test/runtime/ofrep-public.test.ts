import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep } from '../support/ofrep.builder.js';
import {
  adoptEverywhere,
  publish,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let served: ServedWorkflow;
let key: KeyHolder;
let ofrep: Ofrep;

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  key = await runtimeKey(world, served);
  ofrep = new Ofrep(world, key);
});
afterAll(async () => {
  await world.close();
});

describe('a key of browsers', () => {
  test('gets the stages that are marked public, and nothing of what they are made of', async () => {
    const browser = await runtimeKey(world, served, { scopes: ['runtime-public'] });
    const hidden = await ofrep.one(served.key, {}, browser);
    expect(hidden.status).toBe(404);
    expect((await hidden.text()).replaceAll(served.key, 'x')).toBe(
      (await (await ofrep.one('no.such', {}, browser)).text()).replaceAll('no.such', 'x'),
    );
    await publish(world, served, 'general');
    const shown = await ofrep.one(served.key, { stage: 'internal' }, browser);
    const text = await shown.text();
    expect([shown.status, JSON.parse(text)]).toMatchObject([
      200,
      { value: { outcome: 'release', stage: 'general' } },
    ]);
    for (const secret of ['template', 'steps', 'disabledTools', 'limits', '{{'])
      expect(text).not.toContain(secret);
    for (const suffix of ['prompts', 'models', 'disabled-tools'])
      expect((await ofrep.one(`${served.key}.${suffix}`, {}, browser)).status).toBe(404);
    const flags = await ofrep.flags({}, browser);
    expect(flags.map((flag) => flag.key)).not.toContain(`${served.key}.prompts`);
    expect((await world.fetch(`/v1/snapshots/${served.key}`, { as: browser })).status).toBe(403);
  });
});
