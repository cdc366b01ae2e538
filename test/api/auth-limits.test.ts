import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let person: Person;
beforeAll(async () => {
  world = await createWorld({
    HOLDPOINT_SIGN_IN_LIMIT: '8',
    HOLDPOINT_PUBLIC_URL: 'https://holdpoint.example.com',
    HOLDPOINT_TRUSTED_PROXIES: '127.0.0.1',
  });
  person = await world.person();
});
afterAll(() => world.close());

function post(path: string, body: object, from: string, headers: Record<string, string> = {}) {
  return world.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
    body: JSON.stringify(body),
  });
}

const signIn = (email: string, password: string, from: string, headers?: Record<string, string>) =>
  post('/api/auth/sign-in/email', { email, password }, from, headers);

/** Answers to this many guesses in a row, each from an address of its own unless one is given. */
async function guesses(email: string, count: number, from?: string): Promise<Response[]> {
  const answers: Response[] = [];
  for (let i = 0; i < count; i += 1) {
    answers.push(await signIn(email, 'not the password', from ?? `198.51.100.${String(i + 1)}`));
  }
  return answers;
}

const later = async (ms: number, work: () => Promise<void>) => {
  world.shiftClock(ms);
  try {
    await work();
  } finally {
    world.shiftClock(0);
  }
};

describe('behind a public address', () => {
  test('the cookie goes over https alone', async () => {
    const fromConsole = { origin: 'https://holdpoint.example.com', 'sec-fetch-site': 'same-origin' };
    expect(person.cookie).toMatch(/^__Secure-holdpoint\.session_token=/);
    const good = await signIn(person.email, person.password, '203.0.113.1', fromConsole);
    expect(good.status).toBe(200);
    expect(good.headers.getSetCookie().join()).toMatch(/; Secure/);
  });

  test('browsers are told to come back over https', async () => {
    const { headers } = await world.fetch('/healthz');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});

describe('guessing is slowed down', () => {
  test('for an account, from wherever it is guessed, with the right password too, and with when to come back', async () => {
    const target = await world.person();
    const answers = await guesses(target.email, 5);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    const refused = await signIn(target.email, target.password, '203.0.113.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } });
    await later(10_000, async () => {
      expect((await signIn(target.email, target.password, '203.0.113.7')).status).toBe(200);
    });
    // The person got in: guessing starts over.
    expect((await signIn(target.email, 'not the password', '203.0.113.7')).status).toBe(401);
  });

  test('for an account that does not exist just so, with the same answers', async () => {
    const target = await world.person();
    const unknown = [...(await guesses('nobody@example.com', 7))];
    const known = [...(await guesses(target.email, 7))];
    const shape = async (answers: Response[]) =>
      Promise.all(answers.map(async (one) => [one.status, (await one.text()).replace(/\d+ s/, 'n s')]));
    expect(await shape(unknown)).toEqual(await shape(known));
  });

  test('for a network address, whichever accounts it tries and whatever address it claims', async () => {
    const from = '203.0.113.50';
    const tried = await Promise.all(
      Array.from({ length: 8 }, (_, i) => signIn(`somebody-${String(i)}@example.com`, 'a guess', from)),
    );
    expect(new Set(tried.map(({ status }) => status))).toEqual(new Set([401]));
    // However long those took: one more makes the wait longer than this takes.
    await signIn('one-more@example.com', 'a guess', from);
    const claims = { 'x-holdpoint-client-address': '203.0.113.99' };
    expect((await signIn('another@example.com', 'a guess', from, claims)).status).toBe(429);
    expect((await signIn('another@example.com', 'a guess', '203.0.113.51')).status).toBe(401);
  });

  test('however many guesses come at once', async () => {
    const target = await world.person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => signIn(target.email, 'a guess', `192.0.2.${String(i + 1)}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  test('for links too, and nobody pays for guesses with sign-ins of an own account', async () => {
    const from = '203.0.113.70';
    for (let i = 0; i < 4; i += 1) {
      const body = { token: `guess ${String(i)}`, password: 'correct horse battery staple' };
      expect((await post('/api/reset', body, from)).status).toBe(422);
      expect((await signIn(person.email, person.password, from)).status).toBe(200);
    }
    const setup = {
      token: 'guess',
      name: 'A',
      email: 'a@example.com',
      password: 'correct horse battery staple',
    };
    for (let i = 0; i < 4; i += 1) expect((await post('/api/setup', setup, from)).status).toBe(422);
    expect((await post('/api/setup', setup, from)).status).toBe(429);
    expect((await post('/api/reset', { token: 'guess', password: 'x'.repeat(20) }, from)).status).toBe(429);
    expect((await signIn(person.email, person.password, from)).status).toBe(429);
  });

  test('by every server of the database, and by one that has just started', async () => {
    const target = await world.person();
    await guesses(target.email, 5);
    const other = await createWorld({ HOLDPOINT_TRUSTED_PROXIES: '127.0.0.1' }, [], world.engine);
    const answer = await other.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.120' },
      body: JSON.stringify({ email: target.email, password: target.password }),
    });
    expect(answer.status).toBe(429);
    await other.app.close();
  });

  test('and what is kept names no address of a person', async () => {
    const rows = await world.db.signInThrottle.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('@');
  });
});
