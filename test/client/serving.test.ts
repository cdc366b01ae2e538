import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MissingVariables } from '../../packages/client/src/sdk/compile-prompt.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf, snapshotOverlay, snapshotRelease, snapshotStage } from '../support/snapshot.builder.js';

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
  return { holdpoint, reply: holdpoint.workflow('support.reply') };
}

describe('an application', () => {
  test('is served release, prompt, model and everything else it needs for a request', async () => {
    const { reply } = await connected();
    expect(reply.get({ user: 'u-1' })).toMatchObject({
      ...{ workflow: 'support.reply', outcome: 'release', release: 'one-alias', stage: 'general', number: 1 },
      ...{ autonomyMode: 'suggest', disabledTools: [], isFallback: false, fallbackTo: null, state: 'live' },
      ...{ failure: { action: 'escalate', fallback: 'people' }, version: { incarnation: 1, epoch: 1 } },
      prompt: { name: 'support/reply', version: 3 },
      model: { provider: 'example', model: 'small-2026-10-01', parameters: { temperature: 0 } },
    });
  });

  test('fills a prompt with its variables, as they are', async () => {
    const { reply } = await connected();
    const { compile, steps } = reply.get();
    const variables = { ticket: '<b>{{customer.name}} $& </b>', 'customer.name': 7, unused: true };
    expect(compile!(variables)).toBe('one: answer <b>{{customer.name}} $& </b> for 7');
    expect(steps['main']!.compile(variables)).toBe(compile!(variables));
  });

  test('is told which variables a prompt lacks', async () => {
    const { reply } = await connected();
    const lacking = () => reply.get().compile!({ ticket: null });
    expect(lacking).toThrow(new MissingVariables('support/reply v3', ['ticket', 'customer.name']));
  });

  test('gets messages for a chat prompt', async () => {
    const one = snapshotRelease('one');
    const [step] = one.steps;
    const template = [
      { role: 'system', content: 'Be short' },
      { role: 'user', content: '{{ticket}}' },
    ];
    const steps = [{ ...step!, prompt: { ...step!.prompt, format: 'chat' as const, template } }];
    registry.serve(snapshotOf(2, { releases: { one: { ...one, steps } } }));
    const { reply } = await connected();
    expect(reply.get().compile!({ ticket: 'T-1' })).toEqual([
      { role: 'system', content: 'Be short' },
      { role: 'user', content: 'T-1' },
    ]);
  });

  test('cannot change what the next request gets', async () => {
    const { reply } = await connected();
    const served = reply.get();
    expect(() => Object.assign(served.prompt!, { template: 'mine' })).toThrow(TypeError);
    expect(() => Object.assign(served.steps, { main: null })).toThrow(TypeError);
  });

  test('follows a rollback without asking again', async () => {
    const { holdpoint, reply } = await connected();
    await eventually('the stream is open', () => registry.openStreams === 1);
    const changed: unknown[] = [];
    holdpoint.on('changed', (what) => changed.push(what));
    registry.serve(snapshotOf(2, { overlays: [snapshotOverlay('o', [{ kind: 'fallback', to: 'search' }])] }));
    await eventually('it follows', () => reply.get().isFallback);
    expect(reply.get()).toMatchObject({
      outcome: 'fallback',
      fallbackTo: 'search',
      prompt: null,
      compile: null,
    });
    expect(changed).toEqual([{ workflow: 'support.reply', version: { incarnation: 1, epoch: 2 } }]);
  });

  test('follows by asking, with an ETag, where no stream can be had', async () => {
    registry.intercept = (_request, response, path) => {
      if (path !== '/v1/stream') return false;
      response.writeHead(502).end();
      return true;
    };
    const { reply } = await connected();
    registry.serve(snapshotOf(2, { stages: [snapshotStage('general', 'two')] }));
    await eventually('it follows', () => reply.get().release === 'two-alias');
    const snapshots = () => registry.asked.filter(({ path }) => path.startsWith('/v1/snapshots/'));
    const before = snapshots().length;
    await eventually('it asks again', () => snapshots().length > before);
    expect(snapshots().at(-1)?.headers['if-none-match']).toBe('"1.2.x"');
  });

  test('asks for a stream that has gone silent again, and is served meanwhile', async () => {
    const { reply } = await connected();
    await eventually('the stream is open', () => registry.openStreams === 1);
    registry.tells = false;
    registry.serve(snapshotOf(2, { stages: [snapshotStage('general', 'two')] }));
    registry.intercept = (_request, response, path) => {
      if (path !== '/v1/heartbeats') return false;
      response.writeHead(503).end();
      return true;
    };
    await eventually('it follows', () => reply.get().release === 'two-alias');
  });

  test('keeps several workflows on one stream, also those it names later', async () => {
    const { holdpoint } = await connected();
    registry.serve(snapshotOf(5, { key: 'sales.summary' }));
    const summary = holdpoint.workflow('sales.summary');
    expect(summary.get()).toMatchObject({ isFallback: true, version: { incarnation: 0, epoch: 0 } });
    await holdpoint.ready();
    expect(summary.get()).toMatchObject({ isFallback: false, version: { incarnation: 1, epoch: 5 } });
    await eventually('one stream carries both', () => {
      const streams = registry.asked.filter(({ path }) => path.startsWith('/v1/stream'));
      return (
        registry.openStreams === 1 && streams.at(-1)?.path.includes('support.reply,sales.summary') === true
      );
    });
  });

  test('sends its key in a header and to nobody else', async () => {
    registry.intercept = (_request, response, path) => {
      if (!path.startsWith('/v1/snapshots')) return false;
      response.writeHead(302, { location: `${registry.url}/elsewhere` }).end();
      return true;
    };
    await connected();
    expect(registry.asked.every(({ path }) => path !== '/elsewhere' && !path.includes('hp_test'))).toBe(true);
    expect(registry.asked[0]?.headers.authorization).toBe('Bearer hp_test');
    expect(clients.problems).toContainEqual(expect.objectContaining({ code: 'UNREACHABLE' }));
  });
});
