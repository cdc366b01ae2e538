import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProviderAccount } from '../support/identity-provider.js';
import { OidcWorld } from '../support/oidc-world.js';

let oidc: OidcWorld;
beforeAll(async () => {
  oidc = await OidcWorld.start({ HOLDPOINT_OIDC_ALLOWED_DOMAINS: 'example.com, Example.org' });
});
afterAll(() => oidc.close());

describe('signing in through the identity provider', () => {
  test('makes the person at the first time, leads to the page that was asked for, and finds the same person again', async () => {
    const { id, email } = oidc.account();
    const first = await oidc.signIn(id, '/workflows/abc?tab=evals#case');
    expect(first).toMatchObject({ to: '/workflows/abc?tab=evals#case', problem: null });
    const found = await oidc.viewer(first.cookie);
    expect(found).toMatchObject({ user: { email, name: expect.stringMatching(/^Someone/) } });
    const again = await oidc.viewer((await oidc.signIn(id)).cookie);
    expect(again?.user.id).toBe(found?.user.id);
    const entries = await oidc.entriesOf(found!.user.id);
    expect(entries.map(({ act }) => act)).toEqual(['user.provisioned', 'session.started', 'session.started']);
    expect(entries[1]?.data['method']).toBe('oidc');
    expect(JSON.stringify(entries)).not.toMatch(/someone/i);
  });

  test('uses a code with PKCE, a state and a nonce, and sends the client’s secret to nobody else', async () => {
    const { id } = oidc.account();
    await oidc.signIn(id);
    expect(Object.fromEntries(oidc.provider.asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{20,}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
    });
    expect(oidc.provider.asked.toString()).not.toContain('secret');
  });

  test('gives a session for half a day, which the provider is asked about again after that', async () => {
    const { id } = oidc.account();
    const { cookie } = await oidc.signIn(id);
    await oidc.world.fetch('/api/auth/get-session', { headers: { cookie } });
    const userId = (await oidc.viewer(cookie))!.user.id;
    const session = await oidc.world.db.session.findFirstOrThrow({ where: { userId } });
    expect(session.method).toBe('oidc');
    expect(session.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(12 * 60 * 60 * 1000);
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    'evil.example',
    '/api/auth/sign-out',
    '',
  ])('leads to no other site: %j', async (to) => {
    const { id } = oidc.account();
    expect((await oidc.signIn(id, to)).to).toBe('/');
  });

  test('tells the page how people sign in here', async () => {
    const methods = await oidc.world.fetch('/api/auth/methods');
    expect(await methods.json()).toEqual({ password: true, oidc: { name: 'Example login' } });
  });
});

describe('an account that is here already', () => {
  test('is linked to a verified address, and keeps its password and its roles', async () => {
    const person = await oidc.world.person({ organisationRoles: ['responder'] });
    const { id } = oidc.account({ email: person.email.toUpperCase() });
    const { cookie } = await oidc.signIn(id);
    expect(await oidc.viewer(cookie)).toMatchObject({
      user: { id: person.userId, name: person.name },
      organisationRoles: ['responder'],
    });
    expect((await oidc.entriesOf(person.userId)).map(({ act }) => act)).toContain('user.linked');
    await oidc.world.signIn(person.email, person.password);
  });

  test('is not given to whoever claims its address without proof', async () => {
    const person = await oidc.world.person();
    const { id } = oidc.account({ email: person.email, email_verified: false });
    const { problem, cookie, to } = await oidc.signIn(id, '/ledger');
    expect({ problem, to }).toEqual({
      problem: 'email_unverified',
      to: '/login?problem=email_unverified&to=%2Fledger',
    });
    expect(await oidc.viewer(cookie)).toBeNull();
    expect(await oidc.world.db.account.count({ where: { userId: person.userId } })).toBe(1);
  });

  test('is not given to a second person at the provider who has got its address', async () => {
    const first = oidc.account();
    await oidc.signIn(first.id);
    const second = oidc.account({ email: first.email });
    expect((await oidc.signIn(second.id)).problem).toBe('email_taken');
  });

  test.each([
    [{ email_verified: false }, 'email_unverified'],
    [{ email: undefined }, 'email_missing'],
    [{ email: 'someone@elsewhere.example' }, 'domain'],
    [{ email: 'someone@sub.example.com' }, 'domain'],
  ])('nobody is made of %j', async (claims: ProviderAccount, problem) => {
    const people = await oidc.world.db.user.count();
    const { id } = oidc.account(claims);
    expect((await oidc.signIn(id)).problem).toBe(problem);
    expect(await oidc.world.db.user.count()).toBe(people);
  });
});
