import type { z } from 'zod';
import type { MappedRole } from '../identity/roles.js';
import type { ConfigProblem } from './config-error.js';
import { isLoopbackHost } from './loopback.js';
import { oidcVariables } from './oidc.schema.js';

/** The identity provider through which people sign in. */
export type OidcConfig = {
  issuer: string;
  clientId: string;
  /** Null: a public client, which has PKCE alone. */
  clientSecret: string | null;
  /** On the button: "Sign in with …". */
  name: string;
  scope: string;
  /** Claim of the ID token, or of the answer of the userinfo endpoint, that lists a person's groups. */
  groupsClaim: string;
  groups: Readonly<Record<string, readonly MappedRole[]>>;
  /** Domains of e-mail addresses that may sign in, in lower case; empty: all. */
  allowedDomains: readonly string[];
};

type Values = z.infer<z.ZodObject<typeof oidcVariables>> & { HOST: string };

/** Null when no identity provider is configured. `problems` gets what contradicts itself. */
export function oidcConfigOf(
  values: Values,
  publicUrl: string | null,
  problems: ConfigProblem[],
): OidcConfig | null {
  const issuer = values.HOLDPOINT_OIDC_ISSUER;
  if (issuer === undefined) {
    for (const variable of Object.keys(oidcVariables) as (keyof typeof oidcVariables)[]) {
      if (values[variable] !== undefined)
        problems.push({ variable, message: 'is for an identity provider; set HOLDPOINT_OIDC_ISSUER too' });
    }
    return null;
  }
  if (values.HOLDPOINT_OIDC_CLIENT_ID === undefined) {
    const message = 'is needed with HOLDPOINT_OIDC_ISSUER: what the provider calls this server';
    problems.push({ variable: 'HOLDPOINT_OIDC_CLIENT_ID', message });
  }
  if (publicUrl === null && !isLoopbackHost(values.HOST)) {
    const message = 'is needed with HOLDPOINT_OIDC_ISSUER: the provider sends people back to this origin';
    problems.push({ variable: 'HOLDPOINT_PUBLIC_URL', message });
  }
  return {
    issuer,
    clientId: values.HOLDPOINT_OIDC_CLIENT_ID ?? '',
    clientSecret: values.HOLDPOINT_OIDC_CLIENT_SECRET ?? null,
    name: values.HOLDPOINT_OIDC_NAME ?? 'single sign-on',
    scope: values.HOLDPOINT_OIDC_SCOPE ?? 'openid email profile',
    groupsClaim: values.HOLDPOINT_OIDC_GROUPS_CLAIM ?? 'groups',
    groups: values.HOLDPOINT_OIDC_GROUPS ?? {},
    allowedDomains: (values.HOLDPOINT_OIDC_ALLOWED_DOMAINS ?? '')
      .split(',')
      .map((domain) => domain.trim().toLowerCase())
      .filter(Boolean),
  };
}
