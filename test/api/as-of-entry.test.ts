import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { makeKey } from '../support/key.builder.js';
import { registerPrompt } from '../support/prompt.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

interface Entry {
  id: string;
  seq: number;
  act: string;
  actorId: string;
  actorKey: { id: string; name: string } | null;
  responsible: { id: string }[];
  previous: { id: string; seq: number; hash: string } | null;
  next: { id: string; seq: number; prevHash: string } | null;
  hash: string;
  prevHash: string;
  workflow: { id: string } | null;
  checkpoint: { number: number } | null;
}

let world: World;
let team: StaffedTeam;
let auditor: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
}, 120_000);

afterAll(() => world.close());

const fields = `id seq act actorId actorKey { id name } responsible { id } previous { id seq hash }
  next { id seq prevHash } hash prevHash workflow { id } checkpoint { number }`;
const read = async (id: string, as: Person = auditor) =>
  (
    await world.gql<{ ledgerEntry: Entry | null }>(
      `query ($id: ID!) { ledgerEntry(id: $id) { ${fields} } }`,
      { id },
      { as },
    )
  ).ledgerEntry;
const chainOf = (chain: string) =>
  world.db.ledgerEntry.findMany({ where: { chain }, orderBy: { seq: 'asc' }, select: { id: true } });

describe('one entry of the ledger', () => {
  test('knows its neighbours in its chain, each of which names the hash of the one before', async () => {
    const { id: workflowId } = await registerWorkflow(world, team);
    await publishContract(world, workflowId, team.member);
    const [first, second] = await chainOf(workflowId);
    const one = await read(first!.id);
    const two = await read(second!.id);
    expect(one).toMatchObject({ seq: 1, previous: null, workflow: { id: workflowId } });
    expect(one?.next).toEqual({ id: second!.id, seq: 2, prevHash: one?.hash });
    expect(two).toMatchObject({ previous: { id: first!.id, hash: two?.prevHash } });
    const last = (await chainOf(workflowId)).at(-1);
    expect(await read(last!.id)).toMatchObject({ next: null });
  });

  test('is covered by the first checkpoint that was signed after it, and by none before', async () => {
    const { id: workflowId } = await registerWorkflow(world, team);
    await publishContract(world, workflowId, team.member);
    const [first] = await chainOf(workflowId);
    expect((await read(first!.id))?.checkpoint).toBeNull();
    await world.app.get(Checkpoints, { strict: false }).takeQuietly();
    const covered = (await read(first!.id))?.checkpoint;
    expect(covered?.number).toBeGreaterThan(0);
    const raise = { workflowId, tier: 'high', reason: 'Customers see it' };
    await world.mustAct('workflowTierRaise', 'workflow { id }', raise, team.member);
    const last = (await chainOf(workflowId)).at(-1);
    expect((await read(last!.id))?.checkpoint).toBeNull();
    await world.app.get(Checkpoints, { strict: false }).takeQuietly();
    expect((await read(last!.id))?.checkpoint).toEqual({ number: (covered?.number ?? 0) + 1 });
    expect((await read(first!.id))?.checkpoint).toEqual(covered);
  });

  test('that a key made names the key and whoever answers for it', async () => {
    const key = await makeKey(world, team.reviewer, { name: 'Nightly build', teamIds: [team.id] });
    const { id } = await registerPrompt(world, { ...team, member: key });
    const entry = await world.db.ledgerEntry.findFirstOrThrow({ where: { subjectId: id } });
    expect(await read(entry.id)).toMatchObject({
      actorId: key.userId,
      actorKey: { id: key.userId, name: 'Nightly build' },
      responsible: [{ id: team.reviewer.userId }],
    });
  });

  test('costs a list of many no more statements than a list of one', async () => {
    const { id: workflowId } = await registerWorkflow(world, team);
    await publishContract(world, workflowId, team.member);
    const stranger = await world.person();
    const query = `query ($first: Int!) { ledger(first: $first) { nodes { ${fields} } } }`;
    const cost = async (first: number) =>
      (await world.database.statements.during(() => world.gql(query, { first }, { as: stranger }))).length;
    await cost(1);
    expect(await cost(20)).toBeLessThanOrEqual((await cost(2)) + 2);
  });

  test('of a restricted workflow is for others as one that never was, and so are its neighbours', async () => {
    const { id: workflowId } = await registerWorkflow(world, team, { restricted: true });
    await publishContract(world, workflowId, team.member);
    const [first] = await chainOf(workflowId);
    const stranger = await world.person();
    expect(await read(first!.id, stranger)).toBeNull();
    expect(await read('01890000-0000-7000-8000-000000000000', stranger)).toBeNull();
    expect(await read('nonsense', stranger)).toBeNull();
    expect(await read(first!.id, team.member)).not.toBeNull();
    // The act that registered it begins its own chain: among entries that everybody may see, it would leave a gap.
    expect(await read(first!.id)).toMatchObject({ act: 'workflow.registered', seq: 1, previous: null });
  });
});
