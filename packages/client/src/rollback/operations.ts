/** Of the registry's GraphQL, what the command asks; every field of it is open to keys of scope narrow. */
export interface Lever {
  kind: string;
  to: string | null;
  releaseId: string | null;
  digest: string | null;
  step: string | null;
  promptVersionId: string | null;
  modelConfigVersionId: string | null;
  tool: string | null;
}

export interface OnCall {
  workflow: { id: string; fullKey: string; name: string };
  version: { incarnation: number; epoch: number };
  serving: { stageKey: string; alias: string | null; effectiveOutcome: string }[];
  lastRollback: { id: string; number: number } | null;
  /** Not resolved. */
  openIncidents: { id: string; number: number; title: string }[];
}
export const onCallQuery = `query OnCall($key: String!) { onCall(workflow: $key) {
  workflow { id fullKey name } version { incarnation epoch }
  serving { stageKey alias effectiveOutcome }
  lastRollback { id number } openIncidents { id number title }
} }`;

export interface Preview {
  stages: {
    stageKey: string;
    /** What is served now. */
    before: string;
    leavesAlias: string | null;
    getsAlias: string | null;
    getsDigest: string | null;
    outcome: string;
  }[];
  shareOfTraffic: number | null;
  instances: number | null;
  notRolledBack: { what: string; why: string }[];
  warnings: { code: string; message: string }[];
  blockers: { code: string; message: string }[];
  levers: Lever[];
  leavesReleaseId: string | null;
  recommendation: { kind: string; reason: string } | null;
}
const lever = 'kind to releaseId digest step promptVersionId modelConfigVersionId tool';
export const previewQuery = `query Preview($input: RollbackPreviewInput!) { rollbackPreview(input: $input) {
  stages { stageKey before leavesAlias getsAlias getsDigest outcome } shareOfTraffic instances
  notRolledBack { what why } warnings { code message } blockers { code message }
  levers { ${lever} } leavesReleaseId recommendation { kind reason }
} }`;

export interface Triggered {
  rollbackTrigger: {
    rollback: { id: string; number: number; incarnation: number; epoch: number } | null;
    userErrors: { code: string; message: string }[];
  };
}
export const triggerMutation = `mutation Trigger($input: RollbackTriggerInput!) { rollbackTrigger(input: $input) {
  rollback { id number incarnation epoch } userErrors { code message }
} }`;

export interface Effect {
  state: 'asked' | 'applied' | 'confirmed';
  expected: number;
  confirmed: number;
  slowestMs: number | null;
  silent: number;
  stragglers: {
    instanceId: string;
    application: string;
    servesIncarnation: number;
    servesEpoch: number;
    silent: boolean;
  }[];
  byOfrep: { expected: number; fetched: number };
  unhonoured: { instanceId: string; application: string; levers: string[] }[];
}
export const effectQuery = `query Effect($id: ID!) { rollback(id: $id) { effect {
  state expected confirmed slowestMs silent byOfrep { expected fetched }
  stragglers { instanceId application servesIncarnation servesEpoch silent }
  unhonoured { instanceId application levers }
} } }`;

/** What can be named to go back to, where this would be done; a lever that names no release gets the last good one. */
export const targetsQuery = `query Targets($input: RollbackPreviewInput!) { rollbackPreview(input: $input) {
  targets { id number alias digest whyNot } levers { releaseId }
} }`;
export interface Target {
  id: string;
  number: number;
  alias: string;
  digest: string;
  whyNot: string | null;
}
export interface Targets {
  rollbackPreview: { targets: Target[]; levers: { releaseId: string | null }[] };
}
