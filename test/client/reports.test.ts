import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { heartbeat } from '../../packages/client/src/report/heartbeat.schema.js';
import { RequestCounts } from '../../packages/client/src/sdk/request-counts.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { digestNamed, snapshotOf, snapshotOverlay, snapshotStage } from '../support/snapshot.builder.js';

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

async function connected(over = {}) {
  const holdpoint = clients.make({ url: registry.url, workflows: ['support.reply'], ...over });
  await holdpoint.ready();
  await eventually('it has reported', () => registry.heartbeats.length > 0);
  return { holdpoint, reply: holdpoint.workflow('support.reply') };
}
const bodies = () => registry.heartbeats.map(({ body }) => body);
const requests = () =>
  bodies().flatMap(({ workflows }) =>
    workflows.flatMap(({ counts }) => counts.map((count) => count.requests)),
  );
const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);

describe('an instance', () => {
  test('says who it is, what it serves and which levers it honours', async () => {
    const { holdpoint } = await connected({ ignoresLevers: ['disableTool'] });
    const [first] = bodies();
    expect(heartbeat.parse(first)).toEqual(first);
    expect(first).toMatchObject({
      ...{
        instanceId: holdpoint.instanceId,
        application: 'support-desk',
        forcedFallback: false,
        stopping: false,
      },
      sdk: expect.stringMatching(/^holdpoint-node\/\d/),
      levers: ['disable', 'fallback', 'revertRelease', 'revertPrompt', 'pinModel'],
      workflows: [
        {
          ...{ workflow: 'support.reply', incarnation: 1, epoch: 1, state: 'live', counts: [] },
          serves: [
            {
              ...{ stage: 'general', release: digestNamed('one') },
              prompts: { main: digestNamed('prompt of one') },
              models: { main: digestNamed('model of one') },
            },
          ],
        },
      ],
    });
  });

  test('acknowledges a new version at once, not with the next regular report', async () => {
    const { reply } = await connected({ timings: { heartbeatMs: 60_000 } });
    await eventually('the stream is open', () => registry.openStreams === 1);
    const before = registry.heartbeats.length;
    const changed = performance.now();
    registry.serve(snapshotOf(2, { stages: [snapshotStage('general', 'two')] }));
    await eventually('it is acknowledged', () => bodies().at(-1)?.workflows[0]?.epoch === 2);
    expect(registry.heartbeats[before]!.at - changed).toBeLessThan(500);
    expect(bodies().at(-1)?.workflows[0]?.serves[0]?.release).toBe(digestNamed('two'));
    expect(reply.version.epoch).toBe(2);
  });

  test('counts what its requests got, by stage, once', async () => {
    const { reply } = await connected();
    for (let at = 0; at < 5; at += 1) reply.get();
    registry.serve(snapshotOf(2, { overlays: [snapshotOverlay('o', [{ kind: 'disable' }])] }));
    await eventually('it follows', () => reply.version.epoch === 2);
    for (let at = 0; at < 3; at += 1) reply.get();
    await eventually('all are counted', () => sum(requests()) === 8);
    const counts = bodies().flatMap(({ workflows }) => workflows[0]!.counts);
    expect(counts).toContainEqual({ stage: 'general', served: 'disabled', requests: 3 });
    const later = registry.heartbeats.length + 2;
    await eventually('it reports again', () => registry.heartbeats.length > later);
    expect(sum(requests())).toBe(8);
  });

  test('keeps its counts while the registry takes none, and reports them then', async () => {
    const { reply } = await connected();
    let refused = 0;
    registry.intercept = (_request, response, path) => {
      if (path !== '/v1/heartbeats') return false;
      refused += 1;
      response.writeHead(503).end();
      return true;
    };
    for (let at = 0; at < 7; at += 1) reply.get();
    await eventually('it tries and fails', () => refused >= 2);
    expect(reply.get().isFallback).toBe(false);
    registry.intercept = () => false;
    await eventually('all are counted', () => sum(requests()) === 8);
  });

  test('learns from the answer to its report that it is behind, though no stream told it', async () => {
    registry.intercept = (_request, response, path) => {
      if (path !== '/v1/stream') return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': nothing but heartbeats\n\n');
      return true;
    };
    const { reply } = await connected({ timings: { pollMs: 60_000, silenceMs: 60_000, heartbeatMs: 100 } });
    registry.serve(snapshotOf(2));
    await eventually('it follows', () => reply.version.epoch === 2);
  });

  test('says goodbye when it stops, and serves on', async () => {
    const { holdpoint, reply } = await connected();
    await holdpoint.close();
    expect(bodies().at(-1)?.stopping).toBe(true);
    const said = registry.heartbeats.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(registry.heartbeats).toHaveLength(said);
    expect(registry.openStreams).toBe(0);
    expect(reply.get().release).toBe('one-alias');
  });

  test('stops in time though the registry does not answer', async () => {
    const { holdpoint } = await connected({ timings: { closeMs: 200 } });
    registry.intercept = () => true;
    const began = performance.now();
    await holdpoint.close();
    expect(performance.now() - began).toBeLessThan(600);
  });

  test('reports more workflows than one report carries in several', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `support.w${String(index)}`);
    for (const key of names) registry.serve(snapshotOf(1, { key }));
    await connected({ workflows: names, timeoutMs: 5000 });
    const told = () =>
      new Set(bodies().flatMap(({ workflows }) => workflows.map(({ workflow }) => workflow)));
    await eventually('all of them are told', () => told().size === 130);
    expect(Math.max(...bodies().map(({ workflows }) => workflows.length))).toBe(100);
  });

  test('bounds what it remembers', () => {
    const counts = new RequestCounts();
    for (let at = 0; at < 100_000; at += 1) counts.add(`stage ${String(at)}`, 'failure');
    expect(counts.list()).toHaveLength(200);
    for (let at = 0; at < 5; at += 1) counts.told(counts.list());
    expect(counts.list()).toEqual([]);
  });
});
