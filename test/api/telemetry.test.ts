import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FetchLog } from '../../apps/api/src/modules/telemetry/fetch-log.service.js';
import { PruningService } from '../../apps/api/src/modules/telemetry/pruning.service.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter, writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

describe('what instances report', () => {
  let world: World;
  let team: StaffedTeam;
  let workflow: ReleasedWorkflow;
  let key: KeyHolder;
  let fullKey: string;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    workflow = await releasedWorkflow(world, team);
    fullKey = `${team.key}.${workflow.key}`;
    key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  });
  afterAll(() => world.close());

  const reporter = (as = key) => new Reporter(world, as, fullKey);
  const stored = (instanceId: string) =>
    world.db.instance.findUnique({
      where: { workflowId_instanceId: { workflowId: workflow.id, instanceId } },
    });
  const shown = async () => {
    const query = `query ($id: ID!) { workflow(id: $id) {
      instances(first: 100) { totalCount nodes { instanceId application via environment state servesVersion isPublic } }
      instancesByVersion { incarnation epoch instances byOfrep }
      servedCounts { stageKey served alias source requests }
    } }`;
    const data = await world.gql<{ workflow: Shown }>(query, { id: workflow.id }, { as: team.member });
    return data.workflow;
  };
  type Shown = {
    instances: {
      totalCount: number;
      nodes: { instanceId: string; state: string; isPublic: boolean; via: string }[];
    };
    instancesByVersion: { incarnation: number; epoch: number; instances: number; byOfrep: number }[];
    servedCounts: {
      stageKey: string | null;
      served: string;
      source: string;
      requests: number;
      alias: string | null;
    }[];
  };

  test('is answered with the newest version, so that whoever is behind fetches', async () => {
    await world.db.workflow.update({ where: { id: workflow.id }, data: { epoch: 7 } });
    const { status, body } = await reporter().send(reporter().body());
    expect(status).toBe(200);
    expect(body.workflows).toEqual([{ workflow: fullKey, incarnation: 1, epoch: 7 }]);
  });

  test('is shown with what each serves, and which is behind', async () => {
    const [serving, behind] = [reporter(), reporter()];
    serving.version = { incarnation: 1, epoch: 7 };
    behind.version = { incarnation: 1, epoch: 6 };
    await serving.beat();
    await behind.beat();
    const { instances } = await shown();
    const stateOf = (id: string) => instances.nodes.find(({ instanceId }) => instanceId === id)?.state;
    expect([stateOf(serving.instanceId), stateOf(behind.instanceId)]).toEqual(['serving', 'behind']);
  });

  test('never goes back to an older version, in whatever order reports arrive', async () => {
    const one = reporter();
    const late = one.body(
      { sentAt: new Date(Date.now() - 5_000).toISOString() },
      { incarnation: 1, epoch: 3 },
    );
    await one.beat({}, { incarnation: 1, epoch: 5 });
    await one.send(late);
    await writeOut(world);
    expect(await stored(one.instanceId)).toMatchObject({ incarnation: 1, epoch: 5 });
    await one.beat({}, { incarnation: 2, epoch: 1 });
    expect(await stored(one.instanceId)).toMatchObject({ incarnation: 2, epoch: 1 });
  });

  test('is believed again when an instance puts its clock back by an hour', async () => {
    const one = reporter();
    await one.beat({ sentAt: new Date(Date.now() + 3_600_000).toISOString() }, { incarnation: 1, epoch: 7 });
    await world.db
      .$executeRaw`UPDATE instance SET seen_at = seen_at - INTERVAL '25 seconds' WHERE instance_id = ${one.instanceId}`;
    await one.beat({}, { incarnation: 1, epoch: 7 });
    expect((await stored(one.instanceId))!.seenAt.getTime()).toBeGreaterThan(Date.now() - 20_000);
  });

  test('says goodbye once, and a report that is overtaken by it brings nobody back', async () => {
    const one = reporter();
    const late = one.body();
    await one.beat({ stopping: true, sentAt: new Date(Date.now() + 100).toISOString() });
    await one.send(late);
    await writeOut(world);
    expect((await stored(one.instanceId))?.stoppedAt).not.toBeNull();
  });

  test('counts requests by hour, stage and what they got; a report sent twice counts once', async () => {
    const one = reporter();
    const { digest } = workflow.release;
    const counts = [
      { stage: 'internal', served: digest, requests: 3 },
      { stage: null, served: 'failure', requests: 2 },
    ];
    const body = one.body({}, { counts });
    await one.send(body);
    await one.send(body);
    await one.beat({ sentAt: new Date(Date.now() + 10).toISOString() }, { counts });
    const { servedCounts } = await shown();
    expect(servedCounts).toEqual(
      expect.arrayContaining([
        { stageKey: 'internal', served: digest, alias: workflow.release.alias, source: 'sdk', requests: 6 },
        { stageKey: null, served: 'failure', alias: null, source: 'sdk', requests: 4 },
      ]),
    );
  });

  test('of other environments is shown, and counts for nothing', async () => {
    const staging = await makeKey(world, team.reviewer, {
      ...{ scopes: ['runtime'], teamIds: [team.id], environment: 'staging' },
    });
    const before = await shown();
    const one = reporter(staging);
    await one.beat({}, { epoch: 7, counts: [{ stage: null, served: 'disabled', requests: 9 }] });
    const after = await shown();
    expect(after.instances.totalCount).toBe(before.instances.totalCount + 1);
    expect(after.instancesByVersion).toEqual(before.instancesByVersion);
    expect(after.servedCounts).toEqual(before.servedCounts);
    expect(await world.db.acknowledgement.count({ where: { instanceId: one.instanceId } })).toBe(0);
  });

  test('with a key that a page carries is shown, acknowledges nothing, and speaks for no server', async () => {
    const open = await makeKey(world, team.reviewer, { scopes: ['runtime-public'], teamIds: [team.id] });
    const server = reporter();
    await server.beat({}, { epoch: 4 });
    const liar = new Reporter(world, open, fullKey, server.instanceId);
    await liar.beat({}, { epoch: 9 });
    expect(await stored(server.instanceId)).toMatchObject({ epoch: 4, isPublic: false });
    const page = reporter(open);
    await page.beat({}, { epoch: 7 });
    expect(await stored(page.instanceId)).toMatchObject({ isPublic: true });
    const ids = [page.instanceId, server.instanceId];
    const acks = await world.db.acknowledgement.findMany({ where: { instanceId: { in: ids } } });
    expect(acks.map(({ epoch }) => epoch)).toEqual([4]);
  });

  test('of a workflow that the key is not bound to is answered like one that there is not', async () => {
    const other = await staffedTeam(world);
    const foreign = await makeKey(world, other.reviewer, { scopes: ['runtime'], teamIds: [other.id] });
    const one = reporter(foreign);
    const [item] = one.body().workflows;
    const named = [item!, { ...item!, workflow: `${team.key}.nothing-here` }];
    const { status, body } = await one.send(one.body({ workflows: named }));
    await writeOut(world);
    expect(status).toBe(200);
    const { error } = body.workflows[0]!;
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(body.workflows.map(({ workflow: _named, ...rest }) => rest)).toEqual([
      { incarnation: 0, epoch: 0, error },
      { incarnation: 0, epoch: 0, error },
    ]);
    expect(await world.db.instance.count({ where: { instanceId: one.instanceId } })).toBe(0);
  });

  test('is refused with the name of the field, and nothing of it is kept', async () => {
    const one = reporter();
    const [item] = one.body().workflows;
    const bad: [unknown, string[]][] = [
      [one.body({ application: '' }), ['body', 'application']],
      [one.body({ application: 'a\u0000b' }), ['body', 'application']],
      [one.body({}, { epoch: 3_000_000_000 }), ['body', 'workflows', '0', 'epoch']],
      [
        one.body({}, { counts: [{ stage: null, served: 'nonsense', requests: 1 }] }),
        ['body', 'workflows', '0', 'counts', '0', 'served'],
      ],
      [one.body({ workflows: Array.from({ length: 101 }, () => item!) }), ['body', 'workflows']],
      [{}, ['body', 'instanceId']],
    ];
    for (const [body, field] of bad) {
      const answer = await one.send(body);
      expect([answer.status, (answer.body.error as { field: string[] }).field]).toEqual([400, field]);
    }
    await writeOut(world);
    expect(await world.db.instance.count({ where: { instanceId: one.instanceId } })).toBe(0);
  });

  test('needs a key of a running application', async () => {
    const ci = await makeKey(world, team.reviewer, { scopes: ['ci'], teamIds: [team.id] });
    expect((await reporter(ci).send(reporter().body())).status).toBe(403);
    expect((await reporter({ ...key, secret: `hp_${'A'.repeat(43)}` }).send(reporter().body())).status).toBe(
      401,
    );
  });

  test('writes nothing into the ledger and changes no version', async () => {
    const before = await world.db.ledgerEntry.count();
    const epoch = (await world.db.workflow.findUniqueOrThrow({ where: { id: workflow.id } })).epoch;
    await reporter().beat({}, { epoch: 7 });
    expect(await world.db.ledgerEntry.count()).toBe(before);
    expect((await world.db.workflow.findUniqueOrThrow({ where: { id: workflow.id } })).epoch).toBe(epoch);
  });

  test('of OFREP callers is known by what they last fetched, and labelled so', async () => {
    const log = world.app.get(FetchLog, { strict: false });
    const said = {
      workflowId: workflow.id,
      keyId: key.userId,
      environment: 'production',
      clientId: 'checkout',
    };
    log.seen({ ...said, incarnation: 1, epoch: 6, stageKey: 'internal', served: workflow.release.digest });
    log.seen({ ...said, incarnation: 1, epoch: 7, stageKey: null, served: null });
    log.flush();
    await writeOut(world);
    const { instances, instancesByVersion, servedCounts } = await shown();
    const one = instances.nodes.find(({ instanceId }) => instanceId === `ofrep:${key.userId}:checkout`);
    expect(one).toMatchObject({ via: 'ofrep', servesVersion: '1.7', application: 'checkout' });
    expect(instancesByVersion.find(({ epoch }) => epoch === 7)).toMatchObject({ byOfrep: 1 });
    expect(servedCounts).toEqual(
      expect.arrayContaining([expect.objectContaining({ source: 'ofrep', requests: 1 })]),
    );
  });

  test('is removed once it is old', async () => {
    const one = reporter();
    await one.beat({}, { epoch: 7 });
    await world.db
      .$executeRaw`UPDATE instance SET seen_at = seen_at - INTERVAL '31 days' WHERE instance_id = ${one.instanceId}`;
    await world.db
      .$executeRaw`UPDATE acknowledgement SET at = at - INTERVAL '8 days' WHERE instance_id = ${one.instanceId}`;
    expect(await world.app.get(PruningService, { strict: false }).prune()).toBe(2);
    expect(await stored(one.instanceId)).toBeNull();
  });
});
