import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { createWorld, type World } from '../support/world.js';

/** The audit that the authors of the GraphQL-over-HTTP specification keep. */
const audits = serverAudits({ url: () => `${world.url}/graphql`, fetchFn: fetch });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('GraphQL over HTTP, as any client may expect it', () => {
  test('the audit asks everything it is known to ask', () => {
    const asked = (requirement: string) => audits.filter(({ name }) => name.startsWith(requirement)).length;
    expect({ must: asked('MUST'), should: asked('SHOULD'), may: asked('MAY') }).toEqual({
      must: 13,
      should: 23,
      may: 25,
    });
  });

  test.each(audits)('$name ($id)', async ({ fn }) => {
    const result = await fn();
    expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
  });
});
