import type { ChangeFragment } from '../api/generated/documents.js';

/** In order of danger: what a reviewer must read first. */
export const changeGroups: { title: string; components: string[] }[] = [
  { title: 'Contract', components: ['core', 'output'] },
  { title: 'Prompts', components: ['prompts'] },
  { title: 'Models and parameters', components: ['models'] },
  { title: 'Tools and retrieval', components: ['tools', 'retrieval'] },
  { title: 'Budgets', components: ['budgets'] },
];

const componentWords: Record<string, string> = {
  core: 'Core of the contract',
  output: 'Output contract',
  retrieval: 'Retrieval',
  tools: 'Tools',
  budgets: 'Budgets',
  prompts: 'Prompt',
  models: 'Model',
};

export function wordOfComponent(component: string): string {
  return componentWords[component] ?? component;
}

/** The groups that have changes, each with its own in the order in which the server put them. */
export function groupChanges(changes: ChangeFragment[]): { title: string; changes: ChangeFragment[] }[] {
  const known = new Set(changeGroups.flatMap((group) => group.components));
  return [
    ...changeGroups,
    {
      title: 'Other',
      components: [...new Set(changes.map((c) => c.component))].filter((c) => !known.has(c)),
    },
  ]
    .map(({ title, components }) => ({
      title,
      changes: changes.filter((change) => components.includes(change.component)),
    }))
    .filter((group) => group.changes.length > 0);
}
