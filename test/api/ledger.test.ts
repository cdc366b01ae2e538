import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { sealEntry, type LedgerContent } from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let auditor: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
}, 180_000);
afterAll(() => world.close());

interface Verification {
  ok: boolean;
  entries: number;
  firstBadSeq: number | null;
  problem: string | null;
}
const verify = async (chain: string, as = auditor) =>
  (
    await world.gql<{ ledgerVerify: Verification }>(
      'query ($chain: String!) { ledgerVerify(chain: $chain) { ok entries firstBadSeq problem } }',
      { chain },
      { as },
    )
  ).ledgerVerify;

interface Entries {
  ledger: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: {
      id: string;
      act: string;
      summary: string;
      reason: string | null;
      actor: { id: string } | null;
    }[];
  };
}
const list = `query ($filter: LedgerFilter, $first: Int = 25, $after: String) { ledger(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id act summary reason actor { id } } } }`;
const entries = (variables: object, as = auditor) =>
  world.gql<Entries>(list, { ...variables }, { as }).then((data) => data.ledger);

/** What only the owner of the database can do: change the ledger behind the product's back. */
async function behindItsBack(...statements: string[]): Promise<void> {
  const disabled = ['ledger_entry', 'ledger_chain', 'ledger_reason'].map(
    (t) => `ALTER TABLE ${t} DISABLE TRIGGER USER`,
  );
  const enabled = ['ledger_entry', 'ledger_chain', 'ledger_reason'].map(
    (t) => `ALTER TABLE ${t} ENABLE TRIGGER USER`,
  );
  const all = [...disabled, ...statements, ...enabled];
  if (world.engine.url === null) {
    for (const sql of all) await world.db.$executeRawUnsafe(sql);
    return;
  }
  const owner = new pg.Client({ connectionString: world.engine.url });
  await owner.connect();
  for (const sql of all) await owner.query(sql);
  await owner.end();
}

/** A chain with entries of several acts, one of them with a reason. */
async function chain(): Promise<string> {
  const { id } = await registerWorkflow(world, team);
  await publishContract(world, id, team.member);
  const raise = { workflowId: id, tier: 'high', reason: 'Customers see it' };
  await world.mustAct('workflowTierRaise', 'workflow { id }', raise, team.member);
  return id;
}

