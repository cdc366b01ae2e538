import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  codes,
  easyPromotions,
  occupantNumbers,
  type Promotions,
  type PromotionState,
} from '../support/promotion.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

const hour = 3_600_000;

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

describe('order', () => {
  test('a stage is entered only from the one before, and anew after being displaced', async () => {
    const early = await promotions.request({ release: first, toStage: 'limited' });
    await promotions.review(early);
    const refused = await promotions.execute(early);
    expect(codes(refused)).toEqual(['OUT_OF_ORDER']);
    expect(refused.readiness?.order).toMatchObject({ ok: false, code: 'OUT_OF_ORDER' });
    expect((await promotions.read(early, team.member)).viewerCannotExecuteReason).toMatch(/Internal/);

    await promotions.bring(first);
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    await promotions.bring(second);
    expect(codes(await promotions.execute(early))).toEqual(['OUT_OF_ORDER']);
    await promotions.withdraw(early);
    await promotions.bring(second, 'limited');
    expect(await occupantNumbers(promotions)).toEqual([2, 2, null, null]);
  });

  test('a release that was not made from what is live is behind it and cannot enter', async () => {
    const other = await promotions.withPrompt(first, 'A branch for {{ticket}}');
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    await promotions.bring(first);
    const overtaken = await promotions.request({ release: other });
    await promotions.review(overtaken);
    await promotions.withdraw(overtaken);
    await promotions.bring(second);
    const behind = await promotions.request({ release: other });
    await promotions.review(behind);
    expect(codes(await promotions.execute(behind))).toEqual(['BEHIND_LIVE']);
    const rebased = await promotions.withPrompt(second, 'A branch, rebased, for {{ticket}}');
    const { promotion: moved } = await promotions.retarget(behind, rebased);
    await promotions.review(moved as PromotionState);
    expect(codes(await promotions.execute(moved as PromotionState))).toEqual([]);
    expect(await occupantNumbers(promotions)).toEqual([4, null, null, null]);
  });

  test('a change of prompts replaces its parent stage by stage, on one review and a short soak', async () => {
    await promotions.bring(first);
    await promotions.bring(first, 'limited');
    const model = await promotions.withModel(first, 0.7);
    expect(
      codes(await promotions.tryRequest({ release: model, toStage: 'limited', kind: 'replace' })),
    ).toEqual(['NOT_REPLACEABLE']);
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    const promotion = await promotions.request({ release: second, toStage: 'general', kind: 'replace' });
    const elsewhere = await promotions.retarget(promotion, model);
    expect(elsewhere.userErrors).toMatchObject([{ code: 'NOT_REPLACEABLE', field: ['input', 'releaseId'] }]);
    expect(promotion.moves.map((move) => move.stageKey)).toEqual(['internal', 'limited']);
    await promotions.review(promotion);
    const entered = await promotions.execute(promotion);
    expect(entered.promotion).toMatchObject({ state: 'open' });
    expect(await occupantNumbers(promotions)).toEqual([3, 1, null, null]);
    expect(codes(await promotions.execute(promotion))).toEqual(['SOAK_INCOMPLETE']);
    world.shiftClock(hour + 1000);
    try {
      expect(codes(await promotions.execute(promotion))).toEqual([]);
    } finally {
      world.shiftClock(0);
    }
    expect((await promotions.read(promotion)).state).toBe('executed');
    expect(await occupantNumbers(promotions)).toEqual([3, 3, null, null]);
  });
});
