import { registerModel, type RegisteredModel } from './model.builder.js';
import { registerPrompt, type RegisteredPrompt } from './prompt.builder.js';
import type { StaffedTeam } from './team.builder.js';
import {
  publishContract,
  registerWorkflow,
  saveOperatingRecord,
  type ContractContent,
} from './workflow.builder.js';
import type { Person, World } from './world.js';

export interface CreatedRelease {
  id: string;
  number: number;
  alias: string;
  digest: string;
  evalDigest: string;
}

export interface ReleaseParts {
  promptVersionId: string;
  modelConfigVersionId: string;
  parentReleaseId?: string | null;
  alias?: string;
}

/** A release of the published contract with one step. */
export async function createRelease(
  world: World,
  workflowId: string,
  member: Person,
  { promptVersionId, modelConfigVersionId, parentReleaseId = null, alias }: ReleaseParts,
): Promise<CreatedRelease> {
  const { release } = await world.mustAct<{ release: CreatedRelease }>(
    'releaseCreate',
    'release { id number alias digest evalDigest }',
    {
      ...{ workflowId, parentReleaseId, alias, notes: '' },
      steps: [{ name: 'main', promptVersionId, modelConfigVersionId }],
    },
    member,
  );
  return release;
}

export interface ReleasedWorkflow {
  id: string;
  key: string;
  prompt: RegisteredPrompt;
  model: RegisteredModel;
  release: CreatedRelease;
}

/** A registered workflow with a published contract, an operating record, a prompt, a model and its first release. */
export async function releasedWorkflow(
  world: World,
  team: StaffedTeam,
  content: ContractContent = {},
): Promise<ReleasedWorkflow> {
  const workflow = await registerWorkflow(world, team);
  await publishContract(world, workflow.id, team.member, content);
  await saveOperatingRecord(world, workflow.id, team);
  const prompt = await registerPrompt(world, team);
  const model = await registerModel(world, team);
  const release = await createRelease(world, workflow.id, team.member, {
    promptVersionId: prompt.versionId,
    modelConfigVersionId: model.versionId,
  });
  return { ...workflow, prompt, model, release };
}
