import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { createWorld, type Person, type World } from '../support/world.js';

/** The audit that the authors of the GraphQL-over-HTTP specification keep, asked by a person: it reads the schema. */
const audits = serverAudits({
  url: () => `${world.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', person.cookie);
    return fetch(url, { ...init, headers });
  },
});

let world: World;
let person: Person;
beforeAll(async () => {
  world = await createWorld();
  person = await world.person();
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