describe('The ledger', () => {
  test('of a workflow verifies, and so does that of the organisation', async () => {
    const id = await chain();
    expect(await verify(id)).toEqual({ ok: true, entries: 4, firstBadSeq: null, problem: null });
    expect((await verify('organisation')).ok).toBe(true);
  });

  test.each([
    [
      'bytes were altered',
      (id: string) =>
        `UPDATE ledger_entry SET canonical = replace(canonical, 'draft', 'daft') WHERE chain = '${id}' AND seq = 2`,
      2,
      'altered',
    ],
    [
      'entry was taken away',
      (id: string) => `DELETE FROM ledger_entry WHERE chain = '${id}' AND seq = 2`,
      2,
      'missing',
    ],
    [
      'last entry was taken away',
      (id: string) => `DELETE FROM ledger_entry WHERE chain = '${id}' AND seq = 4`,
      4,
      'tail',
    ],
    [
      'shown actor was altered',
      (id: string) => `UPDATE ledger_entry SET actor_id = 'nobody' WHERE chain = '${id}' AND seq = 2`,
      2,
      'actorId',
    ],
    [
      'shown act was altered',
      (id: string) => `UPDATE ledger_entry SET act = 'nothing.happened' WHERE chain = '${id}' AND seq = 2`,
      2,
      'act',
    ],
    [
      'reason was altered',
      (id: string) =>
        `UPDATE ledger_reason SET text = 'Other' WHERE entry_id = (SELECT id FROM ledger_entry WHERE chain = '${id}' AND seq = 4)`,
      4,
      'reason',
    ],
  ] as const)('names the first place where the %s', async (_what, statement, seq, problem) => {
    const id = await chain();
    await behindItsBack(statement(id));
    expect(await verify(id)).toMatchObject({
      ok: false,
      firstBadSeq: seq,
      problem: expect.stringContaining(problem),
    });
  });

  test('is not fooled by a last entry that was rewritten with a hash of its own', async () => {
    const id = await chain();
    const last = await world.db.ledgerEntry.findFirstOrThrow({ where: { chain: id, seq: 4 } });
    const content = { ...(JSON.parse(last.canonical) as LedgerContent), data: { from: 'low', to: 'medium' } };
    const { canonical, hash } = sealEntry(content);
    await behindItsBack(
      `UPDATE ledger_entry SET canonical = '${canonical}', hash = '${hash}' WHERE id = '${last.id}'`,
    );
    expect(await verify(id)).toMatchObject({ ok: false, firstBadSeq: 4 });
  });

  test('stays sound when a reason is erased', async () => {
    const id = await chain();
    await behindItsBack(
      `UPDATE ledger_reason SET text = NULL, erased_at = now() WHERE entry_id = (SELECT id FROM ledger_entry WHERE chain = '${id}' AND seq = 4)`,
    );
    expect((await verify(id)).ok).toBe(true);
  });

  test('lists acts newest first, by chain, act, person and time, and pages through all of them', async () => {
    const id = await chain();
    const all = await entries({ filter: { chain: id } });
    expect(all.nodes.map((n) => n.act)).toEqual([
      'workflow.tier_raised',
      'contract.published',
      'contract.draft_saved',
      'workflow.registered',
    ]);
    expect(all.nodes[0]).toMatchObject({
      reason: 'Customers see it',
      actor: { id: team.member.userId },
      summary: 'Workflow tier raised',
    });
    expect((await entries({ filter: { chain: id, act: 'contract.published' } })).totalCount).toBe(1);
    expect((await entries({ filter: { chain: id, actorId: auditor.userId } })).totalCount).toBe(0);
    expect((await entries({ filter: { chain: id, to: '2020-01-01T00:00:00.000Z' } })).totalCount).toBe(0);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Entries['ledger'] = await entries({ filter: { chain: id }, first: 1, after });
      seen.push(...page.nodes.map((n) => n.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.nodes.map((n) => n.id));
  });

  test('shows the activity of a workflow with the act that registered it', async () => {
    const id = await chain();
    const { workflow } = await world.gql<{
      workflow: { activity: { totalCount: number; nodes: { act: string }[] } };
    }>(
      'query ($id: ID!) { workflow(id: $id) { activity { totalCount nodes { act } } } }',
      { id },
      { as: auditor },
    );
    expect(workflow.activity.totalCount).toBe(4);
    expect(workflow.activity.nodes.at(-1)?.act).toBe('workflow.registered');
  });

  test('of a restricted workflow is there for auditors and its team, and for nobody else', async () => {
    const { id } = await registerWorkflow(world, team, { restricted: true });
    await publishContract(world, id, team.member);
    const outsider = await world.person();
    for (const as of [auditor, team.member])
      expect((await entries({ filter: { chain: id } }, as)).totalCount).toBe(3);
    expect((await entries({ filter: { chain: id } }, outsider)).totalCount).toBe(0);
    expect((await entries({ filter: { subjectId: id } }, outsider)).totalCount).toBe(0);
    const answers = await Promise.all(
      [id, '01890000-0000-7000-8000-000000000000', 'nonsense'].map((one) =>
        world.raw(
          'query ($chain: String!) { ledgerVerify(chain: $chain) { ok } }',
          { chain: one },
          { as: outsider },
        ),
      ),
    );
    for (const { body } of answers)
      expect(body.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  test('asks the database as often for 50 entries as for one, and refuses a foreign cursor', async () => {
    const query = `query ($first: Int!) { ledger(first: $first) { totalCount nodes { act reason actor { name } } } }`;
    for (let i = 0; i < 20; i += 1) await registerWorkflow(world, team);
    const count = async (first: number) =>
      (await world.database.statements.during(() => world.gql(query, { first }, { as: auditor }))).length;
    expect(await count(50)).toBe(await count(1));
    const after = Buffer.from(
      JSON.stringify(['not a time', '01890000-0000-7000-8000-000000000000']),
    ).toString('base64url');
    const { body } = await world.raw(list, { after }, { as: auditor });
    expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });
});
