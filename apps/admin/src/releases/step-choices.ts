import type { StepChoicesQuery } from '../api/generated/documents.js';
import type { Choice } from '../form/choice-input.js';

interface Named {
  key: string;
  name: string;
  team: { key: string };
}

/** A name, and where another has the same one, the team and key that lists show as well: "Reply (support/reply)". */
function tellApart(all: readonly Named[]): (one: Named) => string {
  const count = new Map<string, number>();
  for (const { name } of all) count.set(name, (count.get(name) ?? 0) + 1);
  return ({ name, team, key }) => ((count.get(name) ?? 0) > 1 ? `${name} (${team.key}/${key})` : name);
}

/** Every version of every prompt that can be pinned, newest first within a prompt. */
export function promptChoices({ prompts }: StepChoicesQuery): Choice[] {
  const nameOf = tellApart(prompts.nodes);
  return prompts.nodes.flatMap((prompt) =>
    prompt.versions.nodes.map((version) => ({
      value: version.id,
      label: `${nameOf(prompt)} version ${version.version}: ${version.commitMessage}`,
    })),
  );
}

export function modelChoices({ modelConfigs }: StepChoicesQuery): Choice[] {
  const nameOf = tellApart(modelConfigs.nodes);
  return modelConfigs.nodes.flatMap((config) =>
    config.versions.nodes.map((version) => ({
      value: version.id,
      label: `${nameOf(config)} version ${version.version}: ${version.provider} ${version.model}`,
    })),
  );
}
