import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportOf, keyOf, LedgerFiles } from '../support/ledger-file.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let files: LedgerFiles;
let team: StaffedTeam;
let administrator: Person;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  files = await LedgerFiles.open();
  team = await staffedTeam(world);
  administrator = await world.person({ organisationRoles: ['administrator'] });
  key = await files.write(await keyOf(world, administrator), 'key.pem');
}, 180_000);
afterAll(async () => {
  await files.close();
  await world.close();
});

const name = 'Somebody Unmistakable';

/** A person who has raised a workflow's tier, and said why. */
async function acted(): Promise<{ person: Person; chain: string; entryId: string }> {
  const person = await world.person({ name, teams: [{ teamId: team.id, role: 'member' }] });
  const { id: chain } = await registerWorkflow(world, { ...team, member: person });
  await publishContract(world, chain, person);
  const input = { workflowId: chain, tier: 'high', reason: `${name} thinks that customers see it` };
  await world.mustAct('workflowTierRaise', 'workflow { id }', input, person);
  const entry = await world.db.ledgerEntry.findFirstOrThrow({
    where: { chain, act: 'workflow.tier_raised' },
  });
  return { person, chain, entryId: entry.id };
}

const erase = (userId: string, eraseReasons: boolean, as = administrator) =>
  world.act<{ user: { name: string; email: string } | null }>(
    'personErase',
    'user { id name email disabled }',
    { userId, eraseReasons, reason: 'Asked for by the person' },
    as,
  );
const eraseReason = (entryId: string) =>
  world.act<{ entry: { reason: string | null } | null }>(
    'ledgerReasonErase',
    'entry { id reason }',
    { entryId, reason: 'It named somebody' },
    administrator,
  );

describe('A person who is erased', () => {
  test('is named nowhere any more, is signed out, and the ledger still verifies', async () => {
    const { person, chain } = await acted();
    const { user } = await erase(person.userId, true);
    expect(user).toMatchObject({ name: 'Erased person', disabled: true });
    expect(user?.email).not.toContain(person.email);

    const text = await exportOf(world, administrator);
    expect(text).not.toContain(name);
    expect(text).not.toContain(person.email);
    const answer = await files.verify(text, key);
    expect(answer).toMatchObject({ ok: true, reasons: { erased: 1 } });
    const verified = 'query ($chain: String!) { ledgerVerify(chain: $chain) { ok } }';
    expect(await world.gql(verified, { chain }, { as: administrator })).toEqual({
      ledgerVerify: { ok: true },
    });

    const me = await world.raw('{ viewer { user { id } } }', {}, { as: person });
    expect(JSON.stringify(me.body)).not.toContain(person.userId);
    await expect(world.signIn(person.email)).rejects.toThrow('401');
    const kept = await world.db.$queryRaw<{ text: string }[]>`
      SELECT concat((SELECT string_agg(u::text, ' ') FROM "user" u), (SELECT string_agg(a::text, ' ') FROM account a),
        (SELECT string_agg(s::text, ' ') FROM session s), (SELECT string_agg(r::text, ' ') FROM ledger_reason r),
        (SELECT string_agg(i::text, ' ') FROM idempotency_record i), (SELECT string_agg(o::text, ' ') FROM outbox_event o)) AS text`;
    expect(kept[0]?.text).not.toContain(name);
    expect(kept[0]?.text).not.toContain(`"${person.email}"`);
  });

  test('keeps the texts of reasons where these are not to go', async () => {
    const { person, entryId } = await acted();
    await erase(person.userId, false);
    const reason = await world.db.ledgerReason.findUniqueOrThrow({ where: { entryId } });
    expect(reason.text).toContain('customers see it');
  });

  test('does not come back, and is not erased twice', async () => {
    const { person } = await acted();
    await erase(person.userId, false);
    expect((await erase(person.userId, false)).userErrors[0]).toMatchObject({ code: 'CONFLICT' });
    const enabled = await world.act('personEnable', 'user { id }', { userId: person.userId }, administrator);
    expect(enabled.userErrors[0]).toMatchObject({ code: 'CONFLICT' });
    const roles = { where: { userId: person.userId, endedAt: null } };
    expect(await world.db.teamMember.count(roles)).toBe(0);
  });

  test('is erased by an administrator other than they, and the last one cannot be', async () => {
    expect((await erase(administrator.userId, false)).userErrors[0]).toMatchObject({ code: 'INVALID_INPUT' });
    const refused = await world.raw(
      `mutation { personErase(input: { userId: "${administrator.userId}", reason: "x" }) { user { id } } }`,
      {},
      { as: team.reviewer },
    );
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('The text of a reason that is erased', () => {
  test('is gone with its salt, for good; the chain still verifies', async () => {
    const { chain, entryId } = await acted();
    const { entry } = await eraseReason(entryId);
    expect(entry).toEqual({ id: entryId, reason: null });
    const row = await world.db.ledgerReason.findUniqueOrThrow({ where: { entryId } });
    expect(row).toMatchObject({ text: null, salt: '' });
    expect((await eraseReason(entryId)).userErrors[0]).toMatchObject({ code: 'CONFLICT' });
    const back = world.db.ledgerReason.update({ where: { entryId }, data: { text: 'Back', erasedAt: null } });
    await expect(back).rejects.toThrow();
    expect((await files.verify(await exportOf(world, administrator, `?chain=${chain}`), key)).ok).toBe(true);
  });
});

test('No entry of the ledger names a person or an address, whatever was done', async () => {
  await acted();
  const people = await world.db.user.findMany({ select: { name: true, email: true } });
  const entries = await world.db.ledgerEntry.findMany({ select: { act: true, canonical: true } });
  const naming = entries.filter(({ canonical }) =>
    people.some(
      (who) =>
        canonical.includes(`"${who.name}"`) || canonical.includes(who.email) || canonical.includes(name),
    ),
  );
  expect(naming.map(({ act }) => act)).toEqual([]);
});
