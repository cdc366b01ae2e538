import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OidcWorld } from '../support/oidc-world.js';
import type { Person } from '../support/world.js';

let oidc: OidcWorld;
let administrator: Person;
let supportTeam: { id: string };
beforeAll(async () => {
  oidc = await OidcWorld.start({
    HOLDPOINT_OIDC_GROUPS: JSON.stringify({
      admins: ['administrator'],
      auditors: ['auditor'],
      support: ['team:support:member', 'team:support:reviewer', 'team:unknown:member'],
    }),
  });
  administrator = await oidc.world.person({ organisationRoles: ['administrator'] });
  supportTeam = await oidc.world.team('support');
});
afterAll(() => oidc.close());

describe('groups', () => {
  test('give roles and take them away again, and leave those given by hand alone', async () => {
    const { id } = oidc.account({ groups: ['support', 'auditors', 'a group of others'] });
    const arrived = await oidc.viewer((await oidc.signIn(id)).cookie);
    expect(arrived).toMatchObject({ organisationRoles: ['auditor'] });
    expect(arrived?.memberships.map(({ role }) => role).sort()).toEqual(['member', 'reviewer']);
    const userId = arrived!.user.id;
    await oidc.world.mustAct(
      'organisationRoleGrant',
      'user { id }',
      { userId, role: 'responder' },
      administrator,
    );
    oidc.regroup(id, ['admins']);
    const changed = await oidc.viewer((await oidc.signIn(id)).cookie);
    expect(changed).toMatchObject({ organisationRoles: ['administrator', 'responder'], memberships: [] });
    oidc.regroup(id, []);
    expect((await oidc.viewer((await oidc.signIn(id)).cookie))?.organisationRoles).toEqual(['responder']);
    const mapped = (await oidc.entriesOf(userId)).filter(({ act }) => act === 'user.roles_mapped');
    expect(mapped.map(({ data }) => data)).toEqual([
      { granted: ['auditor', 'team:support:member', 'team:support:reviewer'], ended: [] },
      { granted: ['administrator'], ended: ['auditor', 'team:support:member', 'team:support:reviewer'] },
      { granted: [], ended: ['administrator'] },
    ]);
    expect(await oidc.world.db.teamMember.count({ where: { userId, teamId: supportTeam.id } })).toBe(2);
    expect(await oidc.world.db.organisationRole.count({ where: { userId, endedAt: { not: null } } })).toBe(2);
  });

  test('say whence a role is, and a role held by hand is not given twice', async () => {
    const person = await oidc.world.person({ organisationRoles: ['auditor'] });
    const { id } = oidc.account({ email: person.email, groups: ['auditors', 'admins'] });
    const { cookie } = await oidc.signIn(id);
    const query = '{ viewer { user { heldRoles { role fromProvider } } } }';
    const found = await oidc.world.gql(query, {}, { headers: { cookie } });
    expect(found).toEqual({
      viewer: {
        user: {
          heldRoles: [
            { role: 'administrator', fromProvider: true },
            { role: 'auditor', fromProvider: false },
          ],
        },
      },
    });
    oidc.regroup(id, []);
    expect((await oidc.viewer((await oidc.signIn(id)).cookie))?.organisationRoles).toEqual(['auditor']);
  });

  test('never remove the last administrator', async () => {
    const { id } = oidc.account({ groups: ['admins', 'auditors'] });
    const { user } = (await oidc.viewer((await oidc.signIn(id)).cookie))!;
    const others = await oidc.world.db.organisationRole.findMany({
      where: { role: 'administrator', endedAt: null, userId: { not: user.id } },
    });
    const where = { id: { in: others.map((one) => one.userId) } };
    await oidc.world.db.user.updateMany({ where, data: { disabledAt: new Date() } });
    oidc.regroup(id, []);
    expect((await oidc.viewer((await oidc.signIn(id)).cookie))?.organisationRoles).toEqual(['administrator']);
    await oidc.world.db.user.updateMany({ where, data: { disabledAt: null } });
    expect((await oidc.viewer((await oidc.signIn(id)).cookie))?.organisationRoles).toEqual([]);
  });
});
