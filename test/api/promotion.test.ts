import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Promotions, type PromotionState } from '../support/promotion.builder.js';
import { releasedWorkflow, type CreatedRelease } from '../support/release.builder.js';
import { reviseStage, stagesOf, thinStages } from '../support/stage.builder.js';
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

/** Each test has a workflow of its own, whose stages ask little: that the contract stands, and the review. */
beforeEach(async () => {
  const workflow = await releasedWorkflow(world, team);
  await thinStages(world, workflow.id, team);
  promotions = new Promotions(world, team, workflow);
  first = workflow.release;
}, 60_000);

afterAll(() => world.close());

const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map((error) => error.code);
const occupants = async () => {
  const stages = await stagesOf(world, promotions.workflow.id, team);
  return ['internal', 'limited', 'expanded', 'general'].map(
    (key) => stages[key]?.occupant?.release.number ?? null,
  );
};

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
    expect(await occupants()).toEqual([2, null, null, null]);
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
    expect(blocked.readiness?.complete).toBe(false);
    expect((await promotions.read(promotion)).state).toBe('open');
    await promotions.review(promotion);
    expect((await promotions.execute(promotion)).promotion?.state).toBe('executed');
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
    expect(await occupants()).toEqual([2, 2, null, null]);
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
    expect(await occupants()).toEqual([4, null, null, null]);
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
    expect(promotion.moves.map((move) => move.stageKey)).toEqual(['internal', 'limited']);
    await promotions.review(promotion);
    const entered = await promotions.execute(promotion);
    expect(entered.promotion).toMatchObject({ state: 'open' });
    expect(await occupants()).toEqual([3, 1, null, null]);
    expect(codes(await promotions.execute(promotion))).toEqual(['SOAK_INCOMPLETE']);
    world.shiftClock(hour + 1000);
    try {
      expect(codes(await promotions.execute(promotion))).toEqual([]);
    } finally {
      world.shiftClock(0);
    }
    expect((await promotions.read(promotion)).state).toBe('executed');
    expect(await occupants()).toEqual([3, 3, null, null]);
  });
});

describe('a move', () => {
  test('leaves the pointer, the record it stands on, one ledger entry and the next version behind', async () => {
    const before = await world.db.ledgerEntry.count({ where: { chain: promotions.workflow.id } });
    const promotion = await promotions.request({ release: first });
    await promotions.review(promotion);
    const statements = await world.database.statements.during(async () => {
      await promotions.execute(promotion);
    });
    const executed = await world.db.ledgerEntry.findMany({
      where: { chain: promotions.workflow.id, act: 'promotion.executed' },
    });
    expect(executed).toHaveLength(1);
    expect(await world.db.ledgerEntry.count({ where: { chain: promotions.workflow.id } })).toBe(before + 3);
    const move = await world.db.promotionMove.findFirstOrThrow({ where: { promotionId: promotion.id } });
    const record = await world.db.readinessRecord.findUniqueOrThrow({
      where: { id: move.readinessRecordId ?? '' },
    });
    expect(record).toMatchObject({ incompleteChecks: 0, releaseId: first.id, stageKey: 'internal' });
    const occupancy = await world.db.occupancy.findFirstOrThrow({ where: { promotionId: promotion.id } });
    expect(occupancy).toMatchObject({
      ledgerEntryId: executed[0]?.id,
      readinessRecordId: record.id,
      to: null,
    });
    const { epoch } = await world.db.workflow.findUniqueOrThrow({ where: { id: promotions.workflow.id } });
    const entry = JSON.parse(executed[0]?.canonical ?? '') as { data: { readinessDigest: string } };
    expect(entry.data.readinessDigest).toBe(record.digest);
    expect(epoch).toBeGreaterThan(0);
    const writing = statements.findIndex((sql) => /FOR UPDATE OF w/.test(sql));
    const inside = statements.slice(writing, statements.findIndex((sql) => /outbox_event/.test(sql)) + 1);
    expect(inside.length + 2).toBeLessThanOrEqual(12);
  });

  test('that was made is given back to whoever repeats the request with the same key', async () => {
    const promotion = await promotions.request({ release: first });
    await promotions.review(promotion);
    const idempotencyKey = 'press-once-please';
    const one = await promotions.execute(promotion, { idempotencyKey });
    const two = await promotions.execute(promotion, { idempotencyKey });
    expect(one.userErrors).toEqual([]);
    expect(two.userErrors).toEqual([]);
    expect(two.readiness).toEqual(one.readiness);
    expect(one.readiness?.complete).toBe(true);
    expect(codes(await promotions.execute(promotion))).toEqual(['CONFLICT']);
  });

  test('that is blocked leaves nothing behind', async () => {
    const promotion = await promotions.request({ release: first });
    const count = async () => [
      await world.db.ledgerEntry.count(),
      await world.db.readinessRecord.count(),
      await world.db.idempotencyRecord.count(),
      await world.db.outboxEvent.count(),
    ];
    const before = await count();
    const blocked = await promotions.execute(promotion, { idempotencyKey: 'blocked-at-first' });
    expect(blocked).toMatchObject({
      userErrors: [],
      readiness: { complete: false },
      promotion: { state: 'open' },
    });
    expect(await count()).toEqual(before);
    await promotions.review(promotion);
    const done = await promotions.execute(promotion, { idempotencyKey: 'blocked-at-first' });
    expect(done.promotion?.state).toBe('executed');
  });
});

