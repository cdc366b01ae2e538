import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf, snapshotOverlay } from '../support/snapshot.builder.js';

const many = 1000;
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

describe('a thousand instances', () => {
  test('come back spread over a second after their server has gone, and all of them follow', async () => {
    const timings = { requestMs: 20_000, closeMs: 1, heartbeatMs: 60_000, acknowledgeWithinMs: 60_000 };
    const handles = Array.from({ length: many }, () =>
      clients.make({ url: registry.url, timings }).workflow('support.reply'),
    );
    await eventually('all of them listen', () => registry.openStreams === many, 30_000);
    const asked = registry.asked.length;
    registry.tells = false;
    registry.serve(snapshotOf(2, { overlays: [snapshotOverlay('o', [{ kind: 'disable' }])] }));
    const gone = performance.now();
    registry.bye();
    await eventually('all of them follow', () => handles.every(({ version }) => version.epoch === 2), 30_000);
    const back = registry.asked
      .slice(asked)
      .filter(({ path }) => path.startsWith('/v1/stream'))
      .map(({ at }) => at - gone);
    expect(back).toHaveLength(many);
    // Of a thousand spread evenly over a second, no tenth of it has more than a fifth of them.
    const tenths = Array.from({ length: 10 }, (_, tenth) =>
      back.filter((at) => Math.floor(at / 100) === tenth),
    );
    expect(Math.max(...tenths.map(({ length }) => length))).toBeLessThan(many / 5);
    expect(Math.max(...back)).toBeGreaterThan(700);
    expect(handles.every((handle) => handle.get().outcome === 'disabled')).toBe(true);
  }, 90_000);
});
