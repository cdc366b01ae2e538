import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine } from '../support/engine.js';
import { postgresAvailable } from '../support/postgres.js';
import { Promotions, type Executed } from '../support/promotion.builder.js';
import { releasedWorkflow } from '../support/release.builder.js';
import { thinStages } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

/** The embedded database runs one statement at a time; only a server can show what a race does. */
const onServer = postgresAvailable() ? describe : describe.skip;

onServer('fifty who press the button at the same moment', () => {
  let world: World;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld({}, [], await createEngine('postgres'));
    team = await staffedTeam(world);
  }, 180_000);

  afterAll(() => world.close());

  async function approved() {
    const workflow = await releasedWorkflow(world, team);
    await thinStages(world, workflow.id, team, ['internal']);
    const promotions = new Promotions(world, team, workflow);
    const promotion = await promotions.request({ release: workflow.release });
    await promotions.review(promotion);
    return { promotions, promotion, workflowId: workflow.id };
  }
  const fifty = (press: () => Promise<Executed>) => Promise.all(Array.from({ length: 50 }, press));
  const traces = async (workflowId: string) => ({
    entries: await world.db.ledgerEntry.count({ where: { chain: workflowId, act: 'promotion.executed' } }),
    pointers: await world.db.occupancy.count({ where: { workflowId } }),
    records: await world.db.readinessRecord.count({ where: { workflowId } }),
  });

  test('move the pointer once; forty-nine are told that it was done', async () => {
    const { promotions, promotion, workflowId } = await approved();
    const answers = await fifty(() => promotions.execute(promotion));
    const codes = answers.map(({ userErrors }) => userErrors.map((error) => error.code).join());
    expect(codes.filter((code) => code === '')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(49);
    expect(await traces(workflowId)).toEqual({ entries: 1, pointers: 1, records: 1 });
  }, 120_000);

  test('with the same key all get the same answer, and it happened once', async () => {
    const { promotions, promotion, workflowId } = await approved();
    const answers = await fifty(() => promotions.execute(promotion, { idempotencyKey: 'fifty-presses' }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({
      userErrors: [],
      readiness: { complete: true },
      promotion: { state: 'executed' },
    });
    expect(await traces(workflowId)).toEqual({ entries: 1, pointers: 1, records: 1 });
  }, 120_000);

  test('for different releases, one is open into the stage', async () => {
    const { promotions, promotion, workflowId } = await approved();
    await promotions.withdraw(promotion);
    const release = promotions.workflow.release;
    const answers = await Promise.all(Array.from({ length: 20 }, () => promotions.tryRequest({ release })));
    const codes = answers.map(({ userErrors }) => userErrors.map((error) => error.code).join());
    expect(codes.filter((code) => code === '')).toHaveLength(1);
    expect(codes.filter((code) => code === 'PROMOTION_OPEN')).toHaveLength(19);
    expect(await world.db.promotionMove.count({ where: { workflowId, state: 'open' } })).toBe(1);
  }, 120_000);
});
