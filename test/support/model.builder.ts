import type { Person, World } from './world.js';

let count = 0;

export interface RegisteredModel {
  id: string;
  versionId: string;
}

/** One more version of a model config. */
export async function addModelVersion(
  world: World,
  modelConfigId: string,
  member: Person,
  parameters: Record<string, unknown>,
  model = 'gpt-5.2-2026-03-01',
): Promise<string> {
  const { modelConfigVersion } = await world.mustAct<{ modelConfigVersion: { id: string } }>(
    'modelConfigVersionCreate',
    'modelConfigVersion { id }',
    { modelConfigId, provider: 'openai', model, parameters, commitMessage: 'Set the parameters' },
    member,
  );
  return modelConfigVersion.id;
}

/** A model config with one version of a dated snapshot. */
export async function registerModel(
  world: World,
  team: { id: string; member: Person },
  parameters: Record<string, unknown> = { temperature: 0.2 },
): Promise<RegisteredModel> {
  count += 1;
  const { modelConfig } = await world.mustAct<{ modelConfig: { id: string } }>(
    'modelConfigCreate',
    'modelConfig { id }',
    { teamId: team.id, key: `model-${String(count)}`, name: `Model ${String(count)}` },
    team.member,
  );
  return {
    id: modelConfig.id,
    versionId: await addModelVersion(world, modelConfig.id, team.member, parameters),
  };
}
