import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine, type Engine } from '../support/engine.js';
import { PointerFixture } from '../support/pointer-fixture.js';
import { postgresAvailable } from '../support/postgres.js';

const immutable = [
  ...[
    'prompt_version',
    'model_config_version',
    'contract_component',
    'operating_record',
    'release',
    'release_step',
  ],
  ...['stage_revision', 'stage_revision_approval', 'adoption', 'eval_suite_version', 'eval_run', 'eval_case'],
  ...['checklist_version', 'check_answer', 'readiness_record', 'promotion_review', 'ledger_entry'],
  ...['rollback', 'rollback_review'],
];
const neverRemoved = [
  ...[
    'occupancy',
    'promotion',
    'promotion_move',
    'team_member',
    'organisation_role',
    'ledger_reason',
    'workflow',
  ],
  ...[
    'ledger_chain',
    'team',
    'stage',
    'prompt',
    'model_config',
    'eval_suite',
    'waiver',
    'overlay',
    'hold',
    'quarantine',
  ],
];
const no = /permission denied|is refused/;

describe.each([['pglite'], ['postgres']] as const)('what never changes (%s)', (kind) => {
  const run = kind === 'pglite' || postgresAvailable() ? test : test.skip;
  let engine: Engine | undefined;
  let fixture: PointerFixture;
  beforeAll(async () => {
    if (kind === 'postgres' && !postgresAvailable()) return;
    engine = await createEngine(kind);
    fixture = await new PointerFixture(engine.database).create();
    await fixture.promote();
  });
  afterAll(() => engine?.close());
  const sql = (text: string) => fixture.database.client.$executeRawUnsafe(text);

  run.each(immutable)('%s refuses UPDATE, DELETE and TRUNCATE', async (table) => {
    const column = table === 'eval_case' ? 'reason' : /_(approval|review)$/.test(table) ? 'created_at' : 'id';
    await expect(sql(`UPDATE "${table}" SET "${column}" = "${column}"`)).rejects.toThrow(no);
    if (table !== 'eval_case') await expect(sql(`DELETE FROM "${table}"`)).rejects.toThrow(no);
    await expect(sql(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(no);
  });

  run.each(neverRemoved)('%s refuses DELETE and TRUNCATE', async (table) => {
    await expect(sql(`DELETE FROM "${table}"`)).rejects.toThrow(no);
    await expect(sql(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(no);
  });

  run('a prompt version cannot be deleted or reworded', async () => {
    const { client } = fixture.database;
    const promptId = randomUUID();
    const version = { promptId, version: 1, format: 'text', canonical: '{"format":"text","text":"hello"}' };
    const digest = 'sha256:53ab3c14dc6de4a4af56d9d4dea2b4b8ed3d34a5f6b3f0e8cb8d1f1cb3b8ca3a';
    const rest = {
      commitMessage: 'First',
      secretFindings: [],
      authorId: randomUUID(),
      createdAt: new Date(),
    };
    const prompt = {
      id: promptId,
      teamId: fixture.teamId,
      key: 'greeting',
      name: 'Greeting',
      createdAt: new Date(),
    };
    await client.prompt.create({ data: prompt });
    const create = (made: string) =>
      client.promptVersion.create({ data: { id: randomUUID(), ...version, digest: made, ...rest } });
    await expect(create(digest)).rejects.toThrow(/prompt_version_digest/);
    const [right] = await client.$queryRaw<
      { digest: string }[]
    >`SELECT public.digest_of(${version.canonical}) AS digest`;
    const { id } = await create(right?.digest ?? '');
    await expect(client.promptVersion.delete({ where: { id } })).rejects.toThrow(no);
    await expect(client.promptVersion.update({ where: { id }, data: { canonical: '{}' } })).rejects.toThrow(
      no,
    );
    expect(await client.promptVersion.count({ where: { id } })).toBe(1);
  });

  run('a ledger entry must be sealed, be next, follow the one before and not go back in time', async () => {
    const { client } = fixture.database;
    const append = (change: Parameters<PointerFixture['append']>[1]) =>
      client.$transaction((tx) => fixture.append(tx, change));
    await expect(append({ hash: 'a'.repeat(64) })).rejects.toThrow(/hash is not of its canonical text/);
    await expect(append({ prevHash: 'b'.repeat(64) })).rejects.toThrow(/does not continue entry 1/);
    await expect(append({ seq: 3 })).rejects.toThrow(/does not continue entry 1/);
    await expect(append({ seq: 1 })).rejects.toThrow(/does not continue entry 1/);
    await expect(append({ at: '2020-01-01T00:00:00.000Z' })).rejects.toThrow(/time runs backwards/);
    await append({});
    expect(await client.ledgerEntry.count({ where: { chain: fixture.workflowId } })).toBe(2);
  });

  run('a reason can be erased, and neither reworded nor brought back', async () => {
    const { client } = fixture.database;
    const entryId = randomUUID();
    const where = { entryId };
    await client.ledgerReason.create({ data: { entryId, salt: 's', text: 'The customer asked' } });
    await expect(client.ledgerReason.update({ where, data: { text: 'Nobody asked' } })).rejects.toThrow(no);
    await client.ledgerReason.update({ where, data: { text: null, erasedAt: new Date() } });
    const back = { text: 'The customer asked', erasedAt: null };
    await expect(client.ledgerReason.update({ where, data: back })).rejects.toThrow(no);
  });

  run('a role ends once and stays ended', async () => {
    const { client } = fixture.database;
    const held = { id: randomUUID(), teamId: fixture.teamId, userId: fixture.person, role: 'member' };
    await client.teamMember.create({ data: { ...held, addedAt: new Date('2026-01-01') } });
    await expect(
      client.teamMember.create({ data: { ...held, id: randomUUID(), addedAt: new Date() } }),
    ).rejects.toMatchObject({ code: 'P2002' });
    const where = { id: held.id };
    await expect(client.teamMember.update({ where, data: { role: 'reviewer' } })).rejects.toThrow(no);
    await client.teamMember.update({ where, data: { endedAt: new Date() } });
    await expect(client.teamMember.update({ where, data: { endedAt: null } })).rejects.toThrow(/stays ended/);
  });

  run('what a workflow serves never goes back to an earlier version', async () => {
    const { client } = fixture.database;
    const where = { id: fixture.workflowId };
    await client.workflow.update({ where, data: { epoch: { increment: 2 } } });
    await expect(client.workflow.update({ where, data: { epoch: { decrement: 1 } } })).rejects.toThrow(
      /only grow/,
    );
    await client.workflow.update({ where, data: { incarnation: 2, epoch: 0 } });
  });

  run('cases are discarded while staged, and never once their run is recorded', async () => {
    const { client } = fixture.database;
    const [staged, recorded] = [randomUUID(), randomUUID()];
    const stage = (runId: string, index: number) =>
      client.$executeRaw`INSERT INTO eval_case (run_id, index, case_id, outcome, metrics)
        VALUES (${runId}::uuid, ${index}, 'c', 'pass', '[]')`;
    for (const runId of [staged, recorded]) await stage(runId, 0);
    await expect(client.$executeRaw`DELETE FROM eval_case WHERE run_id = ${staged}::uuid`).rejects.toThrow(
      no,
    );
    const suite = {
      id: randomUUID(),
      workflowId: fixture.workflowId,
      key: 'main',
      name: 'Main',
      createdAt: new Date(),
    };
    await client.evalSuite.create({ data: suite });
    const [canonical, by] = ['{}', { authorId: fixture.person, createdAt: new Date() }];
    const [made] = await client.$queryRaw<
      { digest: string }[]
    >`SELECT public.digest_of(${canonical}) AS digest`;
    const digests = { canonical, digest: made?.digest ?? '', graderDigest: '' };
    const suiteVersion = { id: randomUUID(), suiteId: suite.id, version: 1, ...digests, ...by };
    await client.evalSuiteVersion.create({ data: suiteVersion });
    await client.evalRun.create({
      data: {
        ...{ id: recorded, workflowId: fixture.workflowId, suiteVersionId: suiteVersion.id, counts: false },
        ...{
          uncountedReason: 'test',
          kind: 'regular',
          source: 'plain',
          sourceVersion: '1',
          rawSha256: '',
          label: '',
        },
        ...{
          status: 'completed',
          cases: 1,
          passed: 1,
          failed: 0,
          errored: 0,
          skipped: 0,
          aggregates: {},
          flags: [],
        },
        ...{ importedById: fixture.person, createdAt: new Date() },
      },
    });
    await expect(stage(recorded, 1)).rejects.toThrow(/the run has been recorded/);
    const discard = (runId: string) =>
      client.$queryRaw`SELECT public.discard_staged_cases(${runId}::uuid) AS count`;
    expect(await discard(staged)).toEqual([{ count: 1n }]);
    await expect(discard(recorded)).rejects.toThrow(/never recorded/);
    expect(await client.evalCase.count()).toBe(1);
  });
});
