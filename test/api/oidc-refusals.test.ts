import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CookieJar } from '../support/cookie-jar.js';
import { client } from '../support/identity-provider.js';
import { OidcWorld } from '../support/oidc-world.js';

let oidc: OidcWorld;
beforeAll(async () => {
  oidc = await OidcWorld.start();
});
afterAll(() => oidc.close());
afterEach(() => {
  oidc.provider.tamper = null;
});

/** Where the provider sends the browser back to, not asked yet. */
function callback(jar: CookieJar): Promise<URL> {
  const start = `${oidc.world.url}/api/auth/oidc/start?to=/ledger`;
  return jar.follow(start, (url) => url.pathname.endsWith('/callback'));
}

describe('what comes back from the provider is refused', () => {
  const now = () => Math.floor(Date.now() / 1000);

  test.each([
    ['with another nonce', { nonce: 'another' }],
    ['without a nonce', { nonce: undefined }],
    ['from another issuer', { iss: 'https://evil.example' }],
    ['for another audience', { aud: 'somebody else' }],
    ['when it has expired', { exp: 1 }],
  ])('%s', async (_, change) => {
    const { id } = oidc.account();
    oidc.provider.tamper = (claims) => ({ ...claims, ...change });
    const { problem, cookie } = await oidc.signIn(id);
    expect(problem).toBe('failed');
    expect(await oidc.viewer(cookie)).toBeNull();
  });

  test('unless nothing was changed: the same token signed again is taken', async () => {
    const { id } = oidc.account();
    oidc.provider.tamper = (claims) => ({ ...claims, iat: now() });
    expect((await oidc.signIn(id)).problem).toBeNull();
  });

  test('with another state, in another browser, and a second time', async () => {
    const { id } = oidc.account();
    oidc.provider.signsIn = id;
    const jar = new CookieJar();
    const back = await callback(jar);
    const begins = back.searchParams.get('state')?.slice(0, 20) ?? '';
    for (const [state, problem] of [
      ['x'.repeat(43), 'expired'],
      // The browser's part of the beginning is found by these characters, and the whole is compared.
      [begins.padEnd(43, 'x'), 'failed'],
    ] as const) {
      const another = new URL(back);
      another.searchParams.set('state', state);
      const copy = new CookieJar(jar);
      expect((await oidc.arrive(another.href, copy)).problem).toBe(problem);
    }
    expect((await oidc.arrive(back.href, new CookieJar())).problem).toBe('expired');
    expect(await oidc.arrive(back.href, jar)).toMatchObject({ to: '/ledger', problem: null });
    expect((await oidc.arrive(back.href, jar)).problem).toBe('expired');
  });

  test('when the person turned back, and the ledger says that nobody came in', async () => {
    const { problem } = await oidc.signIn('nobody');
    expect(problem).toBe('cancelled');
    const refused = await oidc.world.db.ledgerEntry.count({ where: { act: 'session.refused' } });
    expect(refused).toBeGreaterThan(0);
  });

  test('and the log has neither tokens, nor codes, nor addresses of people', () => {
    const log = oidc.world.logs.join('\n');
    expect(log).toContain('sign-in through the identity provider failed');
    expect(log).not.toMatch(/someone-\d|eyJ[\w-]{10}|code=|code_verifier/);
    expect(log).not.toContain(client.secret);
  });
});
