import type { RunTotals } from '../evals.domain.js';
import type { caseOutcomes, RunAggregates, RunKind, runStatuses, severities } from '../evals.schema.js';
import type { ImportLimits } from './import-limits.js';

export type CaseOutcome = (typeof caseOutcomes)[number];
export type Severity = (typeof severities)[number];

export interface StagedMetric {
  name: string;
  score: number;
  pass?: boolean;
  threshold?: number;
  reason?: string;
}

/** One row of eval_case; staged before its run exists. */
export interface StagedCase {
  runId: string;
  /** Place in the run, from 0. */
  index: number;
  caseId: string;
  repeat: number;
  category: string | null;
  tags: string[];
  outcome: CaseOutcome;
  score: number | null;
  metrics: StagedMetric[];
  expectedStatus: string | null;
  severity: Severity | null;
  latencyMs: number | null;
  costUsd: number | null;
  inputDigest: string | null;
  outputDigest: string | null;
  reason: string | null;
}

/** A case with what only the run's aggregates keep of it. */
export interface MeasuredCase extends Omit<StagedCase, 'runId' | 'index'> {
  pluginId: string | null;
  tokensIn: number | null;
  tokensOut: number | null;
}

export interface ImportedRun {
  id: string;
  /** Place of the prompt in the file, from 0; always 0 in a plain file. */
  promptIndex: number;
  /** The prompt's own name, to choose runs of a file by; '' where it has none. */
  promptLabel: string;
  label: string;
  /** Eval digests that the file names for this run; it counts only when that is one, or none and a release is given. */
  evalDigests: string[];
  /** Whether one of them stands at the prompt itself, not only at its cases. */
  promptNamesDigest: boolean;
  kind: RunKind;
  sourceVersion: string;
  status: (typeof runStatuses)[number];
  startedAt: Date | null;
  finishedAt: Date | null;
  durationMs: number | null;
  totals: RunTotals;
  aggregates: RunAggregates;
  /** Differences between the file's own totals and what its cases add up to. */
  flags: string[];
  tokensIn: number | null;
  tokensOut: number | null;
  costUsd: number | null;
}

export interface ImportContext {
  newId: () => string;
  /** What the upload says the runs are; null to go by the file. */
  kind: RunKind | null;
  limits: ImportLimits;
}

/** Reads one result file, piece by piece. Every method throws Refusal FILE_INVALID or FILE_TOO_LARGE. */
export interface RunImport {
  push(chunk: Uint8Array): StagedCase[];
  end(): { cases: StagedCase[]; runs: ImportedRun[] };
}
