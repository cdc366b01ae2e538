import { z } from 'zod';
import { isTeamRole, type MappedRole, organisationRoles, teamRoles } from '../identity/roles.js';
import { isLoopbackHost } from './loopback.js';

const roleNames = [...organisationRoles, ...teamRoles.map((role) => `team:<key>:${role}`)].join(', ');

const mappedRole = z.string().transform((text, context): MappedRole => {
  const organisation = organisationRoles.find((role) => role === text);
  if (organisation) return { organisation };
  const [, team, role] = /^team:([a-z0-9-]+):([a-z]+)$/.exec(text) ?? [];
  if (team !== undefined && role !== undefined && isTeamRole(role)) return { team, role };
  context.addIssue({ code: 'custom', message: `a role is one of ${roleNames}` });
  return z.NEVER;
});

const groupTable = z.record(z.string().min(1), z.array(mappedRole));

/** JSON of groups and the roles they give. One problem at a time, with the group that it is about. */
const groups = z.string().transform((text, context): Record<string, MappedRole[]> => {
  const example = '{"holdpoint-admins": ["administrator"], "support": ["team:support:member"]}';
  const fail = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail(`must be JSON such as ${example}`);
  }
  const parsed = groupTable.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [group] = issue?.path ?? [];
  if (group === undefined) return fail(`must be JSON such as ${example}`);
  const message = issue?.code === 'custom' ? issue.message : 'must be a list of roles';
  return fail(`the roles of the group "${String(group)}": ${message}`);
});

/** Only https, as tokens pass there; plain http for a provider on this machine. */
const issuer = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    if (url?.search !== '' || url.hash !== '' || url.username !== '') return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  },
  { error: 'must be the https URL of the identity provider, such as https://login.example.com' },
);

/** Sign-in through an identity provider. */
export const oidcVariables = {
  HOLDPOINT_OIDC_ISSUER: issuer.optional(),
  HOLDPOINT_OIDC_CLIENT_ID: z.string().max(500).optional(),
  HOLDPOINT_OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  HOLDPOINT_OIDC_NAME: z
    .string()
    .max(60, { error: 'is the label of a button and has at most 60 characters' })
    .optional(),
  HOLDPOINT_OIDC_SCOPE: z
    .string()
    .refine((text) => text.split(/\s+/).includes('openid'), {
      error: 'must contain openid; the default is "openid email profile"',
    })
    .optional(),
  HOLDPOINT_OIDC_GROUPS_CLAIM: z.string().max(200).optional(),
  HOLDPOINT_OIDC_GROUPS: groups.optional(),
  HOLDPOINT_OIDC_ALLOWED_DOMAINS: z
    .string()
    .regex(/^[a-zA-Z0-9.,\s-]+$/, { error: 'must be domains separated by commas, such as example.com' })
    .optional(),
};
