import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OpenFeature, ProviderEvents, type Client } from '@openfeature/server-sdk';
import { HoldpointProvider } from '../../packages/client/src/openfeature/provider.js';
import { flagKey, flagSuffixes, parseFlagKey } from '../../packages/client/src/flags/flag-list.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { digestNamed, snapshotOf, snapshotOverlay, snapshotStage } from '../support/snapshot.builder.js';

let registry: ScriptedRegistry;
let clients: Clients;
let features: Client;
let events: string[];

beforeEach(async () => {
  registry = await ScriptedRegistry.start();
  registry.serve(snapshotOf());
  clients = new Clients();
});
afterEach(async () => {
  await OpenFeature.clearProviders();
  OpenFeature.clearHandlers();
  await clients.close();
  await registry.stop();
});

async function withProvider(over = {}): Promise<HoldpointProvider> {
  const provider = new HoldpointProvider(
    clients.make({ url: registry.url, workflows: ['support.reply'], timeoutMs: 500, ...over }),
  );
  events = [];
  for (const event of Object.values(ProviderEvents))
    OpenFeature.addHandler(event, () => void events.push(event));
  await OpenFeature.setProviderAndWait(provider);
  features = OpenFeature.getClient();
  return provider;
}

describe('through OpenFeature', () => {
  test('an application gets the whole decision, and one flag for each lever', async () => {
    await withProvider();
    const whole = await features.getObjectDetails('support.reply', {});
    expect(whole).toMatchObject({
      value: { release: 'one-alias', isFallback: false, steps: { main: { prompt: { version: 3 } } } },
      ...{ variant: 'one-alias', reason: 'STATIC' },
      flagMetadata: { workflow: 'support.reply', incarnation: 1, epoch: 1, stage: 'general' },
    });
    expect(await features.getBooleanValue('support.reply.enabled', false)).toBe(true);
    expect(await features.getStringValue('support.reply.fallback', '')).toBe('none');
    expect(await features.getStringValue('support.reply.release', '')).toBe(digestNamed('one'));
    expect(await features.getStringValue('support.reply.autonomy-mode', '')).toBe('suggest');
    expect(await features.getObjectValue('support.reply.disabled-tools', ['?'])).toEqual([]);
    expect(await features.getObjectValue('support.reply.models', {})).toMatchObject({
      main: { provider: 'example' },
    });
    expect(await features.getObjectValue('support.reply.prompts', {})).toMatchObject({
      main: { name: 'support/reply' },
    });
  });

  test('it sees a rollback, and is told that something changed', async () => {
    await withProvider();
    await eventually('the stream is open', () => registry.openStreams === 1);
    const changed: unknown[] = [];
    OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, (event) => {
      changed.push(event?.flagsChanged);
    });
    registry.serve(snapshotOf(2, { overlays: [snapshotOverlay('o', [{ kind: 'disable' }])] }));
    await eventually('it is told', () => changed.length > 0);
    expect(changed[0]).toEqual(flagSuffixes.map((suffix) => flagKey('support.reply', suffix)));
    expect(await features.getBooleanDetails('support.reply.enabled', true)).toMatchObject({
      ...{ value: false, reason: 'DISABLED', variant: 'disabled' },
    });
  });

  test('a share of the users is found by their targeting key', async () => {
    const stages = [snapshotStage('limited', 'two', { percentage: 50 }), snapshotStage('general', 'one')];
    registry.serve(snapshotOf(2, { stages }));
    await withProvider();
    const found = new Set<string>();
    for (let at = 0; at < 40; at += 1) {
      const context = { targetingKey: `user-${String(at)}` };
      const { variant, reason } = await features.getObjectDetails('support.reply', {}, context);
      found.add(`${String(variant)} ${String(reason)}`);
    }
    expect([...found].sort()).toEqual(['one-alias STATIC', 'two-alias SPLIT']);
  });

  test.each([
    ['nonsense', 'FLAG_NOT_FOUND'],
    ['support.reply.colour', 'FLAG_NOT_FOUND'],
    ['support.unknown', 'FLAG_NOT_FOUND'],
    ['support.reply.release', 'TYPE_MISMATCH'],
  ])('the flag %j gives the application its own value and %s', async (key, errorCode) => {
    await withProvider();
    const otherwise = { mine: true };
    expect(await features.getObjectDetails(key, otherwise)).toMatchObject({ value: otherwise, errorCode });
  });

  test('an application starts without the registry, is told so, and is told when it is back', async () => {
    await registry.stop();
    await withProvider();
    await eventually('it is told', () => events.includes(ProviderEvents.Error));
    expect(await features.getObjectValue('support.reply', {})).toMatchObject({ isFallback: true });
    expect(await features.getNumberValue('support.reply', 7)).toBe(7);
    await registry.restart();
    await eventually('it is told', () => events.at(-1) === ProviderEvents.Ready || events.length > 2);
    await eventually('it is served', () => events.includes(ProviderEvents.ConfigurationChanged));
    expect(await features.getObjectValue('support.reply', {})).toMatchObject({ isFallback: false });
  });

  test('an application that loses the registry is told that what it has is stale', async () => {
    await withProvider();
    await eventually('the stream is open', () => registry.openStreams === 1);
    await registry.stop();
    await eventually('it is told', () => events.includes(ProviderEvents.Stale));
    expect(await features.getObjectValue('support.reply', {})).toMatchObject({ release: 'one-alias' });
    await registry.restart();
    await eventually(
      'it is told',
      () => events.lastIndexOf(ProviderEvents.Ready) > events.indexOf(ProviderEvents.Stale),
    );
  });

  test('only the whole decision counts as a request', async () => {
    await withProvider();
    await features.getBooleanValue('support.reply.enabled', false);
    await features.getObjectValue('support.reply', {});
    const counted = () =>
      registry.heartbeats.flatMap(({ body }) => body.workflows.flatMap(({ counts }) => counts));
    await eventually('it is counted', () => counted().length > 0);
    expect(counted()).toEqual([{ stage: 'general', served: digestNamed('one'), requests: 1 }]);
  });
});

test('keys of flags are read back as they were made', () => {
  for (const suffix of flagSuffixes)
    expect(parseFlagKey(flagKey('support.reply', suffix))).toEqual({ workflow: 'support.reply', suffix });
  for (const key of ['', '.', 'a', 'a.', '.a', 'a.b.', 'a.b.constructor', 'a.b.enabled.x'])
    expect(parseFlagKey(key)).toBeNull();
});
