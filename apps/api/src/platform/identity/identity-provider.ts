import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as openid from 'openid-client';
import { CONFIG, type Config } from '../config/config.js';
import type { OidcConfig } from '../config/oidc-config.js';

/** Seconds that the provider may take for one answer. */
const patience = 10;

export type Discovered = { settings: OidcConfig; client: openid.Configuration; keys: JWTVerifyGetKey };

/** The configured identity provider, asked what it can do when it is first needed, and again if that failed. */
@Injectable()
export class IdentityProvider {
  private discovered: Promise<Discovered> | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Null when none is configured. */
  get settings(): OidcConfig | null {
    return this.config.oidc;
  }

  /** @throws Error when none is configured or it cannot be reached */
  discover(): Promise<Discovered> {
    if (!this.config.oidc) throw new Error('No identity provider is configured');
    this.discovered ??= discover(this.config.oidc).catch((error: unknown) => {
      this.discovered = null;
      throw error;
    });
    return this.discovered;
  }
}

async function discover(settings: OidcConfig): Promise<Discovered> {
  const { clientId, clientSecret } = settings;
  const issuer = new URL(settings.issuer);
  // The configuration admits plain http for this machine alone. Deprecated so as to be noticed, not to go.
  const isPlain = issuer.protocol === 'http:';
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const execute: ((client: openid.Configuration) => void)[] = isPlain ? [openid.allowInsecureRequests] : [];
  const found = await openid.discovery(issuer, clientId, undefined, openid.None(), {
    execute,
    timeout: patience,
  });
  const server = found.serverMetadata();
  const client = new openid.Configuration(server, clientId, {}, authenticationOf(server, clientSecret));
  client.timeout = patience;
  for (const allow of execute) allow(client);
  // The ID token comes straight from the provider; its signature is checked all the same.
  openid.enableNonRepudiationChecks(client);
  if (!server.jwks_uri) throw new Error('The identity provider publishes no keys');
  return { settings, client, keys: createRemoteJWKSet(new URL(server.jwks_uri)) };
}

/** How this server proves to the provider who it is; `client_secret_basic` is the default of the specification. */
function authenticationOf(server: openid.ServerMetadata, secret: string | null): openid.ClientAuth {
  if (secret === null) return openid.None();
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic')
    ? openid.ClientSecretBasic(secret)
    : openid.ClientSecretPost(secret);
}
