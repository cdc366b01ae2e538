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
import { stagesOf } from '../support/stage.builder.js';
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
  test('is told nothing of an occupied stage that is opened, until its occupant is promoted through its gates', async () => {
    const browser = await runtimeKey(world, served, { scopes: ['runtime-public'] });
    await publish(world, served, 'general');
    const { general } = await stagesOf(world, served.id, served.team);
    expect(general).toMatchObject({ current: { revision: 1 }, pending: [{ revision: 2, effect: 'widens' }] });
    const hidden = await ofrep.one(served.key, {}, browser);
    expect(hidden.status).toBe(404);
    expect((await hidden.text()).replaceAll(served.key, 'x')).toBe(
      (await (await ofrep.one('no.such', {}, browser)).text()).replaceAll('no.such', 'x'),
    );
  });

  test('gets the stages that are public, and nothing of what they are made of', async () => {
    const open = await servedWorkflow(world);
    await publish(world, open, 'general');
    await adoptEverywhere(world, open);
    const page = await runtimeKey(world, open, { scopes: ['runtime-public'] });
    const shown = await ofrep.one(open.key, { stage: 'internal' }, page);
    const text = await shown.text();
    expect([shown.status, JSON.parse(text)]).toMatchObject([
      200,
      { value: { outcome: 'release', stage: 'general' } },
    ]);
    for (const secret of ['template', 'steps', 'disabledTools', 'limits', '{{'])
      expect(text).not.toContain(secret);
    for (const suffix of ['prompts', 'models', 'disabled-tools'])
      expect((await ofrep.one(`${open.key}.${suffix}`, {}, page)).status).toBe(404);
    const flags = await ofrep.flags({}, page);
    expect(flags.map((flag) => flag.key)).not.toContain(`${open.key}.prompts`);
    expect((await world.fetch(`/v1/snapshots/${open.key}`, { as: page })).status).toBe(403);
  });
});
