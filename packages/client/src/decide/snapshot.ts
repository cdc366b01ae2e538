/** What one workflow serves, compiled for the runtime. Versions are ordered by incarnation, then epoch, and only grow. */
export interface Snapshot {
  workflowId: string;
  /** team.workflow */
  key: string;
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

export interface SnapshotRelease {
  id: string;
  digest: string;
  alias: string;
  /** Left by a rollback: served nowhere until it is cleared. */
  quarantined: boolean;
  autonomyMode: AutonomyMode;
  tools: readonly { name: string; effect: ToolEffect }[];
}

/** What a rollback lays over the stages. */
export interface SnapshotOverlay {
  id: string;
  /** Keys of stages; null: all of them. */
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

export interface FailureBehaviour {
  action: string;
  fallback: Fallback | null;
}
