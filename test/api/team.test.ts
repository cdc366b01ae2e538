import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let admin: Person;

beforeAll(async () => {
  world = await createWorld();
  admin = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
}, 180_000);
afterAll(() => world.close());

interface TeamShown {
  id: string;
  revision: number;
  members: { user: { id: string }; role: string }[];
}
const shown = 'team { id revision members { user { id } role } }';
const change = (mutation: string, input: Record<string, unknown>, as = admin) =>
  world.act<{ team: TeamShown }>(mutation, shown, input, as);

describe('The viewer', () => {
  const query =
    '{ viewer { user { name email } organisationRoles permissions memberships { role team { id } } } }';

  test('is nobody without a session', async () => {
    expect(await world.gql(query)).toEqual({ viewer: null });
  });

  test('is told their roles and what they may do', async () => {
    const team = await world.team();
    const person = await world.person({
      organisationRoles: ['auditor'],
      teams: [{ teamId: team.id, role: 'reviewer' }],
    });
    const { viewer } = await world.gql<{ viewer: { permissions: string[] } }>(query, {}, { as: person });
    expect(viewer).toMatchObject({
      organisationRoles: ['auditor'],
      memberships: [{ role: 'reviewer', team: { id: team.id } }],
    });
    expect(viewer.permissions).toEqual(expect.arrayContaining(['registry.read', 'promotion.review']));
    expect(viewer.permissions).not.toContain('team.create');
  });
});

describe('Teams', () => {
  test('are made, changed and staffed by administrators', async () => {
    const person = await world.person();
    const { team } = await change('teamCreate', {
      key: 'support',
      name: 'Support',
      onCallContact: 'Call the desk',
    });
    expect(team).toMatchObject({ revision: 1, members: [] });
    const added = await change('teamMemberAdd', { teamId: team.id, userId: person.userId, role: 'member' });
    expect(added.team.members).toEqual([{ user: { id: person.userId }, role: 'member' }]);
    const again = await change('teamMemberAdd', { teamId: team.id, userId: person.userId, role: 'member' });
    expect(again.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await registerWorkflow(world, { id: team.id, member: person });
    const removed = await change('teamMemberRemove', {
      teamId: team.id,
      userId: person.userId,
      role: 'member',
    });
    expect(removed.team.members).toEqual([]);
    const late = await world.raw(
      'mutation ($input: WorkflowRegisterInput!) { workflowRegister(input: $input) { userErrors { code } } }',
      { input: { teamId: team.id, key: 'late', name: 'Late' } },
      { as: person },
    );
    expect(JSON.stringify(late.body)).toContain('FORBIDDEN');
    const updated = await change('teamUpdate', {
      teamId: team.id,
      expectedRevision: 1,
      name: 'Support desk',
    });
    expect(updated.team.revision).toBe(2);
    const stale = await change('teamUpdate', { teamId: team.id, expectedRevision: 1, name: 'Other' });
    expect(stale.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'expectedRevision'] }]);
  });

  test('refuse everybody else, and bad input by field, and keep nothing of it', async () => {
    const person = await world.person();
    const before = await world.db.team.count();
    const { body } = await world.raw(
      'mutation ($input: TeamCreateInput!) { teamCreate(input: $input) { team { id } } }',
      { input: { key: 'mine', name: 'Mine' } },
      { as: person },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const { userErrors } = await change('teamCreate', { key: 'With.Dot', name: '' });
    expect(userErrors.map((e) => e.field?.join('.'))).toEqual(['input.key', 'input.name']);
    expect(await world.db.team.count()).toBe(before);
  });

  test('list of 50 with members and workflows asks the database as often as a list of five', async () => {
    const query = `query ($first: Int!) { teams(first: $first) { totalCount nodes { key viewerCanManage
      members { role user { name organisationRoles memberships { role } } } workflows(first: 2) { totalCount nodes { key } } } } }`;
    for (let i = 0; i < 8; i += 1) {
      const team = await staffedTeam(world);
      await registerWorkflow(world, team);
    }
    const count = async (first: number) =>
      (await world.database.statements.during(() => world.gql(query, { first }, { as: admin }))).length;
    // The first in the list has nobody in it.
    expect(await count(50)).toBe(await count(5));
  }, 120_000);
});

describe('People', () => {
  test('are made by administrators and can sign in; password and address are in no ledger entry', async () => {
    const input = { name: 'New person', email: 'New.Person@Example.com', password: 'a long enough password' };
    const { user } = await world.mustAct<{ user: { id: string; email: string } }>(
      'userCreate',
      'user { id email }',
      input,
      admin,
    );
    expect(user.email).toBe('new.person@example.com');
    expect(await world.signIn('new.person@example.com', input.password)).not.toBe('');
    const again = await world.act('userCreate', 'user { id }', input, admin);
    expect(again.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'email'] }]);
    const entries = await world.db.ledgerEntry.findMany({ where: { subjectId: user.id } });
    expect(entries.length).toBeGreaterThan(0);
    expect(JSON.stringify(entries.map((e) => e.canonical))).not.toMatch(/long enough|example\.com/i);
  });

  test('are found by name and address', async () => {
    const person = await world.person({ name: 'Findable 50%' });
    const { users } = await world.gql<{ users: { nodes: { id: string }[] } }>(
      '{ users(search: "findable 50%") { nodes { id } } }',
      {},
      { as: admin },
    );
    expect(users.nodes).toEqual([{ id: person.userId }]);
  });

  test('are given and lose roles; the last administrator keeps theirs', async () => {
    const person = await world.person();
    const roles = 'user { id organisationRoles }';
    const grant = { userId: person.userId, role: 'administrator' };
    const granted = await world.mustAct<{ user: { organisationRoles: string[] } }>(
      'organisationRoleGrant',
      roles,
      grant,
      admin,
    );
    expect(granted.user.organisationRoles).toEqual(['administrator']);
    const others = await world.db.organisationRole.findMany({
      where: { role: 'administrator', endedAt: null },
    });
    for (const { userId } of others.filter((row) => row.userId !== person.userId)) {
      const { userErrors } = await world.act(
        'organisationRoleRevoke',
        roles,
        { userId, role: 'administrator' },
        person,
      );
      expect(userErrors).toEqual([]);
    }
    const last = await world.act('organisationRoleRevoke', roles, grant, person);
    expect(last.userErrors).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }]);
    const kept = await world.db.organisationRole.findFirst({
      where: { userId: person.userId, endedAt: null },
    });
    expect(kept?.role).toBe('administrator');
  });
});
