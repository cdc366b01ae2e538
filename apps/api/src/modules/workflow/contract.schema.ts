import { z } from 'zod';
import { autonomyMode, dataClass, riskAnswers, toolEffect } from './risk.schema.js';

const sentence = (what: string, max = 2000) => z.string().trim().min(1, `${what} is missing`).max(max);
const list = (what: string, max = 50) =>
  z.array(sentence(what)).min(1, `Name at least one: ${what}`).max(max);
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9_.-]{0,63}$/,
    'Use lower-case letters, digits, dot, dash or underscore; start with a letter',
  );

export const componentKinds = ['core', 'output', 'retrieval', 'tools', 'budgets'] as const;
export const componentKind = z.enum(componentKinds);
export type ComponentKind = z.infer<typeof componentKind>;

/** The least complex one that meets the contract, simplest first. */
export const patterns = ['prompt_schema', 'prompt_retrieval', 'prompt_tools', 'agentic_loop'] as const;
export const pattern = z.enum(patterns);
export type Pattern = z.infer<typeof pattern>;

export const layerKinds = ['retrieval', 'tools', 'memory', 'planning'] as const;
export const layerKind = z.enum(layerKinds);
export type LayerKind = z.infer<typeof layerKind>;

export const comparators = ['gte', 'gt', 'lte', 'lt'] as const;
export const comparator = z.enum(comparators);
export type Comparator = z.infer<typeof comparator>;

/** How the team will know that it works. `source` says where it is measured: a gate metric of the evals, or production. */
export const successMetric = z.strictObject({
  name,
  description: sentence('What is measured'),
  comparator,
  threshold: z.number(),
  minSamples: z.int().min(1).max(1_000_000),
  source: z.enum(['eval', 'production']),
});

/** The levers of a rollback that a contract may name. */
export const levers = [
  'disable',
  'revertRelease',
  'revertPrompt',
  'pinModel',
  'disableTool',
  'fallback',
] as const;
export const lever = z.enum(levers);
export type Lever = z.infer<typeof lever>;

export const failureBehaviour = z.strictObject({
  whenUnsure: sentence('What it does when it cannot answer'),
  action: z.enum(['ask', 'abstain', 'fallback', 'escalate']),
  escalationTarget: sentence('To whom it escalates', 300),
  fallback: z.enum(['search', 'templates', 'people', 'none']),
});
export type FailureBehaviour = z.infer<typeof failureBehaviour>;

/** The contract's first component: the one-page table, the pattern and the risk answers. */
export const coreComponent = z.strictObject({
  userJob: sentence('The user job'),
  inputBoundary: sentence('The input boundary'),
  outputBoundary: sentence('The output boundary'),
  neverDoes: list('what the workflow never does by itself', 20),
  successMetrics: z.array(successMetric).min(1, 'Name at least one success metric').max(20),
  failureBehaviour,
  pattern,
  /** Each added layer names the failure in the contract that it solves. */
  layers: z
    .array(z.strictObject({ kind: layerKind, solvesFailure: sentence('The failure this layer solves') }))
    .max(4)
    .refine((layers) => new Set(layers.map((l) => l.kind)).size === layers.length, 'A layer is named twice'),
  autonomyMode,
  risk: riskAnswers,
  dataClasses: z.array(dataClass).min(1, 'Say which classes of data it sees').max(5),
  rollbackLevers: z.array(lever).min(1, 'Name at least one lever').max(6),
});
export type CoreComponent = z.infer<typeof coreComponent>;

/** The output contract: a JSON Schema (draft 2020-12 or 07), and which of its fields carries the status. */
export const outputComponent = z.strictObject({
  schema: z.record(z.string(), z.unknown()),
  /** Dot path of the status or label field, such as `status` or `result.code`. */
  statusField: z.string().trim().min(1).max(200),
  citationsField: z.string().trim().min(1).max(200).optional(),
  actionsField: z.string().trim().min(1).max(200).optional(),
  /** How null is to be read, in words. */
  nullRules: sentence('The rules for null'),
});
export type OutputComponent = z.infer<typeof outputComponent>;

export const retrievalSource = z.strictObject({
  id: name,
  owner: z.string().trim().max(300).optional(),
  allowedUse: z.string().trim().max(2000).optional(),
  deletionProcedureUrl: z.url().max(2000).optional(),
  freshnessSlaHours: z.number().positive().max(100_000).optional(),
});

/** The six decisions of a retrieval-backed workflow, and the sources. */
export const retrievalComponent = z.strictObject({
  sources: z
    .array(retrievalSource)
    .min(1, 'Name at least one source')
    .max(100)
    .refine((all) => new Set(all.map((s) => s.id)).size === all.length, 'A source is named twice'),
  usersSeeSources: z.boolean(),
  whenSourcesDisagree: sentence('What happens when sources disagree'),
  whenNoSourceSupports: sentence('What happens when no source supports the answer'),
  permissionFlow: sentence('How permissions flow into retrieval'),
  chunking: z.string().trim().max(2000).optional(),
  ranking: z.string().trim().max(2000).optional(),
});
export type RetrievalComponent = z.infer<typeof retrievalComponent>;

export const tool = z.strictObject({
  name,
  description: z.string().trim().max(2000).default(''),
  effect: toolEffect.optional(),
  argsSchema: z.record(z.string(), z.unknown()).optional(),
  approval: z.enum(['none', 'human']).default('none'),
  idempotent: z.boolean().default(false),
  ratePerMinute: z.number().positive().optional(),
});
export type Tool = z.infer<typeof tool>;

/** Tools and the limits of the loop that calls them. Limits are optional here: TL-4 asks for them where they are needed. */
export const toolsComponent = z.strictObject({
  tools: z
    .array(tool)
    .max(100)
    .refine((all) => new Set(all.map((t) => t.name)).size === all.length, 'A tool is named twice'),
  limits: z
    .strictObject({
      maxSteps: z.int().positive().optional(),
      maxToolCalls: z.int().positive().optional(),
      maxSpendUsd: z.number().positive().optional(),
      timeoutMs: z.int().positive().optional(),
      stopConditions: z.array(sentence('A stop condition')).max(20).optional(),
      escalationRule: z.string().trim().max(2000).optional(),
    })
    .default({}),
});
export type ToolsComponent = z.infer<typeof toolsComponent>;

/** Latency in milliseconds, money in US dollars. */
export const budgetsComponent = z.strictObject({
  p95LatencyMs: z.number().positive().max(3_600_000),
  costPerRequestUsd: z.number().positive().max(10_000),
  costPerSuccessUsd: z.number().positive().max(10_000).optional(),
  monthlyCostUsd: z.number().positive().max(100_000_000).optional(),
  timeoutRate: z.number().min(0).max(1).optional(),
  minSamples: z.int().min(1).max(1_000_000).default(30),
});
export type BudgetsComponent = z.infer<typeof budgetsComponent>;

export const componentSchemas = {
  core: coreComponent,
  output: outputComponent,
  retrieval: retrievalComponent,
  tools: toolsComponent,
  budgets: budgetsComponent,
} as const satisfies Record<ComponentKind, z.ZodType>;

export interface ContractComponents {
  core: CoreComponent;
  output: OutputComponent;
  retrieval: RetrievalComponent | null;
  tools: ToolsComponent | null;
  budgets: BudgetsComponent | null;
}
