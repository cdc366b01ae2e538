import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AsOf, type LiveNode } from '../support/as-of.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
import { reviseStage } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let auditor: Person;
let asOf: AsOf;
let promotions: Promotions;
let first: CreatedRelease;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
  asOf = new AsOf(world, auditor);
}, 120_000);

beforeEach(async () => {
  promotions = await easyPromotions(world, team);
  first = promotions.workflow.release;
}, 60_000);

afterAll(() => world.close());

const before = (time: string) => new Date(Date.parse(time) - 1);
const after = (time: string) => new Date(Date.parse(time) + 1);
const only = (more: Record<string, unknown> = {}) => ({
  filter: { workflowId: promotions.workflow.id, ...more },
});

/** The first release, then the second in its place; as the intervals that are now kept. */
async function succession(): Promise<{ second: CreatedRelease; intervals: LiveNode[] }> {
  await promotions.bring(first);
  const second = await promotions.withPrompt(first, 'Another text for {{ticket}}');
  await promotions.bring(second);
  const { nodes } = await asOf.between(new Date(0), null, only());
  return { second, intervals: nodes };
}

describe('what a stage served at an instant', () => {
  test('is the release that had entered by then and not yet been followed, to the millisecond', async () => {
    const { second, intervals } = await succession();
    const [one, two] = intervals;
    const at = async (time: Date | string) =>
      (await asOf.stageAt(promotions.workflow.id, 'internal', time))?.release?.id ?? null;
    expect(one?.until).toBe(two?.since);
    expect(await at(before(one!.since))).toBeNull();
    expect(await at(one!.since)).toBe(first.id);
    expect(await at(before(two!.since))).toBe(first.id);
    expect(await at(two!.since)).toBe(second.id);
    expect(await at(after(two!.since))).toBe(second.id);
    expect(await at('1969-07-20T20:17:40.000Z')).toBeNull();
    expect(await asOf.stageAt(promotions.workflow.id, 'limited', two!.since)).toBeNull();
  });

  test('comes with the promotion, the approvals, the readiness and the ledger entry that it stood on', async () => {
    const { second, intervals } = await succession();
    const found = (await asOf.stageAt(promotions.workflow.id, 'internal', intervals[0]!.since))!;
    expect(found).toMatchObject({
      origin: 'promotion',
      adoption: null,
      reviews: [{ verdict: 'approve', digest: first.digest, reviewer: { name: 'Reviewer' } }],
      readiness: { incompleteChecks: 0 },
      entry: { act: 'promotion.executed', actor: { id: team.member.userId } },
      endedBy: { act: 'promotion.executed' },
    });
    // Read from the recorded bytes: they give the digest that was recorded.
    expect(found.readiness?.readiness.digest).toBe(found.readiness?.digest);
    const checks = found.readiness!.readiness.gates.flatMap((gate) => gate.checks);
    expect(checks.find((check) => check.id === 'RO-5')?.evidence).toHaveLength(1);
    const entry = await world.db.ledgerEntry.findFirstOrThrow({ where: { hash: found.entry!.hash } });
    expect(entry).toMatchObject({ chain: promotions.workflow.id, subjectId: found.promotion?.id });
    expect(found.endedBy?.seq).toBeGreaterThan(found.entry!.seq);
    const now = await asOf.stageAt(promotions.workflow.id, 'internal', intervals[1]!.since);
    expect(now).toMatchObject({ until: null, endedBy: null, release: { id: second.id } });
  });

  test('counts no approval that was given of another digest, or after the move', async () => {
    const second = await promotions.withPrompt(first, 'A text that was read and left for {{ticket}}');
    const asked = await promotions.request({ release: second });
    await promotions.review(asked);
    const { promotion } = await promotions.retarget(asked, first);
    const colleague = await world.person({ name: 'Second', teams: [{ teamId: team.id, role: 'reviewer' }] });
    await promotions.review(promotion!, colleague);
    await promotions.execute(promotion!);
    const found = await asOf.asOf(null, only());
    expect(found.nodes[0]?.reviews.map((review) => review.reviewer.name)).toEqual(['Second']);
  });

  test('is shown under the definition that the stage had then', async () => {
    await promotions.bring(first);
    const entered = (await asOf.asOf(null, only())).nodes[0]!;
    await reviseStage(world, promotions.workflow.id, team, 'internal', (definition) => ({
      ...definition,
      audience: { ...definition.audience, percentage: 7 },
    }));
    const revised = (await asOf.asOf(null, only())).nodes[0]!;
    expect(entered.definitions).toHaveLength(1);
    expect(revised.definitions).toMatchObject([
      { until: null, revision: { revision: 3, definition: { audience: { percentage: 7 } } } },
    ]);
    const change = revised.definitions[0]!.since;
    const then = await asOf.stageAt(promotions.workflow.id, 'internal', before(change));
    expect(then?.definitions).toMatchObject([{ until: change, revision: { revision: 2 } }]);
    const all = (await asOf.between(entered.since, null, only())).nodes[0]!;
    expect(all.definitions.map((one) => one.revision.revision)).toEqual([2, 3]);
  });

  test('is known of the past and now; of time to come nothing is said', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const asked = [
      `{ asOf(at: "${tomorrow}") { totalCount } }`,
      `{ stageAt(workflowId: "${promotions.workflow.id}", stageKey: "internal", at: "${tomorrow}") { id } }`,
      `{ liveBetween(from: "2026-01-01T00:00:00Z", to: "${tomorrow}") { totalCount } }`,
      `{ liveBetween(from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { totalCount } }`,
    ];
    for (const query of asked) {
      const { body } = await world.raw(query, {}, { as: auditor });
      expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    }
  });

  test('is answered for an adopted workflow with its adoption', async () => {
    const workflow = (await easyPromotions(world, team)).workflow;
    await world.mustAct(
      'workflowAdopt',
      'adoption { id }',
      { workflowId: workflow.id, releaseId: workflow.release.id, stageKeys: ['internal'], reason: 'Live' },
      team.reviewer,
    );
    const found = await asOf.stageAt(workflow.id, 'internal', (await asOf.asOf(null)).from);
    expect(found).toMatchObject({ origin: 'adoption', promotion: null, readiness: null, reviews: [] });
    expect(found?.adoption).not.toBeNull();
    expect(found?.entry?.act).toBe('workflow.adopted');
  });
});

