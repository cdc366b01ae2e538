import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeKey } from '../support/key.builder.js';
import { codes, easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import { reviseStage } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter } from '../support/telemetry.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

type Preview = {
  askedBy: { application: string; keyName: string | null; instances: number }[];
  lastRequestAt: string | null;
  servingStages: string[];
  endingStages: string[];
  openPromotions: number;
  keys: string[];
  duties: number;
  allowed: boolean;
  whyNot: string | null;
  notes: string[];
};

describe('retiring a workflow', () => {
  let world: World;
  let team: StaffedTeam;
  let responder: Person;
  let promotions: Promotions;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
  });
  beforeEach(async () => {
    promotions = await easyPromotions(world, team);
  });
  afterAll(() => world.close());

  const id = () => promotions.workflow.id;
  const retire = (as = team.reviewer, over: Record<string, unknown> = {}) =>
    world.act<{ workflow: { retiredAt: string | null } | null }>(
      'workflowRetire',
      'workflow { retiredAt }',
      { workflowId: id(), reason: 'Its job is done by the help centre now', ...over },
      as,
    );
  const preview = async (as = team.reviewer): Promise<Preview | null> => {
    const query = `query ($id: ID!) { retirePreview(workflowId: $id) { askedBy { application keyName instances }
      lastRequestAt servingStages endingStages openPromotions keys duties allowed whyNot notes } }`;
    return (await world.gql<{ retirePreview: Preview | null }>(query, { id: id() }, { as })).retirePreview;
  };

  test('is refused while it serves, with the stages and what to do first', async () => {
    await promotions.bring(promotions.workflow.release);
    await reviseStage(world, id(), team, 'internal', (definition) => ({ ...definition, name: 'Our people' }));
    const { userErrors, workflow } = await retire();
    expect([workflow, codes({ userErrors })]).toEqual([null, ['STILL_SERVED']]);
    expect(userErrors[0]?.message).toMatch(/^It still serves a release in Our people, and /);
    expect(await preview()).toMatchObject({ allowed: false, servingStages: ['internal'] });
    expect((await preview())?.whyNot).toBe(userErrors[0]?.message);
  });

  test('shows who still asks for it, by application and key', async () => {
    await promotions.bring(promotions.workflow.release);
    const key = await makeKey(world, team.reviewer, {
      ...{ name: 'Support desk', scopes: ['runtime'], workflowIds: [id()] },
    });
    const fullKey = `${team.key}.${promotions.workflow.key}`;
    const counts = [{ stage: 'internal', served: promotions.workflow.release.digest, requests: 1 }];
    await new Reporter(world, key, fullKey).beat({}, { counts });
    await new Reporter(world, key, fullKey).beat();
    const shown = await preview();
    expect(shown).toMatchObject({
      askedBy: [{ application: 'support-desk', keyName: 'Support desk', instances: 2 }],
      keys: ['Support desk'],
      endingStages: ['internal'],
    });
    expect(shown?.lastRequestAt).not.toBeNull();
    // Requests are counted by the hour, and none came in the part of this one that is still to come.
    expect(Date.parse(shown?.lastRequestAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  test('may be done once its failure behaviour is served everywhere, and ends in one act what belongs to it', async () => {
    await promotions.bring(promotions.workflow.release);
    const open = await promotions.request({
      release: await promotions.withPrompt(promotions.workflow.release, 'Code {{ticket}}'),
      kind: 'replace',
    });
    const own = await makeKey(world, team.reviewer, { scopes: ['runtime'], workflowIds: [id()] });
    const shared = await makeKey(world, team.reviewer, {
      scopes: ['runtime'],
      teamIds: [team.id],
      workflowIds: [id()],
    });
    await world.mustAct('operatingRecordSave', 'operating { version }', await withDuty(), team.member);
    expect(codes(await rollBack(world, responder, id()))).toEqual([]);
    expect(await preview()).toMatchObject({ allowed: true, openPromotions: 1, duties: 1 });
    const before = await world.db.workflow.findUniqueOrThrow({ where: { id: id() } });
    const entries = await world.db.ledgerEntry.count({ where: { chain: id() } });
    const { workflow, userErrors } = await retire();
    expect(userErrors).toEqual([]);
    expect(workflow?.retiredAt).not.toBeNull();
    expect(await world.db.ledgerEntry.count({ where: { chain: id() } })).toBe(entries + 1);
    const after = await world.db.workflow.findUniqueOrThrow({ where: { id: id() } });
    expect([after.key, after.epoch]).toEqual([before.key, before.epoch + 1]);
    expect(await world.db.occupancy.count({ where: { workflowId: id(), to: null } })).toBe(0);
    expect((await promotions.read(open)).state).toBe('withdrawn');
    const [ownRow, sharedRow] = await Promise.all(
      [own, shared].map(({ userId }) => world.db.apiKey.findUniqueOrThrow({ where: { id: userId } })),
    );
    expect([ownRow?.revokedAt === null, sharedRow?.revokedAt === null]).toEqual([false, true]);
    const record = await world.db.operatingRecord.findFirstOrThrow({
      where: { workflowId: id() },
      orderBy: { version: 'desc' },
    });
    expect(JSON.parse(record.canonical)).toMatchObject({ duties: [] });
  });

  test('says why it may be done, who still asks and what stays open', async () => {
    await promotions.bring(promotions.workflow.release);
    const key = await makeKey(world, team.reviewer, { scopes: ['runtime'], workflowIds: [id()] });
    await new Reporter(world, key, `${team.key}.${promotions.workflow.key}`).beat();
    expect((await preview())?.notes).toEqual([]);
    const levers = [{ kind: 'fallback', to: 'people' }];
    expect(codes(await rollBack(world, responder, id(), { levers }))).toEqual([]);
    const [why, asks, open] = (await preview())?.notes ?? [];
    expect(why).toContain('because it falls back to people in every stage');
    expect(asks).toMatch(/^1 instance of production still asks\./);
    expect(open).toBe('1 incident stays open, and can still be closed afterwards.');
  });

  const withDuty = async () => {
    const last = await world.db.operatingRecord.findFirstOrThrow({
      where: { workflowId: id() },
      orderBy: { version: 'desc' },
    });
    const content = JSON.parse(last.canonical) as object;
    const duties = [{ kind: 'cost', ownerTeam: team.key, cadenceDays: 30 }];
    return { workflowId: id(), expectedVersion: last.version, content: { ...content, duties } };
  };

  test('may be done after fourteen days in which nobody asked', async () => {
    await promotions.bring(promotions.workflow.release);
    world.shiftClock(13 * 86_400_000);
    expect(codes(await retire())).toEqual(['STILL_SERVED']);
    world.shiftClock(15 * 86_400_000);
    const { userErrors } = await retire();
    world.shiftClock(0);
    expect(userErrors).toEqual([]);
  });

  test('is not held up by what serves nobody: a workflow that never was live retires at once', async () => {
    expect(await preview()).toMatchObject({ allowed: true, servingStages: [] });
    expect(codes(await retire())).toEqual([]);
  });

  test('is for reviewers of the team and administrators', async () => {
    await expect(retire(team.member)).rejects.toThrow('FORBIDDEN');
    await expect(retire(responder)).rejects.toThrow('FORBIDDEN');
    const administrator = await world.person({ organisationRoles: ['administrator'] });
    expect(codes(await retire(administrator))).toEqual([]);
  });

  test('refuses everything that would change it afterwards, reserves its key, and keeps its history', async () => {
    const again = { idempotencyKey: 'retire-this-once' };
    expect(codes(await retire(team.reviewer, again))).toEqual([]);
    expect(codes(await retire(team.reviewer, again))).toEqual([]);
    expect(codes(await retire())).toEqual(['WORKFLOW_RETIRED']);
    const refused = [
      await promotions.tryRequest(promotions.workflow),
      await rollBack(world, responder, id()),
      await world.act(
        'contractDraftSave',
        'draft { revision }',
        { workflowId: id(), expectedRevision: 1 },
        team.member,
      ),
      await world.act('operatingRecordSave', 'operating { version }', await withDuty(), team.member),
      await world.act(
        'keyCreate',
        'secret',
        {
          name: 'Late',
          kind: 'service',
          environment: 'production',
          scopes: ['runtime'],
          workflowIds: [id()],
          expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
        },
        team.reviewer,
      ),
    ];
    expect(refused.map(codes)).toEqual(refused.map(() => ['WORKFLOW_RETIRED']));
    const { userErrors } = await world.act(
      'workflowRegister',
      'workflow { id }',
      { teamId: team.id, key: promotions.workflow.key, name: 'Again' },
      team.member,
    );
    expect(codes({ userErrors })).toEqual(['CONFLICT']);
    const query = 'query ($id: ID!) { workflow(id: $id) { retiredAt releases { totalCount } } }';
    expect(await world.gql(query, { id: id() }, { as: team.member })).toMatchObject({
      workflow: { releases: { totalCount: 1 } },
    });
  });

  test('leaves nothing to be served', async () => {
    const key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
    const path = `/v1/snapshots/${team.key}.${promotions.workflow.key}`;
    expect((await world.fetch(path, { as: key })).status).toBe(200);
    expect(codes(await retire())).toEqual([]);
    expect((await world.fetch(path, { as: key })).status).toBe(404);
  });
});
