import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import * as openid from 'openid-client';
import { groupsOfClaim } from './oidc-groups.domain.js';
import { OidcProblem } from './oidc-problem.js';
import type { Discovered } from './identity-provider.js';
import { returnPath } from './return-path.schema.js';

/** Seconds from the button to the return. */
export const flowLife = 10 * 60;

/** Who the provider says has signed in. */
export type OidcClaims = {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  groups: string[];
  /** The provider's own session, when it says. */
  sid: string | null;
};

/** What only the browser that began may bring back; encrypted, so that the verifier is no secret shared with it. */
type Flow = { state: string; nonce: string; verifier: string; to: string };

/** Where to send the browser, and the sealed flow that it is to bring back under this name. */
export async function beginFlow(
  { client, settings }: Discovered,
  secret: string,
  redirectUri: string,
  to: unknown,
): Promise<{ url: URL; state: string; sealed: string }> {
  const flow: Flow = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
    to: returnPath(to),
  };
  const url = openid.buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope: settings.scope,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  });
  const sealed = await new EncryptJWT(flow)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt()
    .setExpirationTime(`${flowLife} s`)
    .encrypt(flowKey(secret));
  return { url, state: flow.state, sealed };
}

/** @throws OidcProblem `expired` when the browser brings nothing that was begun here, or too late */
export async function openFlow(sealed: string | undefined, secret: string): Promise<Flow> {
  if (sealed === undefined) throw new OidcProblem('expired');
  const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
  const { payload } = await jwtDecrypt<Flow>(sealed, flowKey(secret), options).catch(() => {
    throw new OidcProblem('expired');
  });
  return payload;
}

/** Redeems the code. Signature, issuer, audience, nonce, state and times are checked by the library. */
export async function finishFlow(
  { client, settings }: Discovered,
  flow: Flow,
  url: URL,
): Promise<OidcClaims> {
  const tokens = await openid.authorizationCodeGrant(client, url, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (!idToken) throw new OidcProblem('failed');
  const { iss, sub, sid } = idToken;
  const complete = idToken['email'] !== undefined && idToken[settings.groupsClaim] !== undefined;
  const more =
    complete || !client.serverMetadata().userinfo_endpoint
      ? {}
      : await openid.fetchUserInfo(client, tokens.access_token, sub);
  const claims: Record<string, unknown> = { ...more, ...idToken };
  // Of one source, never mixed: an address and the word that it is verified belong together.
  const mail: Record<string, unknown> = idToken['email'] === undefined ? more : idToken;
  return {
    issuer: iss,
    subject: sub,
    email: textOf(mail['email']),
    emailVerified: mail['email_verified'] === true || mail['email_verified'] === 'true',
    name: textOf(claims['name']) ?? textOf(claims['preferred_username']),
    groups: groupsOfClaim(claims[settings.groupsClaim]),
    sid: textOf(sid),
  };
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim : null;
}

function flowKey(secret: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', secret, '', 'holdpoint: sign-in through the identity provider', 32),
  );
}
