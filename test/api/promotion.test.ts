import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  codes,
  easyPromotions,
  occupantNumbers,
  Promotions,
  type PromotionState,
} from '../support/promotion.builder.js';
import { releasedWorkflow, type CreatedRelease } from '../support/release.builder.js';
import { reviseStage, stagesOf } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let promotions: Promotions;
let first: CreatedRelease;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 120_000);

beforeEach(async () => {
  promotions = await easyPromotions(world, team);
  first = promotions.workflow.release;
}, 60_000);

afterAll(() => world.close());

describe('reviews', () => {
  test('count no more once the promotion names another release, and the field that differs is named', async () => {
    const promotion = await promotions.request({ release: first });
    await promotions.review(promotion);
    const second = await promotions.withModel(first, 0.9);
    const { promotion: moved } = await promotions.retarget(promotion, second);
    expect(moved).toMatchObject({ digest: second.digest, revision: 2, currentApprovals: 0 });
    expect(moved?.reviews).toMatchObject([
      { current: false, staleFields: ['models.main.parameters.temperature'] },
    ]);

    const blocked = await promotions.execute(moved as PromotionState);
    expect(codes(blocked)).toEqual(['APPROVAL_STALE']);
    expect(blocked.userErrors[0]?.message).toContain('models.main.parameters.temperature');
    expect(blocked.readiness?.complete).toBe(false);

    const late = await promotions.review(promotion);
    expect(codes(late)).toEqual(['APPROVAL_STALE']);
    expect(late.userErrors[0]?.message).toContain('models.main.parameters.temperature');
    expect(codes(await promotions.execute(promotion))).toEqual(['APPROVAL_STALE']);

    await promotions.review(moved as PromotionState);
    expect(codes(await promotions.execute(moved as PromotionState))).toEqual([]);
    expect(await occupantNumbers(promotions)).toEqual([2, null, null, null]);
  });

  test('never come from whoever wrote the release, asked for it or pointed the promotion at it', async () => {
    const roles = (['member', 'reviewer'] as const).map((role) => ({ teamId: team.id, role }));
    const [author, requester, retargeter] = [
      await world.person({ teams: roles, organisationRoles: ['administrator'] }),
      await world.person({ teams: roles }),
      await world.person({ teams: roles }),
    ];
    const asAuthor = new Promotions(world, { ...team, member: author }, promotions.workflow);
    const second = await asAuthor.withPrompt(first, 'Another text for {{ticket}}');
    const promotion = await promotions.request({ release: second }, requester);
    expect(await promotions.read(promotion, author)).toMatchObject({ viewerCanReview: false });
    expect(codes(await promotions.review(promotion, author))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(promotion, requester))).toEqual(['SELF_APPROVAL']);
    const third = await promotions.withPrompt(second, 'A third text for {{ticket}}');
    const { promotion: moved } = await promotions.retarget(promotion, third, retargeter);
    expect(codes(await promotions.review(moved as PromotionState, retargeter))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(moved as PromotionState, author))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(moved as PromotionState, team.reviewer))).toEqual([]);
  });

  test('that ask for changes stop a promotion until the same person approves', async () => {
    const promotion = await promotions.request({ release: first });
    const other = await world.person({ teams: [{ teamId: team.id, role: 'reviewer' }] });
    await promotions.review(promotion, team.reviewer, 'request_changes', 'The prompt forgets the limits');
    await promotions.review(promotion, other);
    const blocked = await promotions.execute(promotion);
    expect(blocked).toMatchObject({ moved: false, userErrors: [], readiness: { complete: false } });
    expect((await promotions.read(promotion)).state).toBe('open');
    await promotions.review(promotion);
    expect(await promotions.execute(promotion)).toMatchObject({
      moved: true,
      promotion: { state: 'executed' },
    });
  });
});

describe('one promotion at a time', () => {
  test('is open into a stage; another can be asked for once it is withdrawn', async () => {
    const promotion = await promotions.request({ release: first });
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    expect(codes(await promotions.tryRequest({ release: second }))).toEqual(['PROMOTION_OPEN']);
    expect((await stagesOf(world, promotions.workflow.id, team))['internal']?.openPromotion?.id).toBe(
      promotion.id,
    );
    expect((await promotions.withdraw(promotion)).promotion?.state).toBe('withdrawn');
    expect(codes(await promotions.tryRequest({ release: second }))).toEqual([]);
    expect(codes(await promotions.execute(promotion))).toEqual(['CONFLICT']);
    expect(codes(await promotions.review(promotion))).toEqual(['CONFLICT']);
    expect(codes(await promotions.retarget(promotion, second))).toEqual(['CONFLICT']);
  });

  test('is retargeted by one of two who do it at once', async () => {
    const promotion = await promotions.request({ release: first });
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    const third = await promotions.withPrompt(first, 'Third text for {{ticket}}');
    expect(codes(await promotions.retarget(promotion, second))).toEqual([]);
    expect(codes(await promotions.retarget(promotion, third))).toEqual(['CONFLICT']);
  });

  test('is refused for a release of another workflow', async () => {
    const other = await releasedWorkflow(world, team);
    expect(codes(await promotions.tryRequest({ release: other.release }))).toEqual(['NOT_FOUND']);
    const promotion = await promotions.request({ release: first });
    expect(codes(await promotions.retarget(promotion, other.release))).toEqual(['NOT_FOUND']);
  });
});

test('a stage under review is not widened beneath the reviewers', async () => {
  await promotions.request({ release: first, toStage: 'expanded' });
  const wider = await reviseStage(world, promotions.workflow.id, team, 'expanded', (definition) => ({
    ...definition,
    audience: { ...definition.audience, percentage: 40 },
  }));
  expect(codes(wider)).toEqual(['PROMOTION_OPEN']);
});
