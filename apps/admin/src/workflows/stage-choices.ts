import { defaultStageKeys } from '@holdpoint/contract';

const words: Record<string, string> = {
  internal: 'Internal',
  limited: 'Limited',
  expanded: 'Expanded',
  general: 'General',
};

export const stageChoices = defaultStageKeys.map((key) => ({ value: key, label: words[key] ?? key }));

/** The name that a stage has by default; a workflow's own name for it comes with its definition. */
export function wordOfStage(key: string): string {
  return words[key] ?? key;
}
