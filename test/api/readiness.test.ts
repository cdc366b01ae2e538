import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatedWorkflow } from '../support/gated.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { createRelease } from '../support/release.builder.js';
import { lowTierCore, publishContract } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const hours = (count: number) => count * 3_600_000;
/** Answers that a low-tier workflow gives to enter limited, with evidence that each check takes. */
const asked = [
  'AR-1',
  'OUT-2',
  'OUT-3',
  'OB-1',
  'OB-2',
  'OB-3',
  'OB-5',
  'SF-1',
  'SF-2',
  'SF-4',
  'SF-5',
  'RO-2',
  'RO-3',
  'RO-4',
  'OW-3',
  'OW-5',
];

describe('the readiness of a release', () => {
  test('at a past instant is the same, byte for byte, whatever has happened since', async () => {
    const flow = await GatedWorkflow.create(world);
    const { first } = flow;
    const seen: {
      releaseId: string;
      stage: string;
      readiness: Awaited<ReturnType<typeof flow.readiness>>;
    }[] = [];
    const look = async (releaseId: string, stage = 'internal') => {
      seen.push({ releaseId, stage, readiness: await flow.readiness(releaseId, stage) });
    };
    await look(first.id);
    await flow.measure(first.id);
    await look(first.id);
    const promotion = await flow.request(first.id, 'internal');
    await look(first.id);
    await flow.approve(promotion.id, first.digest);
    await look(first.id);
    const second = await flow.reworded(first.id);
    await look(second.id);
    await world.mustAct(
      ...([
        'promotionRetarget',
        'promotion { id }',
        { promotionId: promotion.id, expectedRevision: promotion.revision, releaseId: second.id },
        flow.lead,
      ] as const),
    );
    await look(first.id);
    await look(second.id);
    await flow.measure(second.id);
    await flow.approve(promotion.id, second.digest);
    await look(second.id);
    const { readiness: stood } = await flow.execute(promotion.id, second.digest);
    expect(stood?.complete).toBe(true);
    if (stood) seen.push({ releaseId: second.id, stage: 'internal', readiness: stood });
    await look(second.id);
    await look(second.id, 'limited');
    await flow.answer('AR-1', { releaseId: second.id });
    await look(second.id, 'limited');
    await flow.suiteVersion(1, 'Reads differently');
    await look(second.id, 'limited');
    await world.mustAct(
      ...([
        'workflowTierRaise',
        'workflow { id }',
        { workflowId: flow.id, tier: 'medium', reason: 'More people read it' },
        flow.team.member,
      ] as const),
    );
    await look(second.id, 'limited');
    expect(new Set(seen.map(({ readiness }) => readiness.digest)).size).toBe(seen.length);
    for (const { releaseId, stage, readiness } of seen) {
      expect((await flow.readiness(releaseId, stage, readiness.evaluatedAt)).canonical).toBe(
        readiness.canonical,
      );
    }
  });

  test('is asked of no instant that is still to come, and of no stage or release that is not there', async () => {
    const flow = await GatedWorkflow.create(world);
    const ask = (variables: object) =>
      world.raw(
        'query ($r: ID!, $s: String!, $at: DateTime) { readiness(releaseId: $r, stage: $s, evaluatedAt: $at) { complete } }',
        { r: flow.first.id, s: 'internal', at: null, ...variables },
        { as: flow.lead },
      );
    const code = async (variables: object) => (await ask(variables)).body.errors?.[0]?.extensions?.['code'];
    expect(await code({ at: new Date(Date.now() + hours(1)).toISOString() })).toBe('INVALID_INPUT');
    expect(await code({ s: 'moon' })).toBe('NOT_FOUND');
    expect(await code({ r: 'nothing' })).toBe('NOT_FOUND');
    expect(await code({})).toBeUndefined();
  });

  test('goes stale with the parts that changed, and with no other', async () => {
    const flow = await GatedWorkflow.create(world);
    for (const id of ['AR-1', 'OUT-2', 'SF-1']) expect((await flow.answer(id)).userErrors).toEqual([]);
    await publishContract(world, flow.id, flow.team.member, {
      core: { ...lowTierCore, userJob: 'Something narrower' },
    });
    const { prompt, model } = flow.released;
    const parts = {
      promptVersionId: prompt.versionId,
      modelConfigVersionId: model.versionId,
      parentReleaseId: flow.first.id,
    };
    const next = await createRelease(world, flow.id, flow.team.member, parts);
    const reason = async (id: string) => (await flow.check(id, next.id, 'limited')).reason;
    expect(await reason('AR-1')).toContain('since then core changed');
    expect(await reason('SF-1')).toContain('since then core changed');
    expect(await reason('OUT-2')).not.toContain('changed');
    const before = await flow.check('AR-1', flow.first.id, 'limited');
    expect(before.status).toBe('pass');
  });

  test('of a list of workflows takes the same statements for one and for many', async () => {
    const flows = [
      await GatedWorkflow.create(world),
      await GatedWorkflow.create(world),
      await GatedWorkflow.create(world),
    ];
    const ask = (first: number) =>
      world.database.statements.during(() =>
        world.gql(
          'query ($first: Int!) { workflows(first: $first) { nodes { id nextStage { key } nextReadiness { complete digest gates { area checks { id status } } } } } }',
          { first },
          { as: flows[0]?.lead ?? null },
        ),
      );
    await ask(1);
    expect(await ask(50)).toHaveLength((await ask(1)).length);
  });

  test('is shown for the stage that the latest release would enter next', async () => {
    const flow = await GatedWorkflow.create(world);
    const next = async () =>
      (
        await world.gql<{ workflow: { nextStage: { key: string } | null } }>(
          'query ($id: ID!) { workflow(id: $id) { nextStage { key } nextReadiness { stageKey } } }',
          { id: flow.id },
          { as: flow.lead },
        )
      ).workflow.nextStage?.key;
    expect(await next()).toBe('internal');
    await flow.promote(flow.first, 'internal');
    expect(await next()).toBe('limited');
    await flow.reworded(flow.first.id);
    expect(await next()).toBe('internal');
  });
});

