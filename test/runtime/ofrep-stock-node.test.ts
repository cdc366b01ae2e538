import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature, type Client } from '@openfeature/server-sdk';
import { Restartable } from '../support/restartable.js';
import { rollBack } from '../support/rollback-acts.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import type { Person } from '../support/world.js';

/** OpenFeature's own provider for servers, as an application without our SDK uses it. */
let server: Restartable;
let served: ServedWorkflow;
let responder: Person;
let client: Client;
const user = { targetingKey: 'user-1', plan: 'team' };

async function clientWith(domain: string, secret: string): Promise<Client> {
  const provider = new OFREPProvider({
    baseUrl: server.url,
    headers: [['Authorization', `Bearer ${secret}`]],
  });
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}

beforeAll(async () => {
  server = await Restartable.start();
  const { world } = server;
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  responder = await world.person({ organisationRoles: ['responder'] });
  client = await clientWith('stock', (await runtimeKey(world, served)).secret);
});
afterAll(async () => {
  await OpenFeature.clearProviders();
  await server.stop();
});

test('a stock server client evaluates flags of every type', async () => {
  const { key, release } = served;
  expect(await client.getBooleanValue(`${key}.enabled`, false, user)).toBe(true);
  expect(await client.getStringValue(`${key}.fallback`, 'unknown', user)).toBe('none');
  expect(await client.getStringValue(`${key}.release`, '', user)).toBe(release.digest);
  expect(await client.getObjectValue(`${key}.disabled-tools`, ['unknown'], user)).toEqual([]);
  const whole = await client.getObjectDetails(key, {}, user);
  expect(whole.value).toMatchObject({ outcome: 'release', digest: release.digest, isFallback: false });
  expect(whole).toMatchObject({
    ...{ variant: release.alias, reason: expect.stringMatching(/^(STATIC|TARGETING_MATCH|SPLIT)$/) },
    flagMetadata: { workflow: key, outcome: 'release', digest: release.digest, environment: 'production' },
  });
});

test('a stock server client gets its default, and a reason, for what is not there or not so', async () => {
  const ofUnknown = await client.getBooleanDetails('no.such', true, user);
  expect(ofUnknown).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  // Sent percent-encoded.
  const ofOddName = await client.getBooleanDetails(`${served.key}, ä b`, true, user);
  expect(ofOddName).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  const ofOtherType = await client.getStringDetails(`${served.key}.enabled`, 'own', user);
  expect(ofOtherType).toMatchObject({ value: 'own', errorCode: 'TYPE_MISMATCH' });
  const stranger = await clientWith('stranger', `hp_${'x'.repeat(43)}`);
  expect(await stranger.getStringValue(`${served.key}.fallback`, 'people', user)).toBe('people');
});

test('a stock server client sees a rollback with its next evaluation, with a value for every flag', async () => {
  const { world } = server;
  const { userErrors } = await rollBack(world, responder, served.id);
  expect(userErrors).toEqual([]);
  const enabled = await client.getBooleanDetails(`${served.key}.enabled`, true, user);
  expect(enabled).toMatchObject({ value: false, reason: 'DISABLED', variant: 'disabled' });
  expect(enabled.errorCode).toBeUndefined();
  const whole = await client.getObjectDetails(served.key, {}, user);
  expect(whole.value).toMatchObject({ outcome: 'disabled', isFallback: true, steps: {} });
  expect(await client.getStringValue(`${served.key}.release`, 'unknown', user)).toBe('');
});

test('a stock server client goes on after the server was gone, and after it was started anew', async () => {
  server.cut();
  const cut = await client.getBooleanDetails(`${served.key}.enabled`, true, user);
  expect([cut.value, cut.reason]).toEqual([true, 'ERROR']);
  server.mend();
  expect(await client.getBooleanValue(`${served.key}.enabled`, true, user)).toBe(false);
  await server.restart();
  expect(await client.getBooleanValue(`${served.key}.enabled`, true, user)).toBe(false);
});
