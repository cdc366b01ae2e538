import type { ComponentKind } from '../workflow/contract.schema.js';
import { diffValues, type JsonValue, type ValueChange } from './value-diff.domain.js';

export interface PromptContent {
  digest: string;
  format: 'text' | 'chat';
  text?: string;
  messages?: { role: string; content: string }[];
}

export interface ModelContent {
  digest: string;
  provider: string;
  model: string;
  parameters: Record<string, JsonValue>;
}

/** A release with its contents read in, for people to compare. */
export interface ComparableRelease {
  components: Record<ComponentKind, JsonValue>;
  steps: { name: string; prompt: PromptContent; model: ModelContent }[];
}

/** Gravest first: the order in which a reviewer should read. */
export const diffOrder = ['core', 'prompts', 'models', 'tools', 'output', 'retrieval', 'budgets'] as const;
export type DiffComponent = (typeof diffOrder)[number];

export interface FieldChange extends ValueChange {
  component: DiffComponent;
  /** 7 for the contract's core down to 1 for budgets. */
  danger: number;
}

/** A prompt as one text: a chat's messages each under its role. */
export const promptAsText = (prompt: PromptContent) =>
  prompt.format === 'text'
    ? (prompt.text ?? '')
    : (prompt.messages ?? []).map(({ role, content }) => `${role}:\n${content}`).join('\n\n');

const danger = (component: DiffComponent) => diffOrder.length - diffOrder.indexOf(component);
const tagged = (component: DiffComponent, changes: ValueChange[]): FieldChange[] =>
  changes.map((change) => ({ ...change, component, danger: danger(component) }));

function promptChanges(path: string, before: PromptContent, after: PromptContent): ValueChange[] {
  if (before.digest === after.digest) return [];
  const [was, is] = [promptAsText(before), promptAsText(after)];
  const changes: ValueChange[] = [];
  if (before.format !== after.format)
    changes.push({ path: `${path}.format`, kind: 'changed', before: before.format, after: after.format });
  if (was !== is) changes.push({ path, kind: 'changed', before: was, after: is });
  // Two chats can read the same as one text and still differ in where a message ends.
  if (changes.length === 0)
    changes.push({
      path: `${path}.messages`,
      kind: 'changed',
      before: before.messages ?? null,
      after: after.messages ?? null,
    });
  return changes;
}

const modelValue = ({ provider, model, parameters }: ModelContent): JsonValue => ({
  provider,
  model,
  parameters,
});

function stepChanges(from: ComparableRelease, to: ComparableRelease): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const before of from.steps) {
    if (to.steps.some((step) => step.name === before.name)) continue;
    const gone = { path: before.name, kind: 'removed', after: null } as const;
    changes.push(...tagged('prompts', [{ ...gone, before: promptAsText(before.prompt) }]));
    changes.push(...tagged('models', [{ ...gone, before: modelValue(before.model) }]));
  }
  for (const after of to.steps) {
    const before = from.steps.find((step) => step.name === after.name);
    if (before) {
      changes.push(...tagged('prompts', promptChanges(after.name, before.prompt, after.prompt)));
      changes.push(
        ...tagged('models', diffValues(modelValue(before.model), modelValue(after.model), after.name)),
      );
    } else {
      const come = { path: after.name, kind: 'added', before: null } as const;
      changes.push(...tagged('prompts', [{ ...come, after: promptAsText(after.prompt) }]));
      changes.push(...tagged('models', [{ ...come, after: modelValue(after.model) }]));
    }
  }
  const order = (release: ComparableRelease, other: ComparableRelease) =>
    release.steps.map((s) => s.name).filter((name) => other.steps.some((s) => s.name === name));
  const [was, is] = [order(from, to), order(to, from)];
  // Calls in another order are more than another prompt, so this is counted as a change of models.
  if (was.join('\n') !== is.join('\n'))
    changes.push(...tagged('models', [{ path: 'steps', kind: 'changed', before: was, after: is }]));
  return changes;
}

/**
 * Every field in which `to` differs from `from`, gravest first. Empty exactly when their digests are equal.
 * A prompt's before and after are its text; other values are JSON.
 */
export function diffReleases(from: ComparableRelease, to: ComparableRelease): FieldChange[] {
  const changes = stepChanges(from, to);
  for (const component of diffOrder) {
    if (component === 'prompts' || component === 'models') continue;
    changes.push(...tagged(component, diffValues(from.components[component], to.components[component], '')));
  }
  return changes.sort((a, b) => b.danger - a.danger);
}

export const changedComponents = (changes: readonly FieldChange[]): DiffComponent[] =>
  diffOrder.filter((component) => changes.some((change) => change.component === component));

/** Whether it may follow its parent as a `replace`: it differs, and in nothing but the prompts. */
export const isReplaceable = (changes: readonly FieldChange[]) =>
  changes.length > 0 && changes.every((change) => change.component === 'prompts');