describe('order', () => {
  test('a release enters a stage from the one before, and not behind what overtook it', async () => {
    const flow = await GatedWorkflow.create(world);
    const order = async (releaseId: string, stage: string) =>
      (await flow.readiness(releaseId, stage)).order.code;
    expect(await order(flow.first.id, 'internal')).toBeNull();
    expect(await order(flow.first.id, 'limited')).toBe('OUT_OF_ORDER');
    await flow.promote(flow.first, 'internal');
    expect(await order(flow.first.id, 'internal')).toBe('ALREADY_LIVE');
    expect(await order(flow.first.id, 'limited')).toBeNull();
    const { prompt, model } = flow.released;
    const text = 'Another branch: {{ticket}}';
    const promptVersionId = await addPromptVersion(world, prompt.id, flow.team.member, text);
    const stranger = await createRelease(world, flow.id, flow.team.member, {
      promptVersionId,
      modelConfigVersionId: model.versionId,
    });
    expect(await order(stranger.id, 'internal')).toBe('BEHIND_LIVE');
    expect(await order((await flow.reworded(flow.first.id)).id, 'internal')).toBeNull();
  });
});

describe('on the way to limited', () => {
  test('a low-tier workflow is held by what nobody answered, by time, and by nothing once both are there', async () => {
    const flow = await GatedWorkflow.create(world, {
      budgets: { p95LatencyMs: 2000, costPerRequestUsd: 0.01, minSamples: 10 },
    });
    const security = await world.person({ name: 'Security', organisationRoles: ['security_reviewer'] });
    await flow.promote(flow.first, 'internal');
    world.shiftClock(hours(25));
    const open = async (releaseId: string) =>
      (await flow.readiness(releaseId, 'limited')).gates
        .flatMap((gate) => gate.checks)
        .filter((check) => check.requiredHere && !['pass', 'not_applicable', 'waived'].includes(check.status))
        .map((check) => check.id);
    expect(await open(flow.first.id)).toEqual(
      expect.arrayContaining([...asked, 'RO-5', 'AR-3', 'OB-4', 'EV-4', 'OW-2']),
    );
    for (const id of asked) expect([id, (await flow.answer(id)).userErrors]).toEqual([id, []]);
    for (const id of ['AR-3', 'OB-4']) expect((await flow.answer(id, {}, security)).userErrors).toEqual([]);
    expect(await open(flow.first.id)).toEqual(['EV-4', 'RO-5', 'OW-2']);

    // What a climb made of itself, a replacement inherits: the answers about traffic stand, and say so.
    const second = await flow.reworded(flow.first.id);
    await flow.measure(second.id);
    expect((await flow.check('OB-1', second.id, 'limited')).status).toBe('stale');
    world.shiftClock(0);
  });

  test('a replacement inherits the soak of its parent, and shows it', async () => {
    const flow = await GatedWorkflow.create(world);
    await flow.promote(flow.first, 'internal');
    expect((await flow.answer('OB-1')).userErrors).toEqual([]);
    const second = await flow.reworded(flow.first.id);
    await flow.measure(second.id);
    const climbing = await flow.check('OB-1', second.id, 'internal');
    await flow.request(second.id, 'internal', 'replace');
    const replacing = await flow.check('OB-1', second.id, 'internal');
    expect([climbing.status, climbing.inherited]).toEqual(['stale', false]);
    expect([replacing.status, replacing.inherited]).toEqual(['pass', true]);
  });
});
