import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createEngine, type Engine } from '../support/engine.js';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine();
});
afterAll(() => engine.close());

test('a fresh database is migrated and answers', async () => {
  const chains = await engine.database.client.ledgerChain.findMany();
  expect(chains.map(({ chain, headHash }) => [chain, headHash])).toEqual([['organisation', '0'.repeat(64)]]);
  expect(chains[0]?.lastAt).toEqual(new Date(0));
});
