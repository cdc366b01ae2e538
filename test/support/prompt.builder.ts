import type { Person, World } from './world.js';

let count = 0;

export interface RegisteredPrompt {
  id: string;
  /** Id of the version that was made with it. */
  versionId: string;
}

/** One more version of a prompt. */
export async function addPromptVersion(
  world: World,
  promptId: string,
  member: Person,
  text: string,
): Promise<string> {
  const { promptVersion } = await world.mustAct<{ promptVersion: { id: string } }>(
    'promptVersionCreate',
    'promptVersion { id }',
    { promptId, format: 'text', text, commitMessage: 'Say it better' },
    member,
  );
  return promptVersion.id;
}

/** A prompt with one version. */
export async function registerPrompt(
  world: World,
  team: { id: string; member: Person },
  text = 'Route this ticket: {{ticket}}',
  named?: { key: string; name: string },
): Promise<RegisteredPrompt> {
  count += 1;
  const { prompt } = await world.mustAct<{ prompt: { id: string } }>(
    'promptCreate',
    'prompt { id }',
    { teamId: team.id, ...(named ?? { key: `prompt-${String(count)}`, name: `Prompt ${String(count)}` }) },
    team.member,
  );
  return { id: prompt.id, versionId: await addPromptVersion(world, prompt.id, team.member, text) };
}
