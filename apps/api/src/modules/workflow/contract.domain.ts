import type { z } from 'zod';
import { plainWords } from '../../platform/refusal/plain-words.schema.js';
import {
  componentKinds,
  componentSchemas,
  coreComponent,
  toolsComponent,
  type ComponentKind,
  type CoreComponent,
} from './contract.schema.js';
import { computeTier, type TierResult } from './risk.domain.js';

/** What is being written: any component, filled in or not; undefined and null both mean "not there". */
export type DraftContent = Readonly<Partial<Record<ComponentKind, unknown>>>;

export interface MissingField {
  component: ComponentKind;
  path: string[];
  message: string;
}

/** A draft in which everything required is there, with defaults filled in. */
export type CompleteDraft = { core: CoreComponent } & Record<Exclude<ComponentKind, 'core'>, object | null>;

/** Where a field's own name would read oddly. */
const spoken: Readonly<Record<string, string>> = {
  whenUnsure: 'what it does when unsure',
  action: 'what it does on failure',
  source: 'where it is measured',
  layers: 'the layers beyond the prompt',
  minSamples: 'the least samples',
  p95LatencyMs: 'the latency (ms)',
  costPerRequestUsd: 'the cost per request (USD)',
  costPerSuccessUsd: 'the cost per success (USD)',
  monthlyCostUsd: 'the cost per month (USD)',
  timeoutRate: 'the share of timeouts',
  freshnessSlaHours: 'the hours between indexing',
  deletionProcedureUrl: 'the link to the deletion procedure',
  maxSteps: 'the most steps',
  maxToolCalls: 'the most tool calls',
  maxSpendUsd: 'the most spend (USD)',
  timeoutMs: 'the most time (ms)',
  ratePerMinute: 'the most calls a minute',
  argsSchema: 'the schema of its arguments',
  schema: 'the JSON Schema of the output',
};

const words = (key: string) =>
  spoken[key] ??
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

/** With the name of the field: the message is read in a list, far from the field. */
function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  const { input, path } = issue;
  const key = path?.findLast((part) => typeof part === 'string');
  const name = typeof key === 'string' ? words(key) : 'this component';
  const named = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  if (input === undefined || input === null) {
    return `${named} ${'expected' in issue && issue.expected === 'array' ? 'are' : 'is'} missing`;
  }
  const said = plainWords(issue);
  return said && `${named}: ${said[0]?.toLowerCase()}${said.slice(1)}`;
}

function problems(component: ComponentKind, value: unknown): MissingField[] {
  const schema: z.ZodType = componentSchemas[component];
  const result = schema.safeParse(value ?? {}, { error: issueMessage });
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    component,
    path: issue.path.map(String),
    message: issue.message,
  }));
}

const patternLayers = {
  prompt_schema: [],
  prompt_retrieval: ['retrieval'],
  prompt_tools: ['tools'],
  agentic_loop: ['tools'],
} as const satisfies Record<CoreComponent['pattern'], readonly ('retrieval' | 'tools')[]>;

const shapeOf = coreComponent.pick({ pattern: true, layers: true }).partial();

/** Which components this core asks for. Budgets are never required to publish: the check OB-3 asks for them. */
export function requiredComponents(core: unknown): ComponentKind[] {
  const shape = shapeOf.loose().safeParse(core ?? {}).data ?? {};
  const layers = new Set<string>(shape.layers?.map((layer) => layer.kind));
  for (const layer of shape.pattern ? patternLayers[shape.pattern] : []) layers.add(layer);
  return componentKinds.filter((kind) => kind === 'core' || kind === 'output' || layers.has(kind));
}

/**
 * A pattern or a component that brings a layer must name the failure that the layer solves (AR-1); otherwise leaving
 * out one line would switch off every check about retrieval or tools.
 */
function undeclaredLayers(draft: DraftContent): MissingField[] {
  const core = shapeOf.loose().safeParse(draft.core ?? {}).data;
  if (!core) return [];
  const declared = new Set<string>(core.layers?.map((layer) => layer.kind));
  const brought = new Set<'retrieval' | 'tools'>(core.pattern ? patternLayers[core.pattern] : []);
  if (draft.retrieval) brought.add('retrieval');
  if (draft.tools) brought.add('tools');
  return [...brought]
    .filter((layer) => !declared.has(layer))
    .map((layer) => ({
      component: 'core',
      path: ['layers'],
      message: `Name the failure that ${layer} solves, or leave ${layer} out`,
    }));
}

/** Everything that keeps a draft from being published, in the order of the components. Empty: it can be. */
export function missingFields(draft: DraftContent): MissingField[] {
  const required = new Set(requiredComponents(draft.core));
  const found: MissingField[] = [];
  for (const kind of componentKinds) {
    if (draft[kind] != null || required.has(kind)) found.push(...problems(kind, draft[kind]));
    if (kind === 'core') found.push(...undeclaredLayers(draft));
  }
  return found;
}

/** The parsed components of a draft that misses nothing. Throws ZodError on one that does. */
export function completeDraft(draft: DraftContent): CompleteDraft {
  const optional = (kind: ComponentKind): object | null =>
    draft[kind] == null ? null : componentSchemas[kind].parse(draft[kind]);
  return {
    core: coreComponent.parse(draft.core),
    output: optional('output'),
    retrieval: optional('retrieval'),
    tools: optional('tools'),
    budgets: optional('budgets'),
  };
}

const tierFields = coreComponent
  .pick({ risk: true, autonomyMode: true, dataClasses: true, pattern: true })
  .loose();

/** The tier that this draft would have; null, with what to answer first, while its answers do not allow one. */
export function tierPreview(draft: DraftContent): TierResult | { tier: null; reasons: string[] } {
  const core = tierFields.safeParse(draft.core ?? {});
  const tools = draft.tools == null ? null : toolsComponent.loose().safeParse(draft.tools);
  if (!core.success) return { tier: null, reasons: ['Answer the risk questions first'] };
  if (tools && !tools.success) return { tier: null, reasons: ['Complete the list of tools first'] };
  return computeTier(core.data, tools?.data ?? null);
}
