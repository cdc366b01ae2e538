import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf } from '../support/snapshot.builder.js';

let registry: ScriptedRegistry;
let clients: Clients;

beforeEach(async () => {
  registry = await ScriptedRegistry.start();
  registry.serve(snapshotOf());
  clients = new Clients();
});
afterEach(async () => {
  await clients.close();
  await registry.stop();
});

async function connected(over = {}, here = {}) {
  const holdpoint = clients.make({ url: registry.url, workflows: ['support.reply'], ...over }, here);
  await holdpoint.ready();
  return { holdpoint, reply: holdpoint.workflow('support.reply') };
}

describe('an operator', () => {
  test.each(['true', 'sales.summary, support.reply'])(
    'forces the failure behaviour with %j',
    async (said) => {
      const { reply } = await connected({}, { env: { HOLDPOINT_FORCE_FALLBACK: said } });
      expect(reply.get()).toMatchObject({
        ...{ outcome: 'failure', isFallback: true, fallbackTo: 'people', prompt: null, state: 'fallback' },
      });
      await eventually('it is reported', () => registry.heartbeats.length > 0);
      expect(registry.heartbeats.at(-1)?.body).toMatchObject({
        forcedFallback: true,
        workflows: [{ state: 'fallback', serves: [] }],
      });
    },
  );

  test('of another workflow forces nothing here', async () => {
    const { reply } = await connected({}, { env: { HOLDPOINT_FORCE_FALLBACK: 'sales.summary' } });
    expect(reply.get().isFallback).toBe(false);
  });

  test('is told on reconnection of what was forced while the registry was away', async () => {
    const { holdpoint, reply } = await connected();
    await registry.stop();
    holdpoint.forceFallback(true);
    expect(reply.get().isFallback).toBe(true);
    const before = registry.heartbeats.length;
    await registry.restart();
    await eventually('it is reported', () => registry.heartbeats.length > before);
    expect(registry.heartbeats.at(-1)?.body.forcedFallback).toBe(true);
    holdpoint.forceFallback(false);
    await eventually('its end too', () => registry.heartbeats.at(-1)?.body.forcedFallback === false);
  });
});
