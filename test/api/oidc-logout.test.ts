import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { client } from '../support/identity-provider.js';
import { OidcWorld } from '../support/oidc-world.js';
import type { Person } from '../support/world.js';

let oidc: OidcWorld;
let administrator: Person;
beforeAll(async () => {
  oidc = await OidcWorld.start();
  administrator = await oidc.world.person({ organisationRoles: ['administrator'] });
});
afterAll(() => oidc.close());

describe('a person who may not sign in any more', () => {
  test('here, loses every session at once, and gets none through the provider', async () => {
    const { id } = oidc.account();
    const { cookie } = await oidc.signIn(id);
    const { user } = (await oidc.viewer(cookie))!;
    await oidc.world.mustAct('personDisable', 'user { id }', { userId: user.id }, administrator);
    expect(await oidc.viewer(cookie)).toBeNull();
    expect((await oidc.signIn(id)).problem).toBe('disabled');
  });

  test('there, loses every session when the provider says so', async () => {
    const { id } = oidc.account();
    const [first, second] = [await oidc.signIn(id), await oidc.signIn(id)];
    const { user } = (await oidc.viewer(first.cookie))!;
    const sessions = await oidc.world.db.session.findMany({ where: { userId: user.id } });
    expect(new Set(sessions.map(({ oidcSid }) => oidcSid)).size).toBe(2);
    await oidc.provider.endSession(id, sessions[0]!.oidcSid!);
    expect([await oidc.viewer(first.cookie), await oidc.viewer(second.cookie)].filter(Boolean)).toHaveLength(
      1,
    );
    await oidc.provider.endSession(id, sessions[1]!.oidcSid!);
    expect([await oidc.viewer(first.cookie), await oidc.viewer(second.cookie)]).toEqual([null, null]);
    expect(
      (await oidc.entriesOf(user.id)).filter(({ act }) => act === 'session.ended_by_provider'),
    ).toHaveLength(2);
  });
});

describe('a logout token', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  let jti = 0;
  const claimsFor = (sub: string) => {
    jti += 1;
    const iat = Math.floor(Date.now() / 1000);
    return {
      iss: oidc.provider.issuer,
      aud: client.id,
      iat,
      exp: iat + 120,
      jti: `jti-${String(jti)}`,
      events: event,
      sub,
    };
  };
  const send = (token: string) =>
    oidc.world.fetch('/api/auth/oidc/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }).toString(),
    });

  test('that names the person alone ends every session of the person, once', async () => {
    const person = await oidc.world.person();
    const { id } = oidc.account({ email: person.email });
    const { cookie } = await oidc.signIn(id);
    const token = await oidc.provider.sign(claimsFor(id));
    const answer = await send(token);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect([await oidc.viewer(cookie), await oidc.viewer(person.cookie)]).toEqual([null, null]);
    const replayed = await send(token);
    expect(replayed.status).toBe(400);
    expect(await replayed.json()).toMatchObject({ error: 'invalid_request' });
  });

  test.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another audience', { aud: 'somebody else' }],
    ['without the event', { events: {} }],
    ['with a nonce, which an ID token has', { nonce: 'x' }],
    ['that names nobody', { sub: undefined }],
    ['without an id', { jti: undefined }],
    ['that is too old', { iat: Math.floor(Date.now() / 1000) - 3600 }],
    ['that has expired', { exp: 1 }],
  ])('%s is refused', async (_, change) => {
    const { id } = oidc.account();
    const { cookie } = await oidc.signIn(id);
    expect((await send(await oidc.provider.sign({ ...claimsFor(id), ...change }))).status).toBe(400);
    expect(await oidc.viewer(cookie)).not.toBeNull();
  });

  test('that another key signed, that is of another kind, or that is none, is refused', async () => {
    const { id } = oidc.account();
    const { cookie } = await oidc.signIn(id);
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await oidc.provider.sign(claimsFor(id), undefined, privateKey);
    const asAccess = await oidc.provider.sign(claimsFor(id), { typ: 'at+jwt' });
    for (const token of [forged, asAccess, 'not a token', '']) expect((await send(token)).status).toBe(400);
    expect(await oidc.viewer(cookie)).not.toBeNull();
  });

  test('is the only form that this server reads', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of ['/api/auth/sign-in/email', '/api/reset', '/graphql', '/api/auth/oidc/start']) {
      expect((await oidc.world.fetch(path, { method: 'POST', headers, body: 'a=b' })).status).toBe(415);
    }
  });
});
