import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addModelVersion } from '../support/model.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { codes, Promotions } from '../support/promotion.builder.js';
import { createRelease, releasedWorkflow } from '../support/release.builder.js';
import { reviseStage, thinStages } from '../support/stage.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore, publishContract } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
/** Holds every role there is: being an administrator is no exception. */
let everything: Person;
let lead: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  everything = await world.person({
    organisationRoles: ['administrator', 'risk_reviewer', 'security_reviewer'],
    teams: (['member', 'reviewer'] as const).map((role) => ({ teamId: team.id, role })),
  });
  lead = await world.person({ teams: [{ teamId: team.id, role: 'member' }] });
}, 120_000);

afterAll(() => world.close());

async function eased() {
  const workflow = await releasedWorkflow(world, team);
  await thinStages(world, workflow.id, team, ['internal']);
  return { workflow, promotions: new Promotions(world, team, workflow) };
}
type Eased = Awaited<ReturnType<typeof eased>>;

const tools = {
  tools: [
    {
      ...{ name: 'lookup', description: 'Looks a code up', effect: 'read', argsSchema: { type: 'object' } },
      ...{ approval: 'none', idempotent: true },
    },
  ],
  limits: { maxToolCalls: 3, timeoutMs: 1000 },
};

/** Each writes one part of the next release as the person who holds every role; somebody else makes the release. */
const parts: Record<string, (of: Eased) => Promise<Record<string, string>>> = {
  prompt: async ({ workflow }) => ({
    promptVersionId: await addPromptVersion(world, workflow.prompt.id, everything, 'Sort {{ticket}}'),
  }),
  model: async ({ workflow }) => ({
    modelConfigVersionId: await addModelVersion(world, workflow.model.id, everything, { temperature: 0.7 }),
  }),
  'core of the contract': async ({ workflow }) => {
    const core = { ...lowTierCore, userJob: 'Put a ticket into one of the codes, faster' };
    await publishContract(world, workflow.id, everything, { core });
    return {};
  },
  tools: async ({ workflow }) => {
    const layers = [{ kind: 'tools', solvesFailure: 'Codes change every month' }];
    await publishContract(world, workflow.id, everything, {
      ...{ core: { ...lowTierCore, pattern: 'prompt_tools', layers }, tools },
    });
    return {};
  },
};

describe('nobody approves a release', () => {
  test.each(Object.keys(parts))('whose %s they wrote, whatever roles they hold', async (part) => {
    const of = await eased();
    const written = await parts[part]!(of);
    const { prompt, model, release: first, id } = of.workflow;
    const release = await createRelease(world, id, lead, {
      ...{ promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId, ...written },
      parentReleaseId: first.id,
    });
    const promotion = await of.promotions.request({ release }, lead);
    const refused = await of.promotions.review(promotion, everything);
    expect(codes(refused)).toEqual(['SELF_APPROVAL']);
    const read = await of.promotions.read(promotion, everything);
    expect(read).toMatchObject({ viewerCanReview: false, currentApprovals: 0 });
    expect(read.viewerCannotReviewReason).toMatch(/wrote a part of it/);
    expect(codes(await of.promotions.review(promotion, team.reviewer))).toEqual([]);
  });

  test('that they asked for', async () => {
    const { promotions, workflow } = await eased();
    const promotion = await promotions.request({ release: workflow.release }, everything);
    expect(codes(await promotions.review(promotion, everything))).toEqual(['SELF_APPROVAL']);
  });
});

describe('an answer on its author’s word alone', () => {
  test('waits for a second person, who confirms it with the approval', async () => {
    const { promotions, workflow } = await eased();
    await reviseStage(world, workflow.id, team, 'internal', (definition) => ({
      ...definition,
      checks: {
        added: ['OW-5'],
        removed: definition.checks.removed.filter((checkId) => checkId !== 'OW-5'),
      },
    }));
    const word = { answer: 'yes', comment: 'Everybody was briefed', evidence: [] };
    const input = { workflowId: workflow.id, checkId: 'OW-5', releaseId: workflow.release.id, ...word };
    await world.mustAct('checkAnswer', 'checkAnswer { id }', input, team.member);
    const promotion = await promotions.request({ release: workflow.release }, lead);
    await promotions.review(promotion, team.reviewer);
    const blocked = await promotions.execute(promotion);
    const found = blocked.readiness?.gates.flatMap((gate) => gate.checks).find(({ id }) => id === 'OW-5');
    expect(found?.status).toBe('pending');
    const confirming = {
      ...{ promotionId: promotion.id, digest: promotion.digest, verdict: 'approve', comment: 'True' },
      confirmsAnswers: true,
    };
    await world.mustAct('promotionReview', 'promotion { id }', confirming, everything);
    expect(codes(await promotions.execute(promotion))).toEqual([]);
    expect((await promotions.read(promotion)).state).toBe('executed');
  });
});

test('a stage with fewer checks is approved by a second person, administrators included', async () => {
  const { workflow } = await eased();
  const { stageRevision } = await reviseAs(everything, workflow.id);
  const approve = (as: Person) =>
    world.act('stageRevisionApprove', 'stageRevision { id }', { stageRevisionId: stageRevision!.id }, as);
  expect(codes(await approve(everything))).toEqual(['SELF_APPROVAL']);
  expect(codes(await approve(team.reviewer))).toEqual([]);
});

test('a waiver is approved by a second person, administrators included', async () => {
  const { workflow } = await eased();
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const input = { workflowId: workflow.id, checkId: 'SF-1', reason: 'The record comes tomorrow', expiresAt };
  const { waiver } = await world.mustAct<{ waiver: { id: string } }>(
    ...(['waiverRequest', 'waiver { id }', input, everything] as const),
  );
  const approve = (as: Person) => world.act('waiverApprove', 'waiver { state }', { waiverId: waiver.id }, as);
  expect(codes(await approve(everything))).toEqual(['SELF_APPROVAL']);
  expect(codes(await approve(team.reviewer))).toEqual([]);
});

function reviseAs(as: Person, workflowId: string) {
  return reviseStage(world, workflowId, { ...team, member: as }, 'limited', (definition) => ({
    ...definition,
    checks: { added: [], removed: ['SF-1'] },
  }));
}
