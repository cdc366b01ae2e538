import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256Hex } from '../../apps/api/src/platform/digest/digest.js';
import { SecretWatch } from '../support/secret-watch.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const key = `hp_${'k'.repeat(43)}`;
const link = 'l'.repeat(43);

// Every world of every test file is watched like this when it closes; here is that the watch sees.
describe('a secret that is told once and then nowhere', () => {
  test('is no finding', async () => {
    const watch = new SecretWatch();
    watch.keep('a password of nobody');
    watch.hear('keyCreate', JSON.stringify({ secret: key, path: `/reset#${link}` }));
    expect(await watch.found(['{"level":"info"}'], world.database)).toEqual([]);
  });

  test('is found in a second answer, and in the log', async () => {
    const watch = new SecretWatch();
    watch.hear('keyCreate', JSON.stringify({ secret: key }));
    watch.hear('keys', JSON.stringify({ nodes: [{ secret: key }] }));
    expect(await watch.found([`GET /reset#${link}`, `authorization: ${key}`], world.database)).toEqual([
      expect.stringContaining('keys tells hp_kkk'),
      expect.stringContaining('the log holds hp_kkk'),
    ]);
  });

  test('is found in a table that keeps what acts did', async () => {
    const watch = new SecretWatch();
    watch.keep('written where it should not be');
    const record = { actorId: 'x', mutation: 'x', key: 'x', inputHash: sha256Hex(''), createdAt: new Date() };
    await world.db.idempotencyRecord.create({
      data: { ...record, result: { note: 'it was written where it should not be' } },
    });
    expect(await watch.found([], world.database)).toEqual([
      expect.stringContaining('table idempotency_record holds writte'),
    ]);
  });
});
