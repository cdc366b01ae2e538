import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../apps/api/src/platform/identity/actor.js';
import { organisationRoles, teamRoles } from '../../apps/api/src/platform/identity/roles.js';
import { can } from '../../apps/api/src/platform/permissions/can.js';
import { keyScopes } from '../../apps/api/src/platform/permissions/key-scopes.js';
import type { PermissionRule } from '../../apps/api/src/platform/permissions/permission-rule.js';
import { permissions, type Permission } from '../../apps/api/src/platform/permissions/permission-table.js';
import { maySee } from '../../apps/api/src/platform/permissions/visibility.js';

const names = Object.keys(permissions) as Permission[];
const ruleOf = (name: Permission): PermissionRule => permissions[name];
const [teamA, teamB, workflowA] = ['team-a', 'team-b', 'workflow-a'];

const person = (over: Partial<Actor> = {}): Actor => ({
  ...{ kind: 'user', id: 'person', name: 'Person', organisationRoles: [], memberships: [] },
  responsibleIds: ['person'],
  ...over,
});

const key = fc.record({
  id: fc.constant('key'),
  scopes: fc.subarray([...keyScopes]),
  environment: fc.constantFrom('production', 'staging'),
  teamIds: fc.subarray([teamA, teamB]),
  workflowIds: fc.subarray([workflowA]),
  committerId: fc.constant(null),
});

/** A service or an agent, even one that roles were smuggled into. */
const holder = fc.record({
  kind: fc.constantFrom<Actor['kind']>('service', 'agent'),
  id: fc.constant('key'),
  name: fc.constant('CI'),
  organisationRoles: fc.subarray([...organisationRoles]),
  memberships: fc.array(
    fc.record({ teamId: fc.constantFrom(teamA, teamB), role: fc.constantFrom(...teamRoles) }),
  ),
  responsibleIds: fc.constant(['person']),
  key,
}) as fc.Arbitrary<Actor & { key: NonNullable<Actor['key']> }>;

const subject = fc.record(
  { teamId: fc.constantFrom(teamA, teamB), workflowId: fc.constant(workflowA) },
  { requiredKeys: [] },
);
const permission = fc.constantFrom(...names);

describe('the permission table', () => {
  test('lets no service or agent approve, waive, lift or change permissions, whatever its scopes and binding', () => {
    const forPersons = names.filter((name) => ruleOf(name).personsOnly);
    fc.assert(
      fc.property(holder, fc.constantFrom(...forPersons), subject, (actor, name, about) => {
        expect(can(actor, name, about)).toBe(false);
      }),
    );
  });

  test('keeps for persons whatever sounds of approving, reviewing, waiving, granting or managing', () => {
    const telling = /approve|review|waiver|manage|grant|breakGlass|answer|adopt|key\.|lift|clear|erase/i;
    const open = names.filter((name) => telling.test(name) && !ruleOf(name).personsOnly);
    expect(open).toEqual([]);
  });

  test('gives a key what one of its scopes names, within its teams and workflows, and nothing for its roles', () => {
    fc.assert(
      fc.property(holder, permission, subject, (actor, name, about) => {
        const rule = ruleOf(name);
        const scoped = rule.scopes?.some((scope) => actor.key.scopes.includes(scope)) ?? false;
        const placed = !rule.production || actor.key.environment === 'production';
        const { teamId, workflowId } = about;
        const within =
          (teamId === undefined && workflowId === undefined) ||
          (teamId !== undefined && actor.key.teamIds.includes(teamId)) ||
          (workflowId !== undefined && actor.key.workflowIds.includes(workflowId));
        expect(can(actor, name, about)).toBe(rule.everyone === 'anyone' || (scoped && placed && within));
      }),
    );
  });

  test('says of runtime keys, and of those that narrow, that they read nothing of the registry', () => {
    const opened = (scope: 'runtime' | 'runtime-public' | 'narrow') =>
      names.filter((name) => ruleOf(name).scopes?.includes(scope));
    expect({
      ...{ runtime: opened('runtime'), public: opened('runtime-public'), narrow: opened('narrow') },
    }).toEqual({
      runtime: ['instance.report', 'serve.decisions', 'serve.snapshots'],
      public: ['instance.report', 'serve.decisions'],
      narrow: ['rollback.read', 'rollback.trigger'],
    });
  });

  test('gives a role in one team nothing in another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...teamRoles), permission, (role, name) => {
        const actor = person({ memberships: [{ teamId: teamA, role }] });
        const here = can(actor, name, { teamId: teamA });
        expect(here).toBe(
          ruleOf(name).everyone !== undefined || (ruleOf(name).team?.includes(role) ?? false),
        );
        if (!ruleOf(name).everyone) expect(can(actor, name, { teamId: teamB })).toBe(false);
      }),
    );
  });

  test('lets an auditor change nothing', () => {
    const auditor = person({ organisationRoles: ['auditor'] });
    const own = names.filter((name) => can(auditor, name) && !can(null, name));
    expect(own.filter((name) => !/\.(read|export|self)$/.test(name))).toEqual([]);
  });

  test('never lets a permission be for keys and for persons only', () => {
    expect(names.filter((name) => ruleOf(name).personsOnly && ruleOf(name).scopes)).toEqual([]);
    // @ts-expect-error: the type refuses it too
    const both: PermissionRule = { description: 'Both', personsOnly: true, scopes: ['ci'] };
    expect(both.scopes).toEqual(['ci']);
  });
});

describe('a restricted workflow', () => {
  const restricted = { id: workflowA, teamId: teamA, restricted: true };

  test('is seen by its team, auditors, administrators and organisation-wide responders', () => {
    const seenBy = organisationRoles.filter((role) =>
      maySee(person({ organisationRoles: [role] }), restricted),
    );
    expect(seenBy).toEqual(['administrator', 'auditor', 'responder']);
    for (const role of teamRoles) {
      expect(maySee(person({ memberships: [{ teamId: teamA, role }] }), restricted)).toBe(true);
      expect(maySee(person({ memberships: [{ teamId: teamB, role }] }), restricted)).toBe(false);
    }
  });

  test('is seen by a key that is bound to it or to its team, as any other workflow is', () => {
    fc.assert(
      fc.property(holder, fc.boolean(), (actor, isRestricted) => {
        const bound = actor.key.teamIds.includes(teamA) || actor.key.workflowIds.includes(workflowA);
        expect(maySee(actor, { ...restricted, restricted: isRestricted })).toBe(bound);
      }),
    );
  });
});
