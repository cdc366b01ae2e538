import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Promotions } from '../support/promotion.builder.js';
import { releasedWorkflow } from '../support/release.builder.js';
import { reviseStage, stagesOf, thinStages, type Change } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let promotions: Promotions;
let workflowId: string;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 120_000);

beforeEach(async () => {
  const workflow = await releasedWorkflow(world, team);
  promotions = new Promotions(world, team, workflow);
  workflowId = workflow.id;
}, 60_000);

afterAll(() => world.close());

const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map((error) => error.code);
const stage = async (key: string) => (await stagesOf(world, workflowId, team))[key]!;
const revise = (key: string, change: Change, as = team) => reviseStage(world, workflowId, as, key, change);
const approve = (stageRevisionId: string, as = team.reviewer) =>
  world.act('stageRevisionApprove', 'stageRevision { id revision }', { stageRevisionId }, as);
const version = async () => {
  const { incarnation, epoch } = await world.db.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  return [incarnation, epoch];
};

const percentage =
  (share: number): Change =>
  (definition) => ({ ...definition, audience: { ...definition.audience, percentage: share } });
const without =
  (...removed: string[]): Change =>
  (definition) => ({ ...definition, checks: { added: [], removed } });

describe('a new workflow', () => {
  test('starts with four empty stages, each wider than the one before', async () => {
    const stages = await stagesOf(world, workflowId, team);
    expect(Object.keys(stages)).toEqual(['internal', 'limited', 'expanded', 'general']);
    for (const one of Object.values(stages)) {
      expect(one).toMatchObject({
        occupant: null,
        baseline: null,
        pending: [],
        current: { revision: 1, effect: 'initial' },
      });
    }
  });
});

