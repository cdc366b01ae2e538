import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { createEngine, type Engine } from '../support/engine.js';
import { exportOf, LedgerFiles } from '../support/ledger-file.js';
import { newLedgerKey } from '../support/ledger-keys.js';
import { createWorld, type Person, type World } from '../support/world.js';

const secret = 'the-same-for-every-replica-of-this-test';
let engine: Engine;
let files: LedgerFiles;
let administrator: Person;

beforeAll(async () => {
  engine = await createEngine();
  files = await LedgerFiles.open();
}, 180_000);
afterAll(async () => {
  await files.close();
  await engine.close();
});

/** The service started with a key, for as long as the work takes. */
async function withKey<T>(
  key: { privatePem: string },
  previousFile: string | null,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const kept = { ...engine, close: () => Promise.resolve() };
  const previous: Record<string, string> =
    previousFile === null ? {} : { HOLDPOINT_LEDGER_PREVIOUS_KEY_FILE: previousFile };
  const env = { HOLDPOINT_LEDGER_KEY: key.privatePem, HOLDPOINT_SECRET: secret, ...previous };
  const world = await createWorld(env, [], kept);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

async function signed(world: World): Promise<number> {
  await world.team();
  return (await world.app.get(Checkpoints).take())!.number;
}

const take = (world: World) =>
  world.act<{ checkpoint: { number: number } | null }>(
    'ledgerCheckpointCreate',
    'checkpoint { number }',
    {},
    administrator,
  );

describe('The key that signs checkpoints is changed', () => {
  const [first, second, third, foreign] = [newLedgerKey(), newLedgerKey(), newLedgerKey(), newLedgerKey()];
  const pem = (name: string, key: { publicPem: string }) => files.write(key.publicPem, `${name}.pem`);

  test('with the old one vouching for the new one: whoever trusts the old one goes on', async () => {
    await withKey(first, null, async (world) => {
      administrator = await world.person({ organisationRoles: ['administrator'] });
      await signed(world);
    });
    const old = await files.write(first.privatePem, 'old.pem');
    const text = await withKey(second, old, async (world) => {
      await signed(world);
      await signed(world);
      return exportOf(world, administrator);
    });
    expect(await files.verify(text, await pem('first', first))).toMatchObject({ ok: true, checkpoints: 3 });
    expect((await files.verify(text, await pem('second', second))).ok).toBe(true);
    const stranger = await files.verify(text, await pem('foreign', foreign));
    expect(stranger.finding).toMatchObject({ kind: 'forged', checkpoint: 1 });
  });

  test('and the old one signs no more', async () => {
    await withKey(first, null, async (world) => {
      await world.team();
      const { checkpoint, userErrors } = await take(world);
      expect(checkpoint).toBeNull();
      expect(userErrors[0]).toMatchObject({
        code: 'CANNOT_SIGN',
        message: expect.stringContaining('replaced'),
      });
    });
  });

  test('without the old one: the verifier says that trust has to be given anew', async () => {
    const [number, text] = await withKey(third, null, async (world) => {
      const taken = await signed(world);
      expect(world.logs.join()).toContain('a new key signs');
      return [taken, await exportOf(world, administrator)] as const;
    });
    const trusting = await files.verify(text, await pem('first', first));
    expect(trusting.finding).toMatchObject({
      kind: 'forged',
      checkpoint: number,
      message: expect.stringContaining('vouches'),
    });
    expect((await files.verify(text, await pem('third', third))).ok).toBe(true);
    const both = ['--key', await pem('again', first)];
    expect((await files.verify(text, await pem('third', third), ...both)).ok).toBe(true);
  });
});
