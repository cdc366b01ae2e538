import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addModelVersion } from '../support/model.builder.js';
import { codes, easyPromotions } from '../support/promotion.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { createRelease } from '../support/release.builder.js';
import { rollbacksOf } from '../support/rollback.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let writer: Person;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  const roles = (['member', 'reviewer'] as const).map((role) => ({ teamId: team.id, role }));
  writer = await world.person({ name: 'Writer', teams: roles });
});
afterAll(() => world.close());

/**
 * A prompt of the writer's was live, and was rolled back: everybody is served a release that was derived from it. The
 * next release was made from what was left, and brings the same prompt again with another model config.
 */
async function theSamePromptAgain() {
  const promotions = await easyPromotions(world, team);
  const { id, prompt, model, release } = promotions.workflow;
  await promotions.bring(release);
  const promptVersionId = await addPromptVersion(world, prompt.id, writer, 'Worse: {{ticket}}');
  const make = (parentReleaseId: string, modelConfigVersionId: string) =>
    createRelease(world, id, team.member, { promptVersionId, modelConfigVersionId, parentReleaseId });
  const left = await make(release.id, model.versionId);
  await promotions.bring(left);
  const rollbacks = await rollbacksOf(promotions);
  const { levers, targetReleaseId } = await rollbacks.preview({ levers: [{ kind: 'revertPrompt' }] });
  const { rollback } = await rollbacks.must({
    levers: levers.map(({ kind, digest }) => ({ kind, digest: digest! })),
  });
  const derivedId = rollback.levers[0]?.releaseId ?? targetReleaseId;
  const warmer = await addModelVersion(world, model.id, team.member, { temperature: 0.4 });
  return { promotions, derivedId, again: await make(left.id, warmer) };
}

test('Whoever wrote a prompt that was rolled back may not approve the release that brings it again', async () => {
  const { promotions, again } = await theSamePromptAgain();
  const promotion = await promotions.request({ release: again });
  expect(codes(await promotions.review(promotion, writer))).toEqual(['SELF_APPROVAL']);
  expect((await promotions.read(promotion, writer)).viewerCanReview).toBe(false);
  expect(codes(await promotions.review(promotion, team.reviewer))).toEqual([]);
});

test('What a release is compared with is what is served, wherever it is shown', async () => {
  const { promotions, derivedId, again } = await theSamePromptAgain();
  const promotion = await promotions.request({ release: again });
  expect(promotion.baseline?.id).toBe(derivedId);
  expect((await promotions.read(promotion)).diff.changedComponents).toContain('prompts');
  const query = `query ($id: ID!) { release(id: $id) { behindLive { stageKey }
    diff { from { id } } workflow { stages { key baseline { id } } } } }`;
  const shown = await world.gql<{
    release: {
      behindLive: unknown[];
      diff: { from: { id: string } | null };
      workflow: { stages: { key: string; baseline: { id: string } | null }[] };
    };
  }>(query, { id: again.id }, { as: team.member });
  expect(shown.release.behindLive).toEqual([]);
  expect(shown.release.diff.from?.id).toBe(derivedId);
  expect(shown.release.workflow.stages.find(({ key }) => key === 'internal')?.baseline?.id).toBe(derivedId);
});
