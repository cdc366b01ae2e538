import type { StepChoicesQuery } from '../api/generated/documents.js';
import type { Choice } from '../form/choice-input.js';

/** Every version of every prompt that can be pinned, newest first within a prompt. */
export function promptChoices({ prompts }: StepChoicesQuery): Choice[] {
  return prompts.nodes.flatMap((prompt) =>
    prompt.versions.nodes.map((version) => ({
      value: version.id,
      label: `${prompt.name} version ${version.version}: ${version.commitMessage}`,
    })),
  );
}

export function modelChoices({ modelConfigs }: StepChoicesQuery): Choice[] {
  return modelConfigs.nodes.flatMap((config) =>
    config.versions.nodes.map((version) => ({
      value: version.id,
      label: `${config.name} version ${version.version}: ${version.provider} ${version.model}`,
    })),
  );
}