describe('what was live between two instants', () => {
  test('has everything that was live at some time of it, and nothing that ended as it began', async () => {
    const { intervals } = await succession();
    const [one, two] = intervals;
    const ids = async (from: Date | string, to: Date | string) =>
      (await asOf.between(from, to, only())).nodes.map((node) => node.id);
    expect(await ids(one!.since, two!.since)).toEqual([one!.id]);
    expect(await ids(one!.since, after(two!.since))).toEqual([one!.id, two!.id]);
    expect(await ids(two!.since, after(two!.since))).toEqual([two!.id]);
    expect(await ids(before(one!.since), one!.since)).toEqual([]);
  });

  test('is found by team and by stage too', async () => {
    await promotions.bring(first);
    await promotions.bring(first, 'limited');
    const found = await asOf.between(new Date(0), null, only({ stageKey: 'limited', teamId: team.id }));
    expect(found.nodes.map((node) => node.stageKey)).toEqual(['limited']);
    const other = await staffedTeam(world);
    expect((await asOf.asOf(null, only({ teamId: other.id }))).totalCount).toBe(0);
  });
});

describe('what was live everywhere', () => {
  test('comes page by page, each pointer once, in the order of workflow and stage', async () => {
    await promotions.bring(first);
    await promotions.bring(first, 'limited');
    const all = await asOf.asOf(null);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: typeof all = await asOf.asOf(all.from, { first: 1, after: cursor });
      expect(page.totalCount).toBe(all.totalCount);
      seen.push(...page.nodes.map((node) => node.id));
      cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (cursor !== null);
    expect(seen).toEqual(all.nodes.map((node) => node.id));
    const keys = all.nodes.map((node) => node.workflow.fullKey);
    expect(keys).toEqual(keys.toSorted());
    const foreign = Buffer.from(JSON.stringify(['no key', promotions.workflow.id])).toString('base64url');
    const { body } = await world.raw(`{ asOf(after: "${foreign}") { totalCount } }`, {}, { as: auditor });
    expect(body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  test('costs the same number of statements for one pointer and for many', async () => {
    await succession();
    const cost = async (size: number) =>
      (
        await world.database.statements.during(() =>
          asOf.between(new Date(0), null, { ...only(), first: size }),
        )
      ).length;
    const one = await cost(1);
    expect(await cost(40)).toBeLessThanOrEqual(one);
  });

  test('leaves out what a restricted workflow of others serves, as if there were no such workflow', async () => {
    await promotions.bring(first);
    const { workflow } = promotions;
    await world.db.workflow.update({ where: { id: workflow.id }, data: { restricted: true } });
    const stranger = new AsOf(world, await world.person());
    const unknown = '01890000-0000-7000-8000-000000000000';
    const now = new Date().toISOString();
    expect(await stranger.stageAt(workflow.id, 'internal', now)).toBeNull();
    expect(await stranger.stageAt(unknown, 'internal', now)).toBeNull();
    expect((await stranger.asOf(null, only())).totalCount).toBe(0);
    expect((await stranger.between(new Date(0), null, only())).nodes).toEqual([]);
    expect((await new AsOf(world, team.member).asOf(null, only())).totalCount).toBe(1);
    expect((await asOf.asOf(null, only())).totalCount).toBe(1);
  });
});
