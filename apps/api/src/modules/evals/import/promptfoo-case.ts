import { hash } from 'node:crypto';
import { canonicalJson } from '../../../platform/digest/digest.js';
import { severities } from '../evals.schema.js';
import { fileRefusal, type FilePath } from './file-refusal.js';
import type { CaseOutcome, MeasuredCase, Severity } from './imported-run.js';
import type { PromptfooRow } from './promptfoo.schema.js';
import { promptfooMetrics } from './promptfoo-metrics.js';
import { reasonExcerpt } from './reason-excerpt.js';

/**
 * Only `failureReason` tells a failed assertion (1) from an error (2): a failed assertion sets `error` too.
 * A file without it is read by what it lacks: a row that was never graded is an error.
 */
export const promptfooOutcome = (row: PromptfooRow): CaseOutcome => {
  switch (row.failureReason) {
    case undefined:
    case null:
      return row.success ? 'pass' : row.gradingResult ? 'fail' : 'error';
    case 0:
      return row.success ? 'pass' : 'fail';
    case 1:
      return 'fail';
    default:
      return 'error';
  }
};

/** `place` is where the row stands in the file. @throws Refusal FILE_INVALID */
export const promptfooCase = (row: PromptfooRow, place: FilePath): MeasuredCase => {
  const metadata = { ...row.metadata, ...row.testCase?.metadata };
  const text = (key: string, longest: number): string | null => {
    const value = metadata[key];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    if (String(value).length <= longest) return String(value) || null;
    const at = [...place, 'testCase', 'metadata', key];
    throw fileRefusal(`This is longer than ${String(longest)} characters`, at);
  };
  const metrics = promptfooMetrics(row);
  const outcome = metrics === null ? 'error' : promptfooOutcome(row);
  const grade = reasonExcerpt(row.gradingResult?.reason ?? row.error);
  return {
    caseId: text('caseId', 300) ?? `test-${String(row.testIdx ?? place.at(-1))}`,
    repeat: 0,
    category: text('category', 100),
    tags: Array.isArray(metadata['tags']) ? tagsOf(metadata['tags']) : [],
    outcome,
    score: row.score ?? null,
    metrics: metrics ?? [],
    expectedStatus: text('expectedStatus', 200),
    severity: severityOf(metadata['severity']),
    latencyMs: row.latencyMs === null || row.latencyMs === undefined ? null : Math.round(row.latencyMs),
    costUsd: row.cost ?? null,
    inputDigest: digestOrNull(row.vars),
    outputDigest: digestOrNull(row.response?.output),
    reason: metrics === null ? 'A score is missing' : outcome === 'pass' ? null : grade,
    pluginId: text('pluginId', 200),
    tokensIn: row.tokenUsage?.prompt ?? null,
    tokensOut: row.tokenUsage?.completion ?? null,
  };
};

/** The digest that the case's metadata names, which `defaultTest.metadata` sets for all; null where there is none. */
export const evalDigestOf = (row: PromptfooRow): unknown =>
  row.testCase?.metadata?.['holdpointEvalDigest'] ?? row.metadata?.['holdpointEvalDigest'] ?? null;

const severityOf = (value: unknown): Severity | null => severities.find((one) => one === value) ?? null;

const tagsOf = (values: unknown[]): string[] =>
  values.filter((tag) => typeof tag === 'string' && tag.length <= 100).slice(0, 50) as string[];

const digestOrNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : `sha256:${hash('sha256', canonicalJson(value), 'hex')}`;
