import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemActor } from '../../apps/api/src/platform/identity/actor.js';
import { demoEmailDomain } from '../../apps/api/src/platform/identity/demo-people.js';
import { IdentityService } from '../../apps/api/src/platform/identity/identity.service.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };

function post(
  path: string,
  body: object,
  headers: Record<string, string> = {},
  to = world,
): Promise<Response> {
  return to.fetch(path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
}

const signIn = (email: string, password: string, headers?: Record<string, string>, to = world) =>
  post('/api/auth/sign-in/email', { email, password }, headers, to);

async function whoIs(cookie: string): Promise<{ user: { id: string } } | null> {
  const response = await world.fetch('/api/auth/get-session', { headers: { cookie } });
  expect(response.status).toBe(200);
  return (await response.json()) as { user: { id: string } } | null;
}

async function entries(act: string, subjectId: string) {
  const rows = await world.db.ledgerEntry.findMany({ where: { act, subjectId }, orderBy: { seq: 'asc' } });
  return rows.map((row) => JSON.parse(row.canonical) as { data: Record<string, unknown> });
}

async function eventually<T>(look: () => Promise<T>, good: (found: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const found = await look();
    if (good(found) || tries === 100) return found;
    await sleep(30);
  }
}

describe('signing in', () => {
  test('a person signs in, however the address is written, and the ledger has it', async () => {
    const person = await world.person();
    const response = await signIn(`  ${person.email.toUpperCase()} `.trim(), person.password);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      user: { id: person.userId, name: person.name, email: person.email },
    });
    // Once when the world made the person, once now.
    expect(await entries('session.started', person.userId)).toHaveLength(2);
  });

  test('scripts cannot read the cookie, other sites cannot send it, and the answer does not repeat it', async () => {
    const { email, password } = await world.person();
    const response = await signIn(email, password);
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^holdpoint\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    const token = decodeURIComponent(/=([^;.]+)/.exec(cookie ?? '')?.[1] ?? 'none');
    expect(await response.text()).not.toContain(token);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await world.person();
    const wrong = await signIn(email, 'not the password');
    const unknown = await signIn('nobody@example.com', 'not the password');
    const odd = await signIn('not an address', 'not the password');
    expect([wrong.status, unknown.status, odd.status]).toEqual([401, 401, 401]);
    const answers = await Promise.all([wrong, unknown, odd].map((response) => response.text()));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('INVALID_CREDENTIALS');
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('failures are in the ledger once, with the number of those that followed when the person gets in', async () => {
    const { userId, email, password } = await world.person();
    for (let tries = 0; tries < 4; tries += 1) await signIn(email, 'not the password');
    await eventually(
      () => entries('session.refused', userId),
      (found) => found.length > 0,
    );
    // Failures are recorded in turn: when a later one about somebody else is there, so are these.
    const other = await world.person();
    await signIn(other.email, 'not the password');
    await eventually(
      () => entries('session.refused', other.userId),
      (found) => found.length > 0,
    );
    expect(await entries('session.refused', userId)).toHaveLength(1);
    await signIn(email, password);
    expect((await entries('session.started', userId)).at(-1)?.data['unrecordedFailures']).toBe(3);
  });

  test.each([
    [{ email: 'a@example.com' }, 'password'],
    [{ email: 7, password: 'x' }, 'email'],
    [{ email: 'a@example.com', password: 'x'.repeat(2000) }, 'password'],
    [{ email: 'a@example.com', password: 'x', callbackURL: 'https://evil.example' }, 'callbackURL'],
  ])('a sign-in of the wrong shape is refused with the field: %j', async (body, field) => {
    const response = await post('/api/auth/sign-in/email', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'INVALID_INPUT', field: ['input', field] },
    });
  });

  test('nobody signs up, and the library’s other routes are not there', async () => {
    const person = { name: 'A', email: 'a@example.com', password: 'correct horse battery' };
    for (const path of [
      'sign-up/email',
      'update-user',
      'delete-user',
      'request-password-reset',
      'sign-in/social',
    ]) {
      expect((await post(`/api/auth/${path}`, person)).status).toBe(404);
    }
    expect(await world.db.user.findUnique({ where: { email: person.email } })).toBeNull();
  });
});

