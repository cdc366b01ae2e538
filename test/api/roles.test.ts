import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

interface Warned {
  roleWarnings: { level: string; role: string; ofTeam: boolean }[];
}

let world: World;
let administrator: Person;

beforeAll(async () => {
  world = await createWorld();
  administrator = await world.person({ organisationRoles: ['administrator'] });
});
afterAll(() => world.close());

const change = (mutation: string, userId: string, over: Record<string, unknown>, as = administrator) =>
  world.act(mutation, 'user { id }', { userId, ...over }, as);
const codesOf = (payload: { userErrors: { code: string }[] }) =>
  payload.userErrors.map((error) => error.code);

describe('roles', () => {
  test('of risk and security reviewers have deputies, with the same powers; others have none', async () => {
    const deputy = await world.person();
    const grant = (role: string) => change('organisationRoleGrant', deputy.userId, { role, deputy: true });
    expect(codesOf(await grant('auditor'))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await grant('risk_reviewer'))).toEqual([]);
    const { viewer } = await world.gql<{ viewer: { organisationRoles: string[]; permissions: string[] } }>(
      '{ viewer { organisationRoles permissions } }',
      {},
      { as: deputy },
    );
    expect(viewer.organisationRoles).toEqual(['risk_reviewer']);
    expect(viewer.permissions).toContain('promotion.review');
    const row = await world.db.organisationRole.findFirstOrThrow({ where: { userId: deputy.userId } });
    expect(row.deputy).toBe(true);
  });

  test('that a workflow needs and nobody holds are told on it, until somebody does', async () => {
    const team = await world.team();
    const member = await world.person({ teams: [{ teamId: team.id, role: 'member' }] });
    const { id } = await registerWorkflow(world, { id: team.id, member });
    await publishContract(world, id, member);
    const query = 'query ($id: ID!) { workflow(id: $id) { roleWarnings { level role ofTeam } } }';
    const warned = async () =>
      (await world.gql<{ workflow: Warned }>(query, { id }, { as: member })).workflow.roleWarnings;
    expect(await warned()).toEqual(
      expect.arrayContaining([
        { level: 'missing', role: 'reviewer', ofTeam: true },
        { level: 'missing', role: 'responder', ofTeam: true },
        { level: 'missing', role: 'security_reviewer', ofTeam: false },
      ]),
    );
    await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
    await world.person({ organisationRoles: ['security_reviewer'] });
    expect((await warned()).map((one) => one.role)).not.toEqual(
      expect.arrayContaining(['responder', 'security_reviewer']),
    );
  });

  test('of the organisation that only one person holds are told', async () => {
    const data = await world.gql<Warned>('{ roleWarnings { level role ofTeam } }', {}, { as: administrator });
    expect(data.roleWarnings).toContainEqual({ level: 'single', role: 'administrator', ofTeam: false });
  });

  test('cannot be taken from the last administrator, not even by two who take each other’s at once', async () => {
    const second = await world.person({ organisationRoles: ['administrator'] });
    const revoke = (userId: string, as: Person) =>
      world
        .act('organisationRoleRevoke', 'user { id }', { userId, role: 'administrator' }, as)
        .then(codesOf)
        .catch((error: unknown) => [String(error)]);
    const [one, other] = await Promise.all([
      revoke(second.userId, administrator),
      revoke(administrator.userId, second),
    ]);
    expect([one.length, other.length].filter((count) => count === 0)).toHaveLength(1);
    const left = await world.db.organisationRole.findMany({
      where: { role: 'administrator', endedAt: null },
    });
    expect(left).toHaveLength(1);
    const last = left[0]?.userId === second.userId ? second : administrator;
    expect(await revoke(last.userId, last)).toEqual(['LAST_ADMINISTRATOR']);
    const third = await world.person({ organisationRoles: ['administrator'] });
    const both = await Promise.all([revoke(last.userId, last), revoke(third.userId, third)]);
    expect(both.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(both.flat()).toEqual(['LAST_ADMINISTRATOR']);
  });

  test('reviewers of one team make no team, grant no role and end no membership', async () => {
    const team = await staffedTeam(world);
    const { body } = await world.raw(
      'mutation ($input: OrganisationRoleGrantInput!) { organisationRoleGrant(input: $input) { user { id } } }',
      { input: { userId: team.reviewer.userId, role: 'administrator' } },
      { as: team.reviewer },
    );
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
