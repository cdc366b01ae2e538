import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import {
  budgets,
  lowTierCore,
  publishContract,
  registerWorkflow,
  routingOutput,
} from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 180_000);
afterAll(() => world.close());

interface Draft {
  revision: number;
  core: unknown;
  budgets: unknown;
  missing: { component: string; path: string[]; message: string }[];
  tierPreview: {
    tier: string | null;
    reasons: string[];
    requiredChecks: { stageKey: string; count: number; computed: number }[];
  };
}
interface Component {
  id: string;
  number: number;
  digest: string;
}
type Contract = Record<'core' | 'output' | 'retrieval' | 'tools' | 'budgets', Component | null> & {
  complete: boolean;
};

const draftFields =
  'revision core budgets missing { component path message } tierPreview { tier reasons requiredChecks { stageKey count computed } }';
const component = '{ id number digest }';
const contractFields = `core ${component} output ${component} retrieval ${component} tools ${component} budgets ${component} complete`;

const save = (workflowId: string, expectedRevision: number, content: object, as = team.member) =>
  world.act<{ draft: Draft }>(
    'contractDraftSave',
    `draft { ${draftFields} }`,
    { workflowId, expectedRevision, ...content },
    as,
  );
const publish = (workflowId: string, expectedRevision: number) =>
  world.act<{ contract: Contract }>(
    'contractPublish',
    `contract { ${contractFields} }`,
    { workflowId, expectedRevision },
    team.member,
  );

describe('A contract draft', () => {
  test('says from the first moment what is missing, and takes parts as they come', async () => {
    const { id } = await registerWorkflow(world, team);
    const { workflow } = await world.gql<{ workflow: { draft: Draft; contract: null } }>(
      `query ($id: ID!) { workflow(id: $id) { contract { complete } draft { ${draftFields} } } }`,
      { id },
      { as: team.member },
    );
    expect(workflow.contract).toBeNull();
    expect(workflow.draft).toMatchObject({
      revision: 0,
      core: null,
      tierPreview: { tier: null, requiredChecks: [] },
    });
    expect(workflow.draft.missing).toContainEqual({
      component: 'core',
      path: ['userJob'],
      message: 'User job is missing',
    });
    const first = await save(id, 0, { core: { userJob: 'Sort tickets' }, budgets });
    expect(first.draft.revision).toBe(1);
    expect(first.draft.missing.map((m) => m.path.join('.'))).not.toContain('userJob');
    const second = await save(id, 1, { output: routingOutput, budgets: null });
    expect(second.draft).toMatchObject({ core: { userJob: 'Sort tickets' }, budgets: null });
  });

  test('shows which checks its tier will require in each stage, most of them computed at the low tier', async () => {
    const { id } = await registerWorkflow(world, team);
    const low = (await save(id, 0, { core: lowTierCore, output: routingOutput })).draft.tierPreview;
    expect(low.tier).toBe('low');
    expect(low.requiredChecks.map((r) => r.stageKey)).toEqual(['internal', 'limited', 'expanded', 'general']);
    expect(low.requiredChecks[0]).toMatchObject({ stageKey: 'internal', count: 10 });
    const core = {
      ...lowTierCore,
      dataClasses: ['sensitive'],
      risk: { ...lowTierCore.risk, publicStatement: true },
    };
    const high = (await save(id, 1, { core })).draft.tierPreview;
    expect(high.tier).toBe('high');
    expect(high.reasons.length).toBeGreaterThan(0);
    expect(high.requiredChecks[0]?.count).toBeGreaterThan(10);
  });

  test('that two people change at once is kept by one, and the other is told', async () => {
    const { id } = await registerWorkflow(world, team);
    const results = await Promise.all([
      save(id, 0, { core: { userJob: 'One' } }),
      save(id, 0, { core: { userJob: 'Two' } }, team.reviewer),
    ]);
    const refused = results.filter((r) => r.userErrors.length > 0);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.userErrors).toMatchObject([
      { code: 'CONFLICT', field: ['input', 'expectedRevision'] },
    ]);
  });

  test('refuses JSON that nests without end, before anything runs', async () => {
    const { id } = await registerWorkflow(world, team);
    const query =
      'mutation ($input: ContractDraftSaveInput!) { contractDraftSave(input: $input) { userErrors { code } } }';
    for (const depth of [300, 6000, 50_000]) {
      const core = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      const variables = `{"input":{"workflowId":"${id}","expectedRevision":0,"core":${core}}}`;
      const response = await world.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
        as: team.member,
      });
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
    }
    expect(await world.db.contractDraft.count({ where: { workflowId: id } })).toBe(0);
  });

  test('takes no component that is not an object', async () => {
    const { id } = await registerWorkflow(world, team);
    for (const core of ['text', 7, true, [lowTierCore]]) {
      const { userErrors } = await save(id, 0, { core });
      expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'core'] }]);
    }
    expect(await world.db.contractDraft.findUnique({ where: { workflowId: id } })).toBeNull();
  });
});

describe('Publishing a contract', () => {
  test('refuses what is incomplete, naming every field, and publishes nothing', async () => {
    const { id } = await registerWorkflow(world, team);
    const { userJob: _gone, ...core } = lowTierCore;
    await save(id, 0, { core: { ...core, pattern: 'prompt_retrieval' }, output: routingOutput });
    const { userErrors } = await publish(id, 1);
    expect(new Set(userErrors.map((e) => e.code))).toEqual(new Set(['CONTRACT_INCOMPLETE']));
    const fields = userErrors.map((e) => e.field?.join('.'));
    expect(fields).toEqual(
      expect.arrayContaining(['input.core.userJob', 'input.core.layers', 'input.retrieval.sources']),
    );
    expect(await world.db.contractComponent.count({ where: { workflowId: id } })).toBe(0);
  });

  test('makes new components only of what changed, and returns to an earlier one as the same', async () => {
    const { id } = await registerWorkflow(world, team);
    await save(id, 0, { core: lowTierCore, output: routingOutput, budgets });
    const first = (await publish(id, 1)).contract;
    expect(first).toMatchObject({
      core: { number: 1 },
      output: { number: 1 },
      budgets: { number: 1 },
      retrieval: null,
    });
    await save(id, 1, { core: { ...lowTierCore, userJob: 'Sort all tickets' } });
    const second = (await publish(id, 2)).contract;
    expect(second.core?.number).toBe(2);
    expect(second.output?.id).toBe(first.output?.id);
    await save(id, 2, { core: lowTierCore, budgets: null });
    const third = (await publish(id, 3)).contract;
    expect(third.core?.id).toBe(first.core?.id);
    expect(third.budgets).toBeNull();
    expect((await publish(id, 3)).userErrors).toMatchObject([{ code: 'NOTHING_CHANGED' }]);
    expect((await publish(id, 2)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await world.db.contractPublication.count({ where: { workflowId: id } })).toBe(3);
  });

  test('is in the ledger with the digests of its components, and nothing more of them', async () => {
    const { id } = await registerWorkflow(world, team);
    await publishContract(world, id, team.member);
    const entry = await world.db.ledgerEntry.findFirstOrThrow({
      where: { chain: id, act: 'contract.published' },
    });
    expect(entry.canonical).toContain('sha256:');
    expect(entry.canonical).not.toContain(lowTierCore.userJob);
  });
});