describe('a session', () => {
  test('ends with the sign-out, also for whoever kept the cookie', async () => {
    const person = await world.person();
    expect((await whoIs(person.cookie))?.user.id).toBe(person.userId);
    const response = await post('/api/auth/sign-out', {}, { cookie: person.cookie });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/);
    expect(await whoIs(person.cookie)).toBeNull();
    expect(await entries('session.ended', person.userId)).toHaveLength(1);
  });

  test('is not accepted with another signature', async () => {
    const person = await world.person();
    const forged = person.cookie.replace(/\.[^.]*$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D');
    expect(forged).not.toBe(person.cookie);
    expect(await whoIs(forged)).toBeNull();
  });

  test('is worth nothing once the person is disabled, and no new one begins', async () => {
    const { userId, email, password, cookie } = await world.person({ organisationRoles: ['auditor'] });
    await world.db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    expect(await whoIs(cookie)).toBeNull();
    expect(await world.gql('{ viewer { user { id } } }', {}, { headers: { cookie } })).toEqual({
      viewer: null,
    });
    const response = await signIn(email, password);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'ACCOUNT_DISABLED' } });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('gives the roles that are held now', async () => {
    const person = await world.person({ organisationRoles: ['auditor', 'responder'] });
    await world.db.organisationRole.updateMany({
      where: { userId: person.userId, role: 'responder' },
      data: { endedAt: new Date() },
    });
    const found = await world.gql('{ viewer { organisationRoles } }', {}, { as: person });
    expect(found).toEqual({ viewer: { organisationRoles: ['auditor'] } });
  });
});

describe('people', () => {
  const create = (name: string, email: string, password = 'correct horse battery') =>
    world.app
      .get(IdentityService, { strict: false })
      .createUser(systemActor, 'test', { name, email, password });

  test('no two have one address', async () => {
    await create('First', 'twice@example.com');
    await expect(create('Second', 'TWICE@example.com')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a short password is refused with its field, and nobody is made', async () => {
    const refusal = await create('Short', 'short@example.com', 'short').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ errors: [{ code: 'INVALID_INPUT', field: ['input', 'password'] }] });
    expect(await world.db.user.findUnique({ where: { email: 'short@example.com' } })).toBeNull();
  });

  test('of the demo exist in the demo alone', async () => {
    await expect(create('Demo', `someone@${demoEmailDomain}`)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    // A folder that the demo filled, opened later without --demo.
    const person = await world.person();
    const email = `left@${demoEmailDomain}`;
    await world.db.user.update({ where: { id: person.userId }, data: { email } });
    expect(await whoIs(person.cookie)).toBeNull();
    expect((await signIn(email, person.password)).status).toBe(403);
  });

  test('neither logs nor ledger nor tables know a password or a session token', async () => {
    const person = await world.person();
    await signIn(person.email, 'a wrong but secret guess');
    await whoIs(person.cookie);
    const token = decodeURIComponent(/=([^;.]+)/.exec(person.cookie)?.[1] ?? 'none');
    const ledger = await world.db.ledgerEntry.findMany();
    const accounts = await world.db.account.findMany();
    const remembered = await world.db.idempotencyRecord.findMany();
    const written = [
      world.logs.join(''),
      JSON.stringify([ledger.map((e) => e.canonical), accounts, remembered]),
    ];
    for (const text of written) {
      expect(text).not.toContain(person.password);
      expect(text).not.toContain('a wrong but secret guess');
      expect(text).not.toContain(token);
    }
    expect(JSON.stringify(ledger.map((entry) => entry.canonical))).not.toContain(person.email);
  });
});
