import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import {
  lowTierCore,
  publishContract,
  registerWorkflow,
  routingOutput,
} from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let outsider: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  outsider = await world.person();
}, 180_000);
afterAll(() => world.close());

const byId = 'query ($id: ID!) { workflow(id: $id) { id name fullKey riskTier restricted stages { key } } }';
const list = `query ($filter: WorkflowFilter, $orderBy: WorkflowOrder, $first: Int = 25, $after: String, $offset: Int) {
  workflows(filter: $filter, orderBy: $orderBy, first: $first, after: $after, offset: $offset) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }`;
type List = {
  workflows: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: { id: string; name: string }[];
  };
};

describe('Registering a workflow', () => {
  test('gives it its full key, the four stages of the default rollout and a ledger chain of its own', async () => {
    const { id, key } = await registerWorkflow(world, team);
    const { workflow } = await world.gql<{ workflow: { stages: { key: string }[] } }>(
      byId,
      { id },
      { as: team.member },
    );
    expect(workflow).toMatchObject({ fullKey: `${team.key}.${key}`, riskTier: null });
    expect(workflow.stages.map((s) => s.key)).toEqual(['internal', 'limited', 'expanded', 'general']);
    const { workflow: same } = await world.gql<Record<string, never>>(
      'query ($key: String!) { workflow(key: $key) { id } }',
      { key: `${team.key}.${key}` },
      { as: team.member },
    );
    expect(same).toEqual({ id });
    expect(await world.db.ledgerChain.findUnique({ where: { chain: id } })).not.toBeNull();
  });

  test('refuses a key that the team has used, and a person of another team', async () => {
    const { key } = await registerWorkflow(world, team);
    const input = { teamId: team.id, key, name: 'Again' };
    const again = await world.act('workflowRegister', 'workflow { id }', input, team.member);
    expect(again.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'key'] }]);
    const other = await world.raw(
      'mutation ($input: WorkflowRegisterInput!) { workflowRegister(input: $input) { userErrors { code } } }',
      { input: { ...input, key: 'another' } },
      { as: outsider },
    );
    expect(JSON.stringify(other.body)).toContain('FORBIDDEN');
  });

  test('with bad input names every field and stores nothing', async () => {
    const before = await world.db.workflow.count();
    const entries = await world.db.ledgerEntry.count();
    const { userErrors } = await world.act(
      'workflowRegister',
      'workflow { id }',
      { teamId: team.id, key: 'Not a key', name: ' ' },
      team.member,
    );
    expect(userErrors.map((e) => [e.code, e.field?.join('.')])).toEqual([
      ['INVALID_INPUT', 'input.key'],
      ['INVALID_INPUT', 'input.name'],
    ]);
    expect(await world.db.workflow.count()).toBe(before);
    expect(await world.db.ledgerEntry.count()).toBe(entries);
  });

  test('twice with the same idempotency key makes one', async () => {
    const input = { teamId: team.id, key: 'only-once', name: 'Only once', idempotencyKey: 'register-once' };
    const first = await world.mustAct<{ workflow: { id: string } }>(
      'workflowRegister',
      'workflow { id }',
      input,
      team.member,
    );
    const second = await world.mustAct<{ workflow: { id: string } }>(
      'workflowRegister',
      'workflow { id }',
      input,
      team.member,
    );
    expect(second.workflow).toEqual(first.workflow);
    const other = await world.act(
      'workflowRegister',
      'workflow { id }',
      { ...input, name: 'Other' },
      team.member,
    );
    expect(other.userErrors[0]?.code).toBe('CONFLICT');
  });
});

describe('A restricted workflow', () => {
  test('is seen by its team, auditors, administrators and whoever is on call, and does not exist for others', async () => {
    const { id } = await registerWorkflow(world, team, { restricted: true, name: 'Hidden one' });
    const unknown = '00000000-0000-7000-8000-000000000000';
    for (const role of ['auditor', 'administrator', 'responder'] as const) {
      const as = await world.person({ organisationRoles: [role] });
      expect((await world.gql(byId, { id }, { as }))['workflow']).toMatchObject({
        id,
      });
    }
    for (const as of [outsider, await world.person({ organisationRoles: ['risk_reviewer'] })]) {
      expect(await world.gql(byId, { id }, { as })).toEqual(await world.gql(byId, { id: unknown }, { as }));
      const search = { filter: { search: 'Hidden one' } };
      expect((await world.gql<List>(list, search, { as })).workflows).toMatchObject({
        totalCount: 0,
        nodes: [],
      });
    }
    const other = await staffedTeam(world);
    const input = { workflowId: id, expectedRevision: 0, core: {} };
    const hidden = await world.act('contractDraftSave', 'draft { revision }', input, other.member);
    const absent = await world.act(
      'contractDraftSave',
      'draft { revision }',
      { ...input, workflowId: unknown },
      other.member,
    );
    expect(hidden).toEqual(absent);
    expect(hidden.userErrors[0]?.code).toBe('NOT_FOUND');
  });
});

describe('The tier', () => {
  test('comes with the published contract, is raised by hand with a reason, and never lowered', async () => {
    const { id } = await registerWorkflow(world, team);
    await publishContract(world, id, team.member);
    const tier = async () =>
      (
        await world.gql<{ workflow: { riskTier: string; riskTierReasons: string[] } }>(
          'query ($id: ID!) { workflow(id: $id) { riskTier riskTierReasons } }',
          { id },
          { as: team.member },
        )
      ).workflow;
    expect(await tier()).toEqual({ riskTier: 'low', riskTierReasons: [] });
    const raise = (to: string, reason = 'Many customers') =>
      world.act(
        'workflowTierRaise',
        'workflow { riskTier }',
        { workflowId: id, tier: to, reason },
        team.member,
      );
    expect((await raise('medium')).userErrors).toEqual([]);
    expect(await tier()).toMatchObject({ riskTier: 'medium', riskTierReasons: ['Raised to medium by hand'] });
    expect((await raise('low')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'tier'] },
    ]);
    expect((await raise('medium')).userErrors).toMatchObject([{ code: 'NOTHING_CHANGED' }]);
    expect((await raise('high', ' ')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'reason'] },
    ]);
    const core = {
      ...lowTierCore,
      risk: { ...lowTierCore.risk, money: true, humanReviewsEveryOutput: false },
    };
    await publishContract(world, id, team.member, { core });
    expect((await tier()).riskTier).toBe('high');
    await publishContract(world, id, team.member, { core: lowTierCore, output: routingOutput });
    expect((await tier()).riskTier).toBe('medium');
  });
});
