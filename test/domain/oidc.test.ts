import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError } from '../../apps/api/src/platform/config/config-error.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import {
  groupsOfClaim,
  type HeldRole,
  roleChanges,
  rolesOfGroups,
  wordOfMapped,
} from '../../apps/api/src/platform/identity/oidc-groups.domain.js';
import type { MappedRole } from '../../apps/api/src/platform/identity/roles.js';
import { returnPath } from '../../apps/api/src/platform/identity/return-path.schema.js';

const least = { HOLDPOINT_OIDC_ISSUER: 'https://login.example.com', HOLDPOINT_OIDC_CLIENT_ID: 'holdpoint' };
const read = (env: Record<string, string>) => readConfig(env, []).config.oidc;

function problems(env: Record<string, string>): Record<string, string> {
  try {
    readConfig(env, []);
  } catch (error) {
    if (error instanceof ConfigError)
      return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
    throw error;
  }
  return {};
}

describe('the configuration of an identity provider', () => {
  test('needs its address and what it calls this server; the rest has defaults', () => {
    expect(read({})).toBeNull();
    expect(read(least)).toEqual({
      issuer: 'https://login.example.com',
      clientId: 'holdpoint',
      clientSecret: null,
      name: 'single sign-on',
      scope: 'openid email profile',
      groupsClaim: 'groups',
      groups: {},
      allowedDomains: [],
    });
  });

  test('maps groups to roles', () => {
    const groups = '{"Admins": ["administrator"], "support": ["team:support:member", "auditor"]}';
    expect(read({ ...least, HOLDPOINT_OIDC_GROUPS: groups })?.groups).toEqual({
      Admins: [{ organisation: 'administrator' }],
      support: [{ team: 'support', role: 'member' }, { organisation: 'auditor' }],
    });
  });

  test.each([
    [{ HOLDPOINT_OIDC_ISSUER: 'http://login.example.com' }, 'HOLDPOINT_OIDC_ISSUER', /https/],
    [{ HOLDPOINT_OIDC_ISSUER: 'https://a:b@login.example.com' }, 'HOLDPOINT_OIDC_ISSUER', /https/],
    [{ HOLDPOINT_OIDC_GROUPS: 'admins' }, 'HOLDPOINT_OIDC_GROUPS', /must be JSON/],
    [{ HOLDPOINT_OIDC_GROUPS: '["admins"]' }, 'HOLDPOINT_OIDC_GROUPS', /must be JSON/],
    [{ HOLDPOINT_OIDC_GROUPS: '{"a": "auditor"}' }, 'HOLDPOINT_OIDC_GROUPS', /group "a": must be a list/],
    [{ HOLDPOINT_OIDC_GROUPS: '{"a": ["root"]}' }, 'HOLDPOINT_OIDC_GROUPS', /group "a": a role is one of/],
    [{ HOLDPOINT_OIDC_GROUPS: '{"a": ["team:b"]}' }, 'HOLDPOINT_OIDC_GROUPS', /team:<key>:member/],
    [{ HOLDPOINT_OIDC_SCOPE: 'email' }, 'HOLDPOINT_OIDC_SCOPE', /openid/],
    [{ HOLDPOINT_OIDC_CLIENT_ID: '' }, 'HOLDPOINT_OIDC_CLIENT_ID', /is needed/],
    [{ HOST: '0.0.0.0' }, 'HOLDPOINT_PUBLIC_URL', /is needed/],
    [{ HOLDPOINT_OIDC_ALLOWED_DOMAINS: 'a@b' }, 'HOLDPOINT_OIDC_ALLOWED_DOMAINS', /domains/],
  ])(
    'that cannot be used is refused at the variable: %j',
    (env: Record<string, string>, variable, message) => {
      expect(problems({ ...least, ...env })[variable]).toMatch(message);
    },
  );

  test('in part says which variable is missing, and never repeats a secret', () => {
    const found = problems({ HOLDPOINT_OIDC_CLIENT_SECRET: 'never shown' });
    expect(Object.keys(found)).toEqual(['HOLDPOINT_OIDC_CLIENT_SECRET']);
    expect(JSON.stringify(found)).not.toContain('never shown');
  });
});

describe('the page to return to', () => {
  test.each(['/', '/ledger', '/workflows/1?tab=evals', '/a/b#c', '/a%2Fb?x=%2F%2Fevil.example'])(
    'is a page of the console: %s',
    (path) => {
      expect(returnPath(path)).toBe(path);
    },
  );

  test('never leads to another origin, whatever was asked for', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '//',
      'evil.example',
      '.',
      '..',
      ':',
      '@',
      '\t',
      '\n',
      '%2f',
      '?',
      '#',
      'a',
      'https:',
      ' ',
    );
    const asked = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(asked, (text) => {
        const path = returnPath(text);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, 'https://holdpoint.example.com').origin).toBe('https://holdpoint.example.com');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('roles by groups', () => {
  const mapped: fc.Arbitrary<MappedRole> = fc.oneof(
    fc.constantFrom('administrator', 'auditor', 'responder').map((organisation) => ({ organisation })),
    fc.record({
      team: fc.constantFrom('a', 'b'),
      role: fc.constantFrom('member', 'reviewer'),
    }) as fc.Arbitrary<MappedRole>,
  );
  const held = fc
    .uniqueArray(fc.record({ source: fc.constantFrom('manual', 'oidc'), mapped }), {
      selector: (one) => wordOfMapped(one.mapped),
    })
    .map((rows) => rows.map((row, index): HeldRole => ({ id: String(index), ...row })));
  const wanted = fc.uniqueArray(mapped, { selector: wordOfMapped });

  test('end up as what the groups give and what was given by hand, and doing it again changes nothing', () => {
    fc.assert(
      fc.property(held, wanted, (before, wants) => {
        const { add, end } = roleChanges(before, wants);
        expect(end.every(({ source }) => source === 'oidc')).toBe(true);
        const after: HeldRole[] = [
          ...before.filter((row) => !end.includes(row)),
          ...add.map((one, index) => ({ id: `new-${String(index)}`, source: 'oidc', mapped: one })),
        ];
        const byHand = before
          .filter(({ source }) => source === 'manual')
          .map((row) => wordOfMapped(row.mapped));
        const words = after.map((row) => wordOfMapped(row.mapped)).sort();
        expect(words).toEqual([...new Set([...byHand, ...wants.map(wordOfMapped)])].sort());
        expect(roleChanges(after, wants)).toEqual({ add: [], end: [] });
      }),
    );
  });

  test('ignore groups that no table names, words of the language itself among them', () => {
    const table = { admins: [{ organisation: 'administrator' as const }] };
    expect(rolesOfGroups(['constructor', '__proto__', 'toString', 'others'], table)).toEqual([]);
    expect(rolesOfGroups(['admins', 'admins'], table)).toEqual([{ organisation: 'administrator' }]);
  });

  test('take a list or one text, and nothing else', () => {
    expect(groupsOfClaim(['a', 1, null, 'b'])).toEqual(['a', 'b']);
    expect(groupsOfClaim('a')).toEqual(['a']);
    for (const claim of [undefined, null, {}, 7]) expect(groupsOfClaim(claim)).toEqual([]);
  });
});
