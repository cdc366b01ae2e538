import { makeKey, type KeyHolder, type KeyOptions } from './key.builder.js';
import { addPromptVersion } from './prompt.builder.js';
import {
  createRelease,
  releasedWorkflow,
  type CreatedRelease,
  type ReleasedWorkflow,
} from './release.builder.js';
import { reviseStage } from './stage.builder.js';
import { staffedTeam, type StaffedTeam } from './team.builder.js';
import type { ContractContent } from './workflow.builder.js';
import type { World } from './world.js';

export interface ServedWorkflow extends Omit<ReleasedWorkflow, 'key'> {
  team: StaffedTeam;
  /** team.workflow */
  key: string;
}

/** A workflow with its first release, live nowhere yet. */
export async function servedWorkflow(
  world: World,
  { team, content = {} }: { team?: StaffedTeam; content?: ContractContent } = {},
): Promise<ServedWorkflow> {
  const staffed = team ?? (await staffedTeam(world));
  const released = await releasedWorkflow(world, staffed, content);
  return { ...released, team: staffed, key: `${staffed.key}.${released.key}` };
}

export const everyStage = ['internal', 'limited', 'expanded', 'general'] as const;

/** Makes its first release live in these stages, as it was before it came here. */
export async function adoptEverywhere(
  world: World,
  { id, release, team }: ServedWorkflow,
  stageKeys: readonly string[] = everyStage,
): Promise<void> {
  const input = { workflowId: id, releaseId: release.id, stageKeys, reason: 'It was live before' };
  await world.mustAct('workflowAdopt', 'adoption { id }', input, team.reviewer);
}

/** Another release of the same workflow, with another wording of its prompt. */
export async function rewordedRelease(
  world: World,
  { id, release, prompt, model, team }: ServedWorkflow,
  text = 'Route this ticket in other words: {{ticket}}',
): Promise<CreatedRelease> {
  const promptVersionId = await addPromptVersion(world, prompt.id, team.member, text);
  return createRelease(world, id, team.member, {
    ...{ promptVersionId, modelConfigVersionId: model.versionId, parentReleaseId: release.id },
  });
}

/** A key of a running application of this workflow's team. */
export const runtimeKey = (
  world: World,
  { team }: Pick<ServedWorkflow, 'team'>,
  over: KeyOptions = {},
): Promise<KeyHolder> =>
  makeKey(world, team.reviewer, { name: 'Application', scopes: ['runtime'], teamIds: [team.id], ...over });

/** Changes what is served, for whoever is in the first stage: it takes one attribute more to be in it. */
export async function narrowInternal(
  world: World,
  { id, team }: ServedWorkflow,
  rule: string,
): Promise<void> {
  const { userErrors } = await reviseStage(world, id, team, 'internal', (definition) => ({
    ...definition,
    audience: {
      ...definition.audience,
      rules: [...definition.audience.rules, { attribute: rule, operator: 'in', values: ['yes'] }],
    },
  }));
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}

/** Opens a stage to keys of browsers: at once where it serves nothing yet. */
export async function publish(world: World, { id, team }: ServedWorkflow, stageKey: string): Promise<void> {
  const { userErrors } = await reviseStage(world, id, team, stageKey, (definition) => ({
    ...definition,
    public: true,
  }));
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}