describe('revising a stage', () => {
  test('to be narrower holds at once, even while it is occupied, and asks nobody', async () => {
    await thinStages(world, workflowId, team, ['internal']);
    await promotions.bring(promotions.workflow.release);
    const before = await version();
    const { stageRevision } = await revise('internal', percentage(50));
    expect(stageRevision).toMatchObject({ effect: 'narrows', revision: 3 });
    expect((await stage('internal')).current.revision).toBe(3);
    expect(await version()).toEqual([before[0], (before[1] ?? 0) + 1]);
  });

  test('to be wider while it is empty holds at once', async () => {
    const { stageRevision } = await revise('expanded', percentage(40));
    expect(stageRevision).toMatchObject({ effect: 'widens' });
    expect((await stage('expanded')).current.definition.audience.percentage).toBe(40);
  });

  test('to be wider while it is occupied waits for a promotion of its occupant through its gates', async () => {
    await revise('internal', percentage(20));
    await thinStages(world, workflowId, team, ['internal']);
    await promotions.bring(promotions.workflow.release);
    const { release } = promotions.workflow;
    const { stageRevision } = await revise('internal', percentage(60));
    expect(stageRevision).toMatchObject({ effect: 'widens' });
    const waiting = await stage('internal');
    expect(waiting.current.definition.audience.percentage).toBe(20);
    expect(waiting.pending.map((one) => one.id)).toEqual([stageRevision?.id]);

    const other = await promotions.withPrompt(release, 'Another text for {{ticket}}');
    expect(codes(await promotions.tryRequest({ release: other, kind: 'widen' }))).toEqual(['NOT_OCCUPANT']);
    const promotion = await promotions.request({ release, kind: 'widen' });
    const blocked = await promotions.execute(promotion);
    expect(blocked.readiness?.complete).toBe(false);
    await promotions.review(promotion);
    expect(codes(await promotions.execute(promotion))).toEqual([]);
    const widened = await stage('internal');
    expect(widened.current.definition.audience.percentage).toBe(60);
    expect(widened.pending).toEqual([]);
    expect(widened.occupant?.release.id).toBe(release.id);
    expect(codes(await promotions.tryRequest({ release, kind: 'widen' }))).toEqual(['NOTHING_TO_WIDEN']);
    const history = await world.db.occupancy.findMany({ where: { workflowId }, orderBy: { from: 'asc' } });
    expect(history.map((one) => one.to === null)).toEqual([false, true]);
    expect(history[0]?.to).toEqual(history[1]?.from);
  });

  test('to be narrower is not undone by a widening that was written before', async () => {
    await thinStages(world, workflowId, team, ['internal']);
    await revise('internal', percentage(50));
    const { release } = promotions.workflow;
    await promotions.bring(release);
    await revise('internal', percentage(80));
    const promotion = await promotions.request({ release, kind: 'widen' });
    await promotions.review(promotion);
    await revise('internal', percentage(10));
    expect(codes(await promotions.execute(promotion))).toEqual(['NOTHING_TO_WIDEN']);
    expect((await stage('internal')).current.definition.audience.percentage).toBe(10);
  });

  test('to ask less waits for a second person, and the ledger shows what was taken away', async () => {
    const both = (['member', 'reviewer'] as const).map((role) => ({ teamId: team.id, role }));
    const author = await world.person({ teams: both });
    const { stageRevision } = await revise('internal', without('EV-2'), { ...team, member: author });
    expect(stageRevision).toMatchObject({ effect: 'thins' });
    const waiting = await stage('internal');
    expect(waiting.current.definition.checks.removed).toEqual([]);
    expect(waiting.pending).toMatchObject([{ id: stageRevision?.id, viewerCanApprove: true }]);
    expect(codes(await approve(stageRevision!.id, author))).toEqual(['SELF_APPROVAL']);
    expect(codes(await approve(stageRevision!.id))).toEqual([]);
    expect((await stage('internal')).current.definition.checks.removed).toEqual(['EV-2']);
    expect(codes(await approve(stageRevision!.id))).toEqual(['CONFLICT']);
    const entry = await world.db.ledgerEntry.findFirstOrThrow({
      where: { chain: workflowId, act: 'stage.revised' },
    });
    expect(entry.canonical).toContain('checks.removed.EV-2');
  });

  test('to ask less and reach more needs the second person first, then the promotion', async () => {
    await revise('internal', percentage(20));
    await thinStages(world, workflowId, team, ['internal'], ['WF-1', 'WF-3', 'RO-5']);
    const { release } = promotions.workflow;
    await promotions.bring(release);
    const { stageRevision } = await revise('internal', (definition) => ({
      ...percentage(60)(definition),
      checks: { added: [], removed: [...definition.checks.removed, 'WF-3'] },
    }));
    expect(stageRevision).toMatchObject({ effect: 'mixed' });
    expect(codes(await promotions.tryRequest({ release, kind: 'widen' }))).toEqual([
      'SECOND_PERSON_REQUIRED',
    ]);
    expect(codes(await approve(stageRevision!.id))).toEqual([]);
    expect((await stage('internal')).current.definition.audience.percentage).toBe(20);
    await promotions.bring(release, 'internal', 'widen');
    expect((await stage('internal')).current.definition.audience.percentage).toBe(60);
  });

  test('is refused where nothing would be asked, where a check is unknown, and where nothing changes', async () => {
    const every = (await stage('internal')).current.definition;
    expect(codes(await revise('internal', (definition) => definition))).toEqual(['NOTHING_CHANGED']);
    const { checklist } = await world.gql<{ checklist: { checks: { id: string }[] } }>(
      '{ checklist { checks { id } } }',
      {},
      { as: team.member },
    );
    const all = checklist.checks.map((check) => check.id);
    expect(codes(await revise('internal', without(...all)))).toContain('STAGE_WITHOUT_CHECKS');
    const unknown = await revise('internal', without('ZZ-1'));
    expect(unknown.userErrors).toMatchObject([
      { code: 'UNKNOWN_CHECK', field: ['input', 'definition', 'checks', 'removed', '0'] },
    ]);
    expect((await stage('internal')).current.definition).toEqual(every);
  });

  test('from a definition that holds no more is a conflict, and a wrong definition names its field', async () => {
    const { current } = await stage('internal');
    await revise('internal', percentage(50));
    const input = {
      workflowId,
      stageKey: 'internal',
      reason: 'Late',
      definition: percentage(40)(current.definition),
    };
    const late = await world.act(
      'stageRevise',
      'stageRevision { id }',
      { ...input, expectedRevision: 1 },
      team.member,
    );
    expect(codes(late)).toEqual(['CONFLICT']);
    const wrong = await revise('internal', (definition) => ({ ...definition, maxExposurePercent: 400 }));
    expect(wrong.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'definition', 'maxExposurePercent'] },
    ]);
  });
});

test('the history of many stages costs no more statements than that of one', async () => {
  await thinStages(world, workflowId, team, ['internal', 'limited']);
  await promotions.bring(promotions.workflow.release);
  await promotions.bring(promotions.workflow.release, 'limited');
  const query = `query ($first: Int!) { workflows(first: $first) { nodes { stages { key baseline { number }
    current { name createdBy { name } } openPromotion { id } occupant { release { number } promotion { id } }
    history(first: 5) { totalCount nodes { from to release { number } stageRevision { revision } } } } } } }`;
  const cost = async (first: number) =>
    (await world.database.statements.during(() => world.gql(query, { first }, { as: team.reviewer }))).length;
  const all = await cost(50);
  expect(await cost(2)).toBeLessThanOrEqual(all);
  expect(all).toBeLessThanOrEqual(20);
});
