import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { makeKey } from '../support/key.builder.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter, writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

describe('what instances report', () => {
  let world: World;
  let team: StaffedTeam;
  let workflow: ReleasedWorkflow;
  let one: Reporter;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    workflow = await releasedWorkflow(world, team);
    const key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
    one = new Reporter(world, key, `${team.key}.${workflow.key}`);
  });
  afterAll(() => world.close());

  /** As the owner of the tables. */
  async function asOwner(sql: string): Promise<void> {
    const { url } = world.engine;
    if (url === null) {
      await world.db.$executeRawUnsafe(sql);
      return;
    }
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test('is not lost while it cannot be written: it goes with the next batch, counted once', async () => {
    const counts = [{ stage: null, served: 'failure' as const, requests: 5 }];
    await asOwner('ALTER TABLE served_count RENAME TO served_count_away');
    try {
      expect((await one.beat({}, { epoch: 2, counts })).workflow).toBe(one.workflow);
      await writeOut(world);
      expect(await world.db.instance.count({ where: { instanceId: one.instanceId } })).toBe(0);
    } finally {
      await asOwner('ALTER TABLE served_count_away RENAME TO served_count');
    }
    await one.beat({ sentAt: new Date(Date.now() + 10).toISOString() }, { epoch: 3, counts });
    const where = { workflowId: workflow.id };
    expect(await world.db.servedCount.findMany({ where, select: { requests: true } })).toEqual([
      { requests: 10n },
    ]);
    const acks = await world.db.acknowledgement.findMany({ where, orderBy: { epoch: 'asc' } });
    expect(acks.map(({ epoch }) => epoch)).toEqual([2, 3]);
    // Heard of before it could be written: times are those at which it was heard.
    expect(acks[0]!.at.getTime()).toBeLessThan(acks[1]!.at.getTime());
  });

  test('waits for no act, and holds none up', async () => {
    const act = world.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT id FROM workflow WHERE id = ${workflow.id}::uuid FOR UPDATE`;
        if (world.database.engine === 'postgres') await one.beat({}, { epoch: 4 });
        return true;
      },
      { timeout: 5_000 },
    );
    expect(await act).toBe(true);
  });

  test('is heard although the clock that it was sent by is set back by less than a minute', async () => {
    const { key, workflow: name } = one;
    const { incarnation, epoch } = await world.db.workflow.findUniqueOrThrow({ where: { id: workflow.id } });
    const [ahead, leaving] = ['clock-set-back', 'clock-set-back-and-leaving'].map(
      (id) => new Reporter(world, key, name, id),
    );
    const states = async () => {
      const query = `query ($id: ID!) { workflow(id: $id) { instances(first: 100) { nodes { instanceId state } } } }`;
      type Shown = { workflow: { instances: { nodes: { instanceId: string; state: string }[] } } };
      const { nodes } = (await world.gql<Shown>(query, { id: workflow.id }, { as: team.member })).workflow
        .instances;
      return [ahead, leaving].map(
        (of) => nodes.find(({ instanceId }) => instanceId === of!.instanceId)?.state,
      );
    };
    for (const reporter of [ahead, leaving])
      await reporter!.beat({ sentAt: new Date(Date.now() + 40_000).toISOString() }, { incarnation, epoch });
    expect(await states()).toEqual(['serving', 'serving']);
    // Three intervals go by, in which nothing is heard but what comes now.
    await world.db.$executeRaw`UPDATE instance SET seen_at = seen_at - INTERVAL '31 seconds'
      WHERE workflow_id = ${workflow.id}::uuid`;
    expect(await states()).toEqual(['silent', 'silent']);
    await ahead!.beat({}, { incarnation, epoch });
    await leaving!.beat({ stopping: true }, { incarnation, epoch });
    expect(await states()).toEqual(['serving', 'stopped']);
  });

  test('is written when the server stops in order', async () => {
    await one.send(
      one.body({ sentAt: new Date(Date.now() + 20).toISOString(), stopping: true }, { epoch: 9 }),
    );
    await world.app.close();
    const where = { workflowId_instanceId: { workflowId: workflow.id, instanceId: one.instanceId } };
    expect(await world.db.instance.findUnique({ where })).toMatchObject({ epoch: 9 });
  });
});
