import { makeKey } from './key.builder.js';
import { easyPromotions, Promotions, type PromotionState } from './promotion.builder.js';
import { addPromptVersion } from './prompt.builder.js';
import { createRelease, releasedWorkflow } from './release.builder.js';
import { reviseStage, thinStages } from './stage.builder.js';
import { rollbacksOf } from './rollback.builder.js';
import type { StaffedTeam } from './team.builder.js';
import { lowTierCore } from './workflow.builder.js';
import type { World } from './world.js';

/** A promotion that must not be executed by anybody in any way, and why. */
export interface Obstacle {
  why: string;
  workflowId: string;
  promotion: PromotionState;
  /** A refusal's code, or the check that is incomplete: one of the reasons that an allowed caller must hear. */
  says: string;
}

/** Of each area of the checklist, a check that nobody has answered or that nothing shows yet. */
const openChecks = {
  workflow: 'WF-2',
  architecture: 'AR-3',
  output: 'OUT-2',
  evals: 'EV-2',
  retrieval: 'RT-3',
  tools: 'TL-2',
  observability: 'OB-4',
  safety: 'SF-4',
  rollout: 'RO-2',
  ownership: 'OW-3',
} as const;

const layered = {
  core: {
    ...lowTierCore,
    pattern: 'prompt_tools',
    layers: [
      { kind: 'retrieval', solvesFailure: 'It made codes up that the desk has not' },
      { kind: 'tools', solvesFailure: 'It did not know which codes a region uses' },
    ],
  },
  retrieval: {
    sources: [{ id: 'codes', owner: 'Billing desk' }],
    usersSeeSources: true,
    whenSourcesDisagree: 'The newer one counts',
    whenNoSourceSupports: 'It says unsure',
    permissionFlow: 'Everybody at the desk may read all codes',
  },
  tools: {
    tools: [{ name: 'lookup', effect: 'read', argsSchema: { type: 'object', additionalProperties: false } }],
    limits: { maxSteps: 3, maxToolCalls: 3, timeoutMs: 5000 },
  },
};

const asked = (why: string, says: string, promotions: Promotions, promotion: PromotionState): Obstacle => ({
  ...{ why, says, promotion, workflowId: promotions.workflow.id },
});

/** A stage that asks one thing more, approved for a release that lacks it. */
async function gate(world: World, team: StaffedTeam, area: string, check: string): Promise<Obstacle> {
  const workflow = await releasedWorkflow(world, team, layered);
  await thinStages(world, workflow.id, team, ['internal'], ['WF-1', 'RO-5', check]);
  await reviseStage(world, workflow.id, team, 'internal', (definition) => ({
    ...definition,
    checks: { ...definition.checks, added: [check] },
  }));
  const promotions = new Promotions(world, team, workflow);
  const promotion = await promotions.request({ release: workflow.release });
  await promotions.review(promotion);
  return asked(`the gate ${area} incomplete`, check, promotions, promotion);
}

async function withoutApproval(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const promotion = await promotions.request({ release: promotions.workflow.release });
  return asked('no approval', 'RO-5', promotions, promotion);
}

async function staleApproval(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release } = promotions.workflow;
  const promotion = await promotions.request({ release });
  await promotions.review(promotion);
  const next = await promotions.withModel(release, 0.9);
  const { promotion: moved } = await promotions.retarget(promotion, next);
  return asked('an approval of another digest', 'RO-5', promotions, moved ?? promotion);
}

/** Approved by the one who made it: refused, and so nothing counts. */
async function ownApproval(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const promotion = await promotions.request({ release: promotions.workflow.release });
  const both = await world.person({
    teams: [
      { teamId: team.id, role: 'member' },
      { teamId: team.id, role: 'reviewer' },
    ],
  });
  const promptVersionId = await addPromptVersion(
    world,
    promotions.workflow.prompt.id,
    both,
    'Mine: {{ticket}}',
  );
  const { release, model } = promotions.workflow;
  const parts = { promptVersionId, modelConfigVersionId: model.versionId, parentReleaseId: release.id };
  const mine = await createRelease(world, promotions.workflow.id, both, parts);
  const { promotion: moved } = await promotions.retarget(promotion, mine);
  await promotions.review(moved ?? promotion, both);
  return asked('the own approval', 'RO-5', promotions, moved ?? promotion);
}

