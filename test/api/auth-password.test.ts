import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await createWorld();
  administrator = await world.person({ organisationRoles: ['administrator'] });
});
afterAll(() => world.close());

const fresh = 'another long sentence of mine';

function post(path: string, body: object, as?: Person): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return world.fetch(path, { method: 'POST', headers, body: JSON.stringify(body), ...(as && { as }) });
}

const signIn = (email: string, password: string) => post('/api/auth/sign-in/email', { email, password });

async function isSignedIn(person: Person): Promise<boolean> {
  const response = await world.fetch('/api/auth/get-session', { as: person });
  return (await response.json()) !== null;
}

async function resetToken(userId: string, hours = 24): Promise<string> {
  const { link } = await world.mustAct<{ link: { path: string } }>(
    'personResetLinkCreate',
    'link { path expiresAt }',
    { userId, hours },
    administrator,
  );
  return link.path.split('#')[1]!;
}

async function entries(subjectId: string): Promise<string[]> {
  return (await world.db.ledgerEntry.findMany({ where: { subjectId }, orderBy: { at: 'asc' } })).map(
    ({ act }) => act,
  );
}

describe('an administrator’s link', () => {
  test('sets a new password once, ends every session, and is in the ledger', async () => {
    const person = await world.person();
    const token = await resetToken(person.userId);
    const done = await post('/api/reset', { token, password: fresh });
    expect(await done.json()).toEqual({ email: person.email });
    expect(await isSignedIn(person)).toBe(false);
    expect((await signIn(person.email, person.password)).status).toBe(401);
    expect((await signIn(person.email, fresh)).status).toBe(200);
    expect((await post('/api/reset', { token, password: 'a third sentence of mine' })).status).toBe(422);
    expect(await entries(person.userId)).toEqual(
      expect.arrayContaining(['reset_link.issued', 'password.reset']),
    );
  });

  test('is kept as a hash, and is neither in the ledger nor in the log', async () => {
    const person = await world.person();
    const token = await resetToken(person.userId);
    await post('/api/reset', { token, password: fresh });
    const kept = JSON.stringify([
      await world.db.resetLink.findMany(),
      await world.db.idempotencyRecord.findMany(),
      (await world.db.ledgerEntry.findMany()).map(({ canonical }) => canonical),
      world.logs,
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(fresh);
  });

  test('is void when it is too old, when there is a newer one, and when the person is disabled', async () => {
    const person = await world.person();
    const old = await resetToken(person.userId, 1);
    world.shiftClock(60 * 60 * 1000 + 1000);
    expect((await post('/api/reset', { token: old, password: fresh })).status).toBe(422);
    world.shiftClock(0);
    const newer = await resetToken(person.userId);
    expect((await post('/api/reset', { token: old, password: fresh })).status).toBe(422);
    await world.mustAct('personDisable', 'user { id }', { userId: person.userId }, administrator);
    expect((await post('/api/reset', { token: newer, password: fresh })).status).toBe(422);
    await world.mustAct('personEnable', 'user { id }', { userId: person.userId }, administrator);
    expect((await post('/api/reset', { token: newer, password: fresh })).status).toBe(422);
    expect((await signIn(person.email, person.password)).status).toBe(200);
  });

  test('survives a password that may not be chosen, which names the field', async () => {
    const person = await world.person();
    const token = await resetToken(person.userId);
    const refused = await post('/api/reset', { token, password: 'passwordpassword' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { field: ['input', 'password'] } });
    expect((await post('/api/reset', { token, password: fresh })).status).toBe(200);
  });

  test('of two people who use it at once serves one', async () => {
    const person = await world.person();
    const token = await resetToken(person.userId);
    const answers = await Promise.all(
      [fresh, 'a third sentence of mine'].map((password) => post('/api/reset', { token, password })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('is made by administrators alone, and shown once', async () => {
    const person = await world.person();
    const mutation = `mutation ($input: PersonResetLinkCreateInput!) {
      personResetLinkCreate(input: $input) { link { path } userErrors { code } } }`;
    const input = { userId: person.userId, idempotencyKey: 'the same key twice' };
    const { body } = await world.raw(mutation, { input }, { as: person });
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    await world.gql(mutation, { input }, { as: administrator });
    expect(await world.gql(mutation, { input }, { as: administrator })).toEqual({
      personResetLinkCreate: { link: null, userErrors: [{ code: 'CONFLICT' }] },
    });
  });
});

describe('one’s own password', () => {
  test('is changed by who knows it, and ends the other sessions', async () => {
    const person = await world.person();
    const elsewhere = { ...person, cookie: await world.signIn(person.email) };
    const body = { currentPassword: person.password, newPassword: fresh };
    expect((await post('/api/account/password', body, person)).status).toBe(200);
    expect([await isSignedIn(person), await isSignedIn(elsewhere)]).toEqual([true, false]);
    expect((await signIn(person.email, fresh)).status).toBe(200);
    expect(await entries(person.userId)).toContain('password.changed');
  });

  test.each([
    [{ currentPassword: 'not the password', newPassword: fresh }, 'currentPassword'],
    [{ currentPassword: 'correct horse battery staple', newPassword: 'short' }, 'newPassword'],
    [{ currentPassword: 'correct horse battery staple', newPassword: 'aaaaaaaaaaaaaaaa' }, 'newPassword'],
    [{ newPassword: fresh }, 'currentPassword'],
  ])('is refused with the field: %j', async (body, field) => {
    const person = await world.person();
    const refused = await post('/api/account/password', body, person);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { field: ['input', field] } });
    expect(await isSignedIn(person)).toBe(true);
  });

  test('cannot be guessed through a session that was left open', async () => {
    const person = await world.person();
    const body = { currentPassword: 'a guess', newPassword: fresh };
    for (let i = 0; i < 5; i += 1) await post('/api/account/password', body, person);
    const right = { ...body, currentPassword: person.password };
    expect((await post('/api/account/password', right, person)).status).toBe(429);
  });

  test('however its letters are composed, is the same', async () => {
    const person = await world.person();
    const composed = 'un café, s\u2019il vous pla\u00eet, \u00e9l\u00e8ve';
    await post('/api/account/password', { currentPassword: person.password, newPassword: composed }, person);
    expect((await signIn(person.email, composed.normalize('NFD'))).status).toBe(200);
  });
});

describe('one’s own sessions', () => {
  test('are seen, and ended one by one or all others at once', async () => {
    const person = await world.person();
    const other = { ...person, cookie: await world.signIn(person.email) };
    const third = { ...person, cookie: await world.signIn(person.email) };
    const read = async () =>
      (await (await world.fetch('/api/account', { as: person })).json()) as {
        hasPassword: boolean;
        sessions: { id: string; current: boolean; method: string }[];
      };
    const { hasPassword, sessions } = await read();
    expect({ hasPassword, count: sessions.length }).toEqual({ hasPassword: true, count: 3 });
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const newest = sessions[0]!;
    expect((await post('/api/account/sessions/end', { sessionId: newest.id }, person)).status).toBe(200);
    expect([await isSignedIn(other), await isSignedIn(third)]).toEqual([true, false]);
    expect(await (await post('/api/account/sessions/end', { others: true }, person)).json()).toEqual({
      ended: 1,
    });
    expect([await isSignedIn(person), await isSignedIn(other)]).toEqual([true, false]);
  });

  test('of others are out of reach, and nobody without a session gets there', async () => {
    const [person, other] = [await world.person(), await world.person()];
    const session = await world.db.session.findFirstOrThrow({ where: { userId: other.userId } });
    const refused = await post('/api/account/sessions/end', { sessionId: session.id }, person);
    expect(refused.status).toBe(404);
    expect(await isSignedIn(other)).toBe(true);
    for (const path of ['/api/account/sessions/end', '/api/account/password']) {
      expect((await post(path, { others: true })).status).toBe(401);
    }
    expect((await world.fetch('/api/account')).status).toBe(401);
  });
});

describe('a person who is disabled', () => {
  test('loses every session at once, and gets in again when enabled', async () => {
    const person = await world.person({ organisationRoles: ['auditor'] });
    const elsewhere = { ...person, cookie: await world.signIn(person.email) };
    const input = { userId: person.userId, reason: 'Left the company' };
    const { user } = await world.mustAct<{ user: { disabled: boolean } }>(
      'personDisable',
      'user { id disabled }',
      input,
      administrator,
    );
    expect(user.disabled).toBe(true);
    expect([await isSignedIn(person), await isSignedIn(elsewhere)]).toEqual([false, false]);
    expect(await world.db.session.count({ where: { userId: person.userId } })).toBe(0);
    expect((await signIn(person.email, person.password)).status).toBe(403);
    await world.mustAct('personEnable', 'user { id }', { userId: person.userId }, administrator);
    expect((await signIn(person.email, person.password)).status).toBe(200);
    expect(await entries(person.userId)).toEqual(expect.arrayContaining(['user.disabled', 'user.enabled']));
  });

  test('is never the last administrator', async () => {
    const { userErrors } = await world.act(
      'personDisable',
      'user { id }',
      { userId: administrator.userId },
      administrator,
    );
    expect(userErrors).toMatchObject([{ code: 'LAST_ADMINISTRATOR', field: ['input', 'userId'] }]);
    const second = await world.person({ organisationRoles: ['administrator'] });
    await world.mustAct('personDisable', 'user { id }', { userId: second.userId }, administrator);
    expect(await isSignedIn(administrator)).toBe(true);
  });

  test('is disabled by administrators alone', async () => {
    const [person, other] = [await world.person({ organisationRoles: ['auditor'] }), await world.person()];
    const mutation =
      'mutation ($input: PersonDisableInput!) { personDisable(input: $input) { userErrors { code } } }';
    const { body } = await world.raw(mutation, { input: { userId: other.userId } }, { as: person });
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
