import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { codes, easyPromotions, type Promotions, type PromotionState } from '../support/promotion.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
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

describe('a move', () => {
  test('leaves the pointer, the record it stands on, one ledger entry and the next version behind', async () => {
    const before = await world.db.ledgerEntry.count({ where: { chain: promotions.workflow.id } });
    const promotion = await promotions.request({ release: first });
    await promotions.review(promotion);
    const statements = await world.database.statements.during(async () => {
      await promotions.execute(promotion);
    });
    expect(await promotions.read(promotion)).toMatchObject({
      ...{
        state: 'executed',
        requiredApprovals: 1,
        currentApprovals: 1,
        baseline: null,
        viewerCanReview: false,
      },
      viewerCannotExecuteReason: 'It is executed',
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
    const entry = JSON.parse(executed[0]?.canonical ?? '') as { readiness: string };
    expect(entry.readiness).toBe(record.digest);
    expect(epoch).toBeGreaterThan(0);
    const writing = statements.findIndex((sql) => sql.includes('FOR UPDATE OF w'));
    const inside = statements.slice(writing, statements.findIndex((sql) => sql.includes('outbox_event')) + 1);
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
    const counted = async (size: number) =>
      (await world.database.statements.during(() => world.gql(query, { first: size }, { as: team.reviewer })))
        .length;
    // What is asked for at the same time goes into one statement, unless the machine was busy between.
    const cost = async (size: number) =>
      Math.min(await counted(size), await counted(size), await counted(size), await counted(size));
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
