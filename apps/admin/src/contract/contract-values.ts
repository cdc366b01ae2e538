import { componentKinds, type ComponentKind } from '@holdpoint/contract';
import type { DraftStateFragment } from '../api/generated/documents.js';
import { withoutBlanks } from '../form/blank.js';

type Loose = Record<string, unknown>;
export type ContractValues = Record<ComponentKind, Loose | null>;

/** What a component starts from: no text, no choice made, no rows. */
export const blankComponents: Record<ComponentKind, Loose> = {
  core: {
    userJob: '',
    inputBoundary: '',
    outputBoundary: '',
    neverDoes: [],
    successMetrics: [],
    failureBehaviour: {},
    layers: [],
    risk: {},
    dataClasses: [],
    rollbackLevers: [],
  },
  output: { statusField: '', nullRules: '' },
  retrieval: { sources: [], whenSourcesDisagree: '', whenNoSourceSupports: '', permissionFlow: '' },
  tools: { tools: [], limits: {} },
  budgets: { minSamples: 30 },
};

type Draft = Pick<DraftStateFragment, ComponentKind>;

/** The draft as the form holds it. Core and output are always there; the others only when the workflow has them. */
export function valuesOf(draft: Draft): ContractValues {
  const component = (kind: ComponentKind) =>
    draft[kind] == null ? null : { ...blankComponents[kind], ...(draft[kind] as Loose) };
  return {
    core: component('core') ?? blankComponents.core,
    output: component('output') ?? blankComponents.output,
    retrieval: component('retrieval'),
    tools: component('tools'),
    budgets: component('budgets'),
  };
}

/** The form as the server takes it: what was left blank is left out, and a component with nothing in it is null. */
export function contentOf(values: ContractValues): Record<ComponentKind, unknown> {
  const content = componentKinds.map((kind) => {
    const value = values[kind] === null ? undefined : withoutBlanks(values[kind]);
    return [kind, isEmpty(value) ? null : value] as const;
  });
  return Object.fromEntries(content) as Record<ComponentKind, unknown>;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && value !== null && Object.values(value).every(isEmpty);
}
