/** What one workflow serves, compiled for the runtime. Versions are ordered by incarnation, then epoch, and only grow. */
export interface Snapshot {
  workflowId: string;
  /** team.workflow */
  key: string;
  /** production, or another environment, which has one stage `candidate` and no overlays. */
  environment: string;
  version: SnapshotVersion;
  /** In the order of the rollout. */
  stages: readonly SnapshotStage[];
  /** In force or about to be; the newest last. */
  overlays: readonly SnapshotOverlay[];
  /** By id; every release that a stage or an overlay names. */
  releases: Readonly<Record<string, SnapshotRelease>>;
  /** Of the latest complete contract: what an application does without a release. */
  failure: FailureBehaviour;
}

export interface SnapshotVersion {
  incarnation: number;
  epoch: number;
}

export interface SnapshotStage {
  key: string;
  rules: readonly AudienceRule[];
  /** 0 to 100, in thousandths of a percent. */
  percentage: number;
  bucketBy: BucketBy;
  /** Null while nothing is live there. */
  releaseId: string | null;
  cap: Cap;
  /** Whether keys of browsers are served it; left out where they are not. */
  public?: boolean;
}

/** All rules of an audience must match. `equals` matches any of its values, like `in`. */
export interface AudienceRule {
  attribute: string;
  operator: 'in' | 'not_in' | 'equals' | 'starts_with' | 'ends_with';
  values: readonly string[];
}

export type BucketBy = 'user' | 'tenant' | 'conversation';

/** From the least to the most. */
export const autonomyModes = ['read_only', 'suggest', 'act_with_approval', 'autonomous'] as const;
export type AutonomyMode = (typeof autonomyModes)[number];

/** From the least to the most. */
export const toolEffects = ['read', 'write', 'irreversible'] as const;
export type ToolEffect = (typeof toolEffects)[number];

export interface Cap {
  autonomyMode: AutonomyMode;
  toolEffect: ToolEffect;
}

/** Immutable but for its quarantines. */
export interface SnapshotRelease {
  id: string;
  digest: string;
  /** Of its workflow's releases, from 1. */
  number: number;
  alias: string;
  /** Left by rollbacks: not served in their scope until cleared. */
  quarantines: readonly Quarantine[];
  autonomyMode: AutonomyMode;
  tools: readonly { name: string; effect: ToolEffect }[];
  /** In their order; a workflow of one step calls it `main`. */
  steps: readonly SnapshotStep[];
  /** Of the loop that calls tools; null where the contract names none. */
  limits: AgentLimits | null;
  budgets: Budgets | null;
  /** JSON Schema of the output. */
  outputSchema: Readonly<Record<string, unknown>>;
}

export interface Quarantine {
  /** Keys of stages; null: all of them. */
  stages: readonly string[] | null;
  segment: readonly AudienceRule[];
}

export interface SnapshotStep {
  name: string;
  prompt: {
    /** team/key of the prompt. */
    name: string;
    version: number;
    digest: string;
    format: 'text' | 'chat';
    /** With `{{variables}}` in it. */
    template: string | readonly { role: string; content: string }[];
    variables: readonly string[];
  };
  model: {
    /** team/key of the model configuration. */
    name: string;
    version: number;
    provider: string;
    model: string;
    digest: string;
    parameters: Readonly<Record<string, unknown>>;
  };
}

export interface AgentLimits {
  maxSteps?: number;
  maxToolCalls?: number;
  maxSpendUsd?: number;
  timeoutMs?: number;
  stopConditions?: readonly string[];
  escalationRule?: string;
}

/** Milliseconds and US dollars. */
export interface Budgets {
  p95LatencyMs: number;
  costPerRequestUsd: number;
  costPerSuccessUsd?: number;
  monthlyCostUsd?: number;
  timeoutRate?: number;
  minSamples?: number;
}

/** What a rollback lays over the stages. */
export interface SnapshotOverlay {
  id: string;
  /** Keys of stages; empty: whoever is in no stage; null: everybody, in whatever stage or none. */
  stages: readonly string[] | null;
  /** Who is concerned; empty: everybody. */
  segment: readonly AudienceRule[];
  levers: readonly Lever[];
  /** Milliseconds since 1970, half open; `to` null: until it is ended. */
  from: number;
  to: number | null;
}

export type Lever =
  | { kind: 'disable' }
  | { kind: 'fallback'; to: Fallback }
  | { kind: 'disableTool'; tool: string }
  /** A reverted or derived release in place of what the stage holds. */
  | { kind: 'serve'; releaseId: string };

export type Fallback = 'search' | 'templates' | 'people';

/** What the contract promises where nothing can be served. */
export interface FailureBehaviour {
  action: FailureAction;
  fallback: Fallback | null;
}

export type FailureAction = 'ask' | 'abstain' | 'fallback' | 'escalate';
