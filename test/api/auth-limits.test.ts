import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    HOLDPOINT_SIGN_IN_LIMIT: '3',
    HOLDPOINT_PUBLIC_URL: 'https://holdpoint.example.com',
  });
});
afterAll(() => world.close());

function signIn(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return world.fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

describe('behind a public address', () => {
  test('the cookie goes over https alone, and guessing is slowed down whatever address is claimed', async () => {
    // The world signs its person in: the first of three attempts in a minute.
    const person = await world.person();
    expect(person.cookie).toMatch(/^__Secure-holdpoint\.session_token=/);
    const fromConsole = { origin: 'https://holdpoint.example.com', 'sec-fetch-site': 'same-origin' };
    const good = await signIn({ email: person.email, password: person.password }, fromConsole);
    expect(good.status).toBe(200);
    expect(good.headers.getSetCookie().join()).toMatch(/; Secure/);

    const guess = { email: person.email, password: 'a guess' };
    expect((await signIn(guess, { 'x-forwarded-for': '203.0.113.1' })).status).toBe(401);
    const refused = await signIn(guess, {
      'x-forwarded-for': '203.0.113.2',
      'x-holdpoint-client-address': '203.0.113.3',
    });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } });
  });

  test('browsers are told to come back over https', async () => {
    const { headers } = await world.fetch('/healthz');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});
