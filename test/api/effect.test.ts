import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EffectService } from '../../apps/api/src/modules/telemetry/effect.service.js';
import { ChangeFeed } from '../../apps/api/src/platform/events/change-feed.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { recordRollback, Reporter } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

type Shown = {
  state: string;
  measuring: boolean;
  expected: number;
  confirmed: number;
  slowestMs: number | null;
  completedAt: string | null;
  silent: number;
  stragglers: { instanceId: string; servesEpoch: number; since: string; silent: boolean }[];
  unhonoured: { instanceId: string; levers: string[] }[];
};

describe('the effect of a rollback', () => {
  let world: World;
  let team: StaffedTeam;
  let workflow: ReleasedWorkflow;
  let key: KeyHolder;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  });
  beforeEach(async () => {
    workflow = await releasedWorkflow(world, team);
  });
  afterAll(() => world.close());

  const reporter = () => new Reporter(world, key, `${team.key}.${workflow.key}`);
  const measure = () => world.app.get(EffectService, { strict: false }).measure([workflow.id]);
  const effectOf = async (rollbackId: string): Promise<Shown> => {
    const query = `query ($id: ID!) { rollback(id: $id) { effect { state measuring expected confirmed slowestMs completedAt silent
      stragglers { instanceId servesEpoch since silent } unhonoured { instanceId levers } } } }`;
    const data = await world.gql<{ rollback: { effect: Shown } }>(
      query,
      { id: rollbackId },
      { as: team.member },
    );
    return data.rollback.effect;
  };

  test('is applied, then confirmed by n of m, and kept with the time it took', async () => {
    const [first, second] = [reporter(), reporter()];
    await first.beat();
    await second.beat();
    const { id, incarnation, epoch } = await recordRollback(world, workflow.id);
    expect(await effectOf(id)).toMatchObject({
      ...{ state: 'applied', measuring: true },
      expected: 2,
      confirmed: 0,
      slowestMs: null,
    });
    await first.beat({}, { incarnation, epoch });
    expect(await effectOf(id)).toMatchObject({ state: 'applied', expected: 2, confirmed: 1 });
    await second.beat({}, { incarnation, epoch });
    const done = await effectOf(id);
    expect(done).toMatchObject({
      state: 'confirmed',
      measuring: false,
      expected: 2,
      confirmed: 2,
      stragglers: [],
    });
    expect(done.slowestMs).toBeGreaterThanOrEqual(20);
    await measure();
    const kept = await world.db.rollbackEffect.findUniqueOrThrow({ where: { rollbackId: id } });
    expect([kept.slowestMs, kept.completedAt?.toISOString()]).toEqual([done.slowestMs, done.completedAt]);
    await world.db.instance.deleteMany({ where: { workflowId: workflow.id } });
    expect(await effectOf(id)).toMatchObject({ state: 'confirmed', expected: 2, slowestMs: done.slowestMs });
  });

  test('names who has not followed, since when, and who has gone silent', async () => {
    const [slow, silent] = [reporter(), reporter()];
    await slow.beat();
    await silent.beat();
    const { id } = await recordRollback(world, workflow.id);
    await world.db.$executeRaw`UPDATE instance SET seen_at = clock_timestamp() - INTERVAL '31 seconds',
      first_seen_at = first_seen_at - INTERVAL '1 minute' WHERE instance_id = ${silent.instanceId}`;
    // Applied while it was still reporting.
    const earlier = await recordRollback(world, workflow.id, { agoMs: 10_000 });
    const { stragglers, silent: count } = await effectOf(earlier.id);
    expect([stragglers.map(({ instanceId, silent: is }) => [instanceId, is]), count]).toEqual([
      [[silent.instanceId, true]],
      1,
    ]);
    expect((await effectOf(id)).stragglers.map(({ instanceId }) => instanceId)).toEqual([slow.instanceId]);
  });

  test('does not count instances against it that start later, or that have stopped', async () => {
    const [early, stopping] = [reporter(), reporter()];
    await early.beat();
    await stopping.beat();
    const { id, incarnation, epoch } = await recordRollback(world, workflow.id);
    await pause(5);
    const late = reporter();
    await late.beat();
    await early.beat({}, { incarnation, epoch });
    await stopping.beat({ stopping: true });
    expect(await effectOf(id)).toMatchObject({ state: 'confirmed', expected: 1, confirmed: 1 });
  });

  test('is no longer measured after an hour, although nobody confirmed it', async () => {
    const { id } = await recordRollback(world, workflow.id, { agoMs: 3_600_000 });
    expect(await effectOf(id)).toMatchObject({ state: 'applied', measuring: false });
  });

  test('is not confirmed by a version that this registry never made', async () => {
    const one = reporter();
    await one.beat();
    const { id, incarnation } = await recordRollback(world, workflow.id);
    await one.beat({}, { incarnation, epoch: 999 });
    expect(await effectOf(id)).toMatchObject({ state: 'applied', confirmed: 0 });
  });

  test('is confirmed by an instance that skipped its version for a later one', async () => {
    const one = reporter();
    await one.beat();
    const first = await recordRollback(world, workflow.id);
    const second = await recordRollback(world, workflow.id, { levers: ['fallback'] });
    await one.beat({}, { incarnation: second.incarnation, epoch: second.epoch });
    expect([(await effectOf(first.id)).state, (await effectOf(second.id)).state]).toEqual([
      'confirmed',
      'confirmed',
    ]);
  });

  test('says which lever an instance does not honour', async () => {
    const one = reporter();
    one.levers = ['disable'];
    await one.beat();
    const { id, incarnation, epoch } = await recordRollback(world, workflow.id, { levers: ['disableTool'] });
    await one.beat({}, { incarnation, epoch });
    expect(await effectOf(id)).toMatchObject({
      ...{ state: 'applied', confirmed: 0 },
      unhonoured: [{ instanceId: one.instanceId, levers: ['disableTool'] }],
    });
  });

  test('reaches screens as it comes, at most four times a second', async () => {
    const heard: string[] = [];
    const stream = world.app
      .get(ChangeFeed, { strict: false })
      .stream(({ workflowId, topic }) => workflowId === workflow.id && topic === 'instances.changed');
    void (async () => {
      for await (const { topic } of stream) heard.push(topic);
    })();
    for (let version = 1; version <= 20; version += 1) {
      await reporter().beat({}, { epoch: 0 });
      await pause(25);
    }
    await pause(600);
    await stream.return?.();
    expect(heard.length).toBeGreaterThanOrEqual(1);
    expect(heard.length).toBeLessThanOrEqual(7);
  });
});
