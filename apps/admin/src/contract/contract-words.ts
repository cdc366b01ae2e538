import {
  autonomyModes,
  comparators,
  dataClasses,
  layerKinds,
  levers,
  patterns,
  toolEffects,
  type AutonomyMode,
  type Comparator,
  type DataClass,
  type LayerKind,
  type Lever,
  type Pattern,
  type ToolEffect,
} from '@holdpoint/contract';

function choicesOf<T extends string>(values: readonly T[], words: Record<T, string>) {
  return values.map((value) => ({ value, label: words[value] }));
}

export const patternChoices = choicesOf<Pattern>(patterns, {
  prompt_schema: 'Prompt and schema',
  prompt_retrieval: 'Prompt and retrieval',
  prompt_tools: 'Prompt and tools',
  agentic_loop: 'Agentic loop',
});
export const layerChoices = choicesOf<LayerKind>(layerKinds, {
  retrieval: 'Retrieval',
  tools: 'Tools',
  memory: 'Memory',
  planning: 'Planning',
});
export const autonomyChoices = choicesOf<AutonomyMode>(autonomyModes, {
  read_only: 'Read only',
  suggest: 'Suggests, a person acts',
  act_with_approval: 'Acts after approval',
  autonomous: 'Acts by itself',
});
export const comparatorChoices = choicesOf<Comparator>(comparators, {
  gte: 'at least',
  gt: 'more than',
  lte: 'at most',
  lt: 'less than',
});
export const dataClassChoices = choicesOf<DataClass>(dataClasses, {
  public: 'Public',
  internal: 'Internal',
  customer: 'Customer',
  personal: 'Personal',
  sensitive: 'Sensitive',
});
export const leverChoices = choicesOf<Lever>(levers, {
  disable: 'Switch it off',
  revertRelease: 'Revert the release',
  revertPrompt: 'Revert a prompt',
  pinModel: 'Pin another model',
  disableTool: 'Take a tool away',
  fallback: 'Fall back to something simpler',
});
export const toolEffectChoices = choicesOf<ToolEffect>(toolEffects, {
  read: 'Reads',
  write: 'Writes',
  irreversible: 'Cannot be undone',
});
export const failureActions = [
  { value: 'ask', label: 'Asks for what is missing' },
  { value: 'abstain', label: 'Abstains' },
  { value: 'fallback', label: 'Falls back' },
  { value: 'escalate', label: 'Escalates to a person' },
];
export const fallbackChoices = [
  { value: 'search', label: 'Search' },
  { value: 'templates', label: 'Templates' },
  { value: 'people', label: 'People' },
  { value: 'none', label: 'No fallback' },
];
export const metricSources = [
  { value: 'eval', label: 'Evals' },
  { value: 'production', label: 'Production' },
];
export const riskQuestions = [
  ['money', 'Can a wrong output move money or change a price?'],
  ['legal', 'Can a wrong output make a legal commitment?'],
  ['customerStatus', 'Can a wrong output change the status of a customer?'],
  ['permissions', 'Can a wrong output change who may do what?'],
  ['publicStatement', 'Does the output reach the public without a person in between?'],
  ['crossTenantRetrieval', 'Can retrieval reach the data of more than one tenant?'],
  ['humanReviewsEveryOutput', 'Does a person look at every output before it takes effect?'],
] as const;