/** Written through a key by the person who then approves it. */
async function launderedApproval(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release, prompt, model, id } = promotions.workflow;
  const key = await makeKey(world, team.reviewer, { teamIds: [team.id] });
  const promptVersionId = await addPromptVersion(world, prompt.id, key, 'Through a key: {{ticket}}');
  const parts = { promptVersionId, modelConfigVersionId: model.versionId, parentReleaseId: release.id };
  const washed = await createRelease(world, id, team.member, parts);
  const promotion = await promotions.request({ release: washed });
  await promotions.review(promotion);
  return asked('an approval laundered through a key', 'RO-5', promotions, promotion);
}

async function outOfOrder(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release } = promotions.workflow;
  const early = await promotions.request({ release, toStage: 'limited' });
  await promotions.review(early);
  return asked('out of order', 'OUT_OF_ORDER', promotions, early);
}

/** Approved, and then overtaken by a release that it does not descend from. */
async function behindLive(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release } = promotions.workflow;
  await promotions.bring(release);
  const one = await promotions.withPrompt(release, 'One: {{ticket}}');
  const other = await promotions.withPrompt(release, 'Other: {{ticket}}');
  await promotions.bring(one);
  const promotion = await promotions.request({ release: other });
  await promotions.review(promotion);
  return asked('behind live', 'BEHIND_LIVE', promotions, promotion);
}

/** A wider audience is asked for by a promotion of its own, which nobody has approved. */
async function widened(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release, id } = promotions.workflow;
  await promotions.bring(release);
  const { stageRevision } = await reviseStage(world, id, team, 'internal', (definition) => ({
    ...definition,
    audience: {
      ...definition.audience,
      rules: definition.audience.rules.map((rule) => ({ ...rule, values: [...rule.values, 'partners'] })),
    },
  }));
  const promotion = await promotions.request({
    ...{ release, kind: 'widen', stageRevisionId: stageRevision?.id },
  });
  return asked('a wider audience', 'RO-5', promotions, promotion);
}

/** A check is taken away, and nobody else has agreed yet. */
async function thinner(world: World, team: StaffedTeam): Promise<Obstacle> {
  const { workflowId, promotion } = await gate(world, team, 'safety', 'SF-4');
  await reviseStage(world, workflowId, team, 'internal', (definition) => ({
    ...definition,
    checks: { added: [], removed: [...definition.checks.removed, 'SF-4'] },
  }));
  return { why: 'a thinner checklist', says: 'SF-4', workflowId, promotion };
}

/** Approved, and then something was turned off in its stage. */
async function held(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release } = promotions.workflow;
  await promotions.bring(release);
  const promotion = await promotions.request({
    release: await promotions.withPrompt(release, 'Next: {{ticket}}'),
  });
  await promotions.review(promotion);
  await (await rollbacksOf(promotions)).must({ levers: [{ kind: 'disable' }] });
  return asked('a hold', 'STAGE_ON_HOLD', promotions, promotion);
}

/** Approved for the next stage, and then left by a rollback in the one before. */
async function quarantined(world: World, team: StaffedTeam): Promise<Obstacle> {
  const promotions = await easyPromotions(world, team);
  const { release } = promotions.workflow;
  await promotions.bring(release);
  const left = await promotions.withPrompt(release, 'Worse: {{ticket}}');
  await promotions.bring(left);
  const promotion = await promotions.request({ release: left, toStage: 'limited' });
  await promotions.review(promotion);
  await (await rollbacksOf(promotions)).revert(release);
  return asked('a quarantine', 'QUARANTINED', promotions, promotion);
}

/** One of each. */
export async function obstacles(world: World, team: StaffedTeam): Promise<Obstacle[]> {
  const made: Obstacle[] = [];
  for (const [area, check] of Object.entries(openChecks)) made.push(await gate(world, team, area, check));
  for (const make of [
    ...[withoutApproval, staleApproval, ownApproval, launderedApproval],
    ...[outOfOrder, behindLive, widened, thinner, held, quarantined],
  ])
    made.push(await make(world, team));
  return made;
}
