import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Promotions } from '../support/promotion.builder.js';
import { releasedWorkflow } from '../support/release.builder.js';
import { reviseStage, stagesOf, thinStages } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let promotions: Promotions;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 120_000);

beforeEach(async () => {
  promotions = new Promotions(world, team, await releasedWorkflow(world, team));
}, 60_000);

afterAll(() => world.close());

interface Adoption {
  id: string;
  stageKeys: string[];
  debts: { checkId: string; stageKey: string; dueAt: string }[];
  createdAt: string;
}
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map((error) => error.code);
const adopt = (stageKeys: string[], as: Person = team.reviewer) =>
  world.act<{ adoption: Adoption | null }>(
    'workflowAdopt',
    'adoption { id stageKeys debts { checkId stageKey dueAt } createdAt release { id } adoptedBy { name } }',
    {
      ...{ workflowId: promotions.workflow.id, releaseId: promotions.workflow.release.id, stageKeys },
      reason: 'It has answered customers since spring',
    },
    as,
  );

describe('a workflow that was live before', () => {
  test('is recorded as live where it was, ungated, with what is missing owed within thirty days', async () => {
    const { adoption, userErrors } = await adopt(['limited', 'internal']);
    expect(userErrors).toEqual([]);
    expect(adoption?.stageKeys).toEqual(['internal', 'limited']);
    const stages = await stagesOf(world, promotions.workflow.id, team);
    expect(stages['internal']?.occupant).toMatchObject({ origin: 'adoption', release: { number: 1 } });
    expect(stages['expanded']?.occupant).toBeNull();
    const owed = (stageKey: string) => adoption?.debts.filter((debt) => debt.stageKey === stageKey) ?? [];
    expect(owed('internal').map((debt) => debt.checkId)).toContain('EV-2');
    expect(owed('internal').map((debt) => debt.checkId)).not.toContain('RO-5');
    expect(owed('limited').length).toBeGreaterThan(owed('internal').length);
    const days =
      (Date.parse(adoption?.debts[0]?.dueAt ?? '') - Date.parse(adoption?.createdAt ?? '')) / 86_400_000;
    expect(days).toBe(30);
  });

  test('is adopted once, by a reviewer, and only while nothing is live', async () => {
    const refused = await world.raw(
      'mutation ($input: WorkflowAdoptInput!) { workflowAdopt(input: $input) { adoption { id } } }',
      {
        input: {
          ...{ workflowId: promotions.workflow.id, releaseId: promotions.workflow.release.id },
          ...{ stageKeys: ['internal'], reason: 'Live' },
        },
      },
      { as: team.member },
    );
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(codes(await adopt(['nowhere']))).toEqual(['NOT_FOUND']);
    expect(codes(await adopt(['internal']))).toEqual([]);
    expect(codes(await adopt(['internal']))).toEqual(['ALREADY_ADOPTED']);
    const live = new Promotions(world, team, await releasedWorkflow(world, team));
    await thinStages(world, live.workflow.id, team, ['internal']);
    await live.bring(live.workflow.release);
    promotions = live;
    expect(codes(await adopt(['internal']))).toEqual(['ALREADY_LIVE']);
  });

  test('reaches nobody new while it owes, yet can be mended; what mends it settles the debt', async () => {
    await adopt(['internal', 'limited']);
    await thinStages(world, promotions.workflow.id, team, ['limited', 'expanded'], ['WF-1', 'RO-5']);
    const { release } = promotions.workflow;
    const widening = await promotions.request({ release, toStage: 'expanded' });
    await promotions.review(widening);
    const blocked = await promotions.execute(widening);
    expect(codes(blocked)).toEqual(['ADOPTION_DEBT']);
    expect(blocked.userErrors[0]?.message).toContain('EV-2');
    expect(blocked.readiness?.complete).toBe(true);
    await promotions.withdraw(widening);

    await thinStages(world, promotions.workflow.id, team, ['internal'], ['WF-1', 'RO-5']);
    const mended = await promotions.withPrompt(release, 'A better text for {{ticket}}');
    await promotions.bring(mended);
    await promotions.bring(mended, 'limited');
    await promotions.bring(mended, 'expanded');
    const stages = await stagesOf(world, promotions.workflow.id, team);
    expect(stages['expanded']?.occupant).toMatchObject({ release: { id: mended.id }, origin: 'promotion' });
  });

  test('is widened only through the gates of the stage that it was adopted into', async () => {
    await reviseStage(world, promotions.workflow.id, team, 'internal', (definition) => ({
      ...definition,
      audience: { ...definition.audience, percentage: 20 },
    }));
    await adopt(['internal']);
    await reviseStage(world, promotions.workflow.id, team, 'internal', (definition) => ({
      ...definition,
      audience: { ...definition.audience, percentage: 80 },
    }));
    const { release } = promotions.workflow;
    const promotion = await promotions.request({ release, kind: 'widen' });
    await promotions.review(promotion);
    const blocked = await promotions.execute(promotion);
    expect(blocked.readiness?.complete).toBe(false);
    expect(blocked.promotion?.state).toBe('open');
  });
});
