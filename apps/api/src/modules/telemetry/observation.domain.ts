import type { HonouredLever } from '@holdpoint/client/report/heartbeat.schema.js';

/** What an instance says that a stage gets from it: a release, and by step the digests of prompt and model. */
export interface Serving {
  stage: string | null;
  release: string;
  prompts: Readonly<Record<string, string>>;
  models: Readonly<Record<string, string>>;
}

export const driftKinds = ['release', 'prompt', 'model'] as const;
export type DriftKind = (typeof driftKinds)[number];

/** A digest that was reported and not served. */
export interface Drift {
  kind: DriftKind;
  reported: string;
}

/** What is known of one running instance for one workflow, from its latest report or from what it last fetched. */
export interface InstanceReport {
  workflowId: string;
  instanceId: string;
  keyId: string;
  environment: string;
  isPublic: boolean;
  via: 'sdk' | 'ofrep';
  application: string;
  sdk: string;
  levers: readonly HonouredLever[];
  /** Milliseconds since 1970 by the instance's clock. */
  startedAt: number;
  sentAt: number;
  incarnation: number;
  epoch: number;
  serves: readonly Serving[];
  isFallback: boolean;
  stopping: boolean;
  drift: readonly Drift[];
  /** Milliseconds of a clock of this process that never jumps. */
  receivedAt: number;
}

export interface CountReport {
  workflowId: string;
  /** Empty where no stage decided. */
  stageKey: string;
  /** Digest of the release, or disabled, fallback or failure. */
  served: string;
  source: 'sdk' | 'ofrep';
  requests: number;
  receivedAt: number;
}

/** An instance says for the first time that it serves this version. */
export interface AcknowledgementReport {
  workflowId: string;
  instanceId: string;
  incarnation: number;
  epoch: number;
  via: 'sdk' | 'ofrep';
  levers: readonly HonouredLever[];
  receivedAt: number;
}

type Ordered = Pick<
  InstanceReport,
  'startedAt' | 'incarnation' | 'epoch' | 'sentAt' | 'stopping' | 'receivedAt'
>;

/**
 * A clock that is set back by more than this was put right; a report that is late by more than this does not occur.
 * Milliseconds.
 */
export const latestAfter = 60_000;

/**
 * A report that comes by so much after another was sent after it, whatever the instance's clock says: a request is given
 * up sooner, and the next regular report is due later. Milliseconds.
 */
export const overtakenWithin = 8_000;

/**
 * Whether a report is to replace another of the same instance: versions never go back, whatever order they arrive in. Of
 * one version, what the instance's clock says counts only for what can have overtaken each other on the way; otherwise
 * one whose clock was set back would not be heard until that clock has caught up. A goodbye is the last that a run says,
 * whatever its clock said then, and is only taken back by what was surely sent after it.
 */
export function replaces(next: Ordered, known: Ordered): boolean {
  const order =
    next.startedAt - known.startedAt || next.incarnation - known.incarnation || next.epoch - known.epoch;
  if (order !== 0) return order > 0;
  if (next.sentAt >= known.sentAt || next.sentAt <= known.sentAt - latestAfter) return true;
  return !known.stopping && (next.stopping || next.receivedAt > known.receivedAt + overtakenWithin);
}
