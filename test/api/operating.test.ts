import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 180_000);
afterAll(() => world.close());

describe('The operating record', () => {
  const record = () => ({
    ownerTeam: team.key,
    accountableUserId: team.member.userId,
    escalationContact: 'The on-call channel',
    duties: [{ kind: 'cost', ownerTeam: team.key, cadenceDays: 30 }],
    providers: [],
  });
  const saveRecord = (workflowId: string, expectedVersion: number, content: object) =>
    world.act<{ operating: { version: number; digest: string } }>(
      'operatingRecordSave',
      'operating { version digest }',
      { workflowId, expectedVersion, content },
      team.member,
    );

  test('is kept in versions', async () => {
    const { id } = await registerWorkflow(world, team);
    expect((await saveRecord(id, 0, record())).operating.version).toBe(1);
    expect((await saveRecord(id, 0, record())).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await saveRecord(id, 1, record())).userErrors).toMatchObject([{ code: 'NOTHING_CHANGED' }]);
    expect((await saveRecord(id, 1, { ...record(), escalationContact: 'Another' })).operating.version).toBe(
      2,
    );
  });

  test('binds what is said of the owner to owner and duties, but not to when a duty was last done', async () => {
    const { id } = await registerWorkflow(world, team);
    await saveRecord(id, 0, record());
    const done = { kind: 'cost', ownerTeam: team.key, cadenceDays: 30, lastDoneAt: '2026-11-01T00:00:00Z' };
    await saveRecord(id, 1, { ...record(), duties: [done] });
    await saveRecord(id, 2, { ...record(), duties: [done], escalationContact: 'Another' });
    const rows = await world.db.operatingRecord.findMany({
      where: { workflowId: id },
      orderBy: { version: 'asc' },
    });
    expect(rows[1]?.ownerDigest).toBe(rows[0]?.ownerDigest);
    expect(rows[2]?.ownerDigest).not.toBe(rows[0]?.ownerDigest);
    expect(rows[2]?.providersDigest).toBe(rows[0]?.providersDigest);
  });

  test('names a team or person that is not there, and every field that is wrong', async () => {
    const { id } = await registerWorkflow(world, team);
    const unknown = {
      ...record(),
      ownerTeam: 'nobody',
      accountableUserId: '01890000-0000-7000-8000-000000000000',
    };
    expect((await saveRecord(id, 0, unknown)).userErrors.map((e) => e.field?.join('.'))).toEqual([
      'input.content.ownerTeam',
      'input.content.accountableUserId',
    ]);
    const wrong = { ownerTeam: '', duties: [{ kind: 'dancing' }] };
    expect((await saveRecord(id, 0, wrong)).userErrors.map((e) => e.field?.join('.'))).toEqual([
      'input.content.ownerTeam',
      'input.content.accountableUserId',
      'input.content.escalationContact',
      'input.content.duties.0.kind',
    ]);
    expect(await world.db.operatingRecord.count({ where: { workflowId: id } })).toBe(0);
  });
});