describe('the list of promotions', () => {
  interface List {
    promotions: { totalCount: number; nodes: { id: string }[] };
  }
  const list = (filter: Record<string, unknown>, as = team.reviewer) =>
    world.gql<List>(
      'query ($filter: PromotionFilter) { promotions(filter: $filter) { totalCount nodes { id } } }',
      { filter },
      { as },
    );

  test('shows what waits for the viewer, until they have said something', async () => {
    const promotion = await promotions.request({ release: first });
    const mine = { waitingForMe: true, workflowId: promotions.workflow.id };
    expect((await list(mine)).promotions.nodes).toEqual([{ id: promotion.id }]);
    expect((await list(mine, team.member)).promotions.totalCount).toBe(0);
    await promotions.review(promotion);
    expect((await list(mine)).promotions.totalCount).toBe(0);
    expect((await list({ state: 'open', workflowId: promotions.workflow.id })).promotions.totalCount).toBe(1);
    expect(
      (await list({ state: 'withdrawn', workflowId: promotions.workflow.id })).promotions.totalCount,
    ).toBe(0);
  });

  test('costs the same number of statements for one promotion and for several', async () => {
    const query = `query ($first: Int!) { promotions(first: $first) { totalCount nodes {
      id kind state requestedBy { name } workflow { name } release { number } baseline { number } diff { changedComponents }
      reviews { reviewer { name } staleFields release { number } } moves { stageKey executedBy { name } } nextMove { stageKey }
      requiredApprovals currentApprovals missingRoles viewerCanReview viewerCanExecute viewerCanRetarget evalComparison { metric }
      readiness { complete } } } }`;
    // The newest has everything a promotion can have: a baseline, a stale review, a current one, a move made.
    await promotions.bring(first);
    await promotions.bring(first, 'limited');
    const second = await promotions.withPrompt(first, 'Second text for {{ticket}}');
    const third = await promotions.withPrompt(first, 'Third text for {{ticket}}');
    const asked = await promotions.request({ release: second, toStage: 'limited', kind: 'replace' });
    await promotions.review(asked);
    const { promotion } = await promotions.retarget(asked, third);
    await promotions.review(promotion as PromotionState);
    await promotions.execute(promotion as PromotionState);
    const cost = async (size: number) =>
      (await world.database.statements.during(() => world.gql(query, { first: size }, { as: team.reviewer })))
        .length;
    await cost(1);
    const one = await cost(1);
    expect(await cost(50)).toBeLessThanOrEqual(one);
  });

  test('leaves out what belongs to a restricted workflow of others', async () => {
    const promotion = await promotions.request({ release: first });
    await world.db.workflow.update({ where: { id: promotions.workflow.id }, data: { restricted: true } });
    const stranger = await world.person();
    const found = await list({ workflowId: promotions.workflow.id }, stranger);
    expect(found.promotions.totalCount).toBe(0);
    expect(await promotions.read(promotion, stranger)).toBeNull();
    expect(await promotions.read(promotion, team.reviewer)).not.toBeNull();
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
