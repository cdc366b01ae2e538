import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { blocking, codes, easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { addModelVersion } from '../support/model.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { createRelease } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let second: Person;
let promotions: Promotions;
let ci: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  second = await world.person({ name: 'Second', teams: [{ teamId: team.id, role: 'reviewer' }] });
}, 120_000);

beforeEach(async () => {
  promotions = await easyPromotions(world, team);
  // Made by a reviewer, who thereby answers for what it does.
  ci = await makeKey(world, team.reviewer, { teamIds: [team.id] });
}, 60_000);

afterAll(() => world.close());

describe('nobody launders their work through a key', () => {
  test('a prompt version pushed by a key bars who made the key from approving it', async () => {
    const { workflow } = promotions;
    const versionId = await addPromptVersion(world, workflow.prompt.id, ci, 'Pushed by CI: {{ticket}}');
    const release = await createRelease(world, workflow.id, team.member, {
      ...{ promptVersionId: versionId, modelConfigVersionId: workflow.model.versionId },
    });
    const promotion = await promotions.request({ release });
    expect(codes(await promotions.review(promotion))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(promotion, second))).toEqual([]);
    const { release: read } = await world.gql<{ release: { authors: { id: string }[] } }>(
      'query ($id: ID!) { release(id: $id) { authors { id } } }',
      { id: release.id },
      { as: second },
    );
    expect(read.authors.map((author) => author.id)).toEqual(
      expect.arrayContaining([team.reviewer.userId, team.member.userId]),
    );
  });

  test('so does a model version, and the committer that CI states is barred too', async () => {
    const { workflow } = promotions;
    const pushed = { ...ci, committer: second.email };
    const versionId = await addModelVersion(world, workflow.model.id, pushed, { temperature: 0.7 });
    const release = await createRelease(world, workflow.id, team.member, {
      ...{ promptVersionId: workflow.prompt.versionId, modelConfigVersionId: versionId },
    });
    const promotion = await promotions.request({ release });
    expect(codes(await promotions.review(promotion, second))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(promotion))).toEqual(['SELF_APPROVAL']);
  });

  test('a release that a key made bars who answers for it', async () => {
    const { prompt, ...workflow } = promotions.workflow;
    const promptVersionId = await addPromptVersion(world, prompt.id, team.member, 'By hand: {{ticket}}');
    const pushed = { ...ci, committer: second.userId };
    const release = await createRelease(world, workflow.id, pushed, {
      ...{ promptVersionId, modelConfigVersionId: workflow.model.versionId },
      parentReleaseId: workflow.release.id,
    });
    const promotion = await promotions.request({ release });
    expect(codes(await promotions.review(promotion))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(promotion, second))).toEqual(['SELF_APPROVAL']);
  });

  test('a promotion that a key asked for bars who answers for the asking', async () => {
    const promotion = await promotions.request({ release: promotions.workflow.release }, ci);
    expect(codes(await promotions.review(promotion))).toEqual(['SELF_APPROVAL']);
    expect(codes(await promotions.review(promotion, second))).toEqual([]);
  });
});

describe('CI', () => {
  test('asks for a promotion and executes it once its gates are complete, and not before', async () => {
    const promotion = await promotions.request({ release: promotions.workflow.release }, ci);
    const early = await promotions.execute(promotion, { as: ci });
    expect(blocking(early)).toEqual(['RO-5']);
    expect(codes(await promotions.review(promotion, second))).toEqual([]);
    const done = await promotions.execute(promotion, { as: ci });
    expect(done.promotion?.state).toBe('executed');
    const entry = await world.db.ledgerEntry.findFirstOrThrow({
      where: { subjectId: promotion.id, actorId: ci.userId, act: { contains: 'executed' } },
    });
    expect(JSON.parse(entry.canonical)).toMatchObject({
      actor: { kind: 'service', key: ci.userId, responsible: [team.reviewer.userId] },
    });
  });

  test('never approves, whatever the scopes and whoever made its key', async () => {
    const administrator = await world.person({ organisationRoles: ['administrator'] });
    const all = ['ci', 'runtime', 'narrow', 'read'];
    const agent = await makeKey(world, administrator, { kind: 'agent', scopes: all, teamIds: [team.id] });
    const promotion = await promotions.request({ release: promotions.workflow.release });
    const mutation =
      'mutation ($input: PromotionReviewInput!) { promotionReview(input: $input) { promotion { id } } }';
    const input = { promotionId: promotion.id, digest: promotion.digest, verdict: 'approve' };
    const { body } = await world.raw(mutation, { input }, { as: agent });
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('of another environment registers versions, and reaches no promotion', async () => {
    const staging = await makeKey(world, team.reviewer, { environment: 'staging', teamIds: [team.id] });
    await addPromptVersion(world, promotions.workflow.prompt.id, staging, 'From staging: {{ticket}}');
    const { body } = await world.raw(
      'mutation ($input: PromotionRequestInput!) { promotionRequest(input: $input) { promotion { id } } }',
      {
        input: {
          ...{ workflowId: promotions.workflow.id, releaseId: promotions.workflow.release.id },
          ...{ toStage: 'internal', kind: 'climb' },
        },
      },
      { as: staging },
    );
    expect(body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('of one workflow makes its releases, and no prompt version that other workflows could take up', async () => {
    const { workflow } = promotions;
    const narrow = await makeKey(world, team.reviewer, { workflowIds: [workflow.id] });
    const text = 'For this workflow: {{ticket}}';
    const promptVersionId = await addPromptVersion(world, workflow.prompt.id, team.member, text);
    await createRelease(world, workflow.id, narrow, {
      ...{ promptVersionId, modelConfigVersionId: workflow.model.versionId },
    });
    const version = await world.act(
      'promptVersionCreate',
      'promptVersion { id }',
      { promptId: workflow.prompt.id, format: 'text', text: 'Mine: {{ticket}}', commitMessage: 'Mine' },
      narrow,
    );
    expect(codes(version)).toEqual(['FORBIDDEN']);
    const elsewhere = (await easyPromotions(world, team)).workflow;
    const query = 'query ($id: ID!) { workflow(id: $id) { id viewerCanRelease } }';
    expect(await world.gql(query, { id: workflow.id }, { as: narrow })).toEqual({
      workflow: { id: workflow.id, viewerCanRelease: true },
    });
    expect(await world.gql(query, { id: elsewhere.id }, { as: narrow })).toEqual({ workflow: null });
  });

  test('is refused a promotion for which nobody answers any more', async () => {
    const leaver = await world.person({ teams: [{ teamId: team.id, role: 'reviewer' }] });
    const orphan = await makeKey(world, leaver, { teamIds: [team.id] });
    await world.db.user.update({ where: { id: leaver.userId }, data: { disabledAt: new Date() } });
    const asked = await promotions.tryRequest({ release: promotions.workflow.release }, orphan);
    expect(codes(asked)).toEqual(['NOBODY_RESPONSIBLE']);
  });
});
