import { plainCase, plainRunHeader, type PlainCase } from '../evals.schema.js';
import { fileRefusal, tooLarge } from './file-refusal.js';
import type { ImportContext, ImportedRun, MeasuredCase, RunImport, StagedCase } from './imported-run.js';
import { parsePicked } from './parse-picked.js';
import { reasonExcerpt } from './reason-excerpt.js';
import { RunTally } from './run-tally.js';
import { SelectedValues } from './selected-values.js';
import { list, onlyKeys, pick } from './selection.js';
import { totalDifferences } from './total-differences.js';
import type { Picked } from './value-picker.js';

const headerKeys = Object.keys(plainRunHeader.shape);
const selection = onlyKeys({
  ...Object.fromEntries(headerKeys.map((key) => [key, pick(key)])),
  cases: list(pick('cases')),
});

/** Reads `eval-run@1`, the plain documented JSON: one run. */
export class PlainImport implements RunImport {
  private readonly values: SelectedValues;
  private readonly header: Record<string, unknown> = {};
  private readonly tally: RunTally;
  private readonly runId: string;

  constructor(private readonly context: ImportContext) {
    this.values = new SelectedValues(selection, context.limits);
    this.tally = new RunTally(context.limits.maxNames);
    this.runId = context.newId();
  }

  push(chunk: Uint8Array): StagedCase[] {
    return this.cases(this.values.push(chunk));
  }

  end(): { cases: StagedCase[]; runs: ImportedRun[] } {
    const cases = this.cases(this.values.end());
    return { cases, runs: [this.run()] };
  }

  private cases(picked: Picked[]): StagedCase[] {
    return picked.flatMap((one) => {
      if (one.name === 'cases') return [this.stage(one)];
      this.header[one.name] = one.value;
      return [];
    });
  }

  private stage({ value, place }: Picked): StagedCase {
    const index = this.tally.totals.cases;
    if (index >= this.context.limits.maxCases) {
      throw tooLarge(`More than ${String(this.context.limits.maxCases)} cases`, place);
    }
    const { pluginId, tokensIn, tokensOut, ...row } = measured(parsePicked(plainCase, value, place));
    this.tally.add({ pluginId, tokensIn, tokensOut, ...row }, place);
    return { runId: this.runId, index, ...row };
  }

  private run(): ImportedRun {
    const header = parsePicked(plainRunHeader, this.header, []);
    const { totals } = this.tally;
    if (totals.cases === 0) throw fileRefusal('The run has no cases', ['cases']);
    const kind = this.context.kind ?? header.kind ?? (this.tally.attacks ? 'redteam' : 'regular');
    const startedAt = header.startedAt === undefined ? null : new Date(header.startedAt);
    const finishedAt = header.finishedAt === undefined ? null : new Date(header.finishedAt);
    const took = startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
    if (took !== null && took < 0) throw fileRefusal('The run ends before it starts', ['finishedAt']);
    return {
      id: this.runId,
      promptIndex: 0,
      promptLabel: header.label,
      label: header.label,
      evalDigests: header.evalDigest === undefined ? [] : [header.evalDigest],
      promptNamesDigest: header.evalDigest !== undefined,
      kind,
      sourceVersion: '1',
      status: header.status,
      startedAt,
      finishedAt,
      durationMs: took,
      totals,
      aggregates: this.tally.aggregates(kind),
      flags: totalDifferences('the run', header.totals ?? {}, totals),
      tokensIn: this.tally.tokensIn,
      tokensOut: this.tally.tokensOut,
      costUsd: this.tally.costUsd,
    };
  }
}

const measured = (one: PlainCase): MeasuredCase => ({
  caseId: one.caseId,
  repeat: one.repeat,
  category: one.category ?? null,
  tags: one.tags,
  outcome: one.outcome,
  score: one.score ?? null,
  metrics: one.metrics.map((metric) => ({ ...metric, ...excerpt(metric.reason) })),
  expectedStatus: one.expectedStatus ?? null,
  severity: one.severity ?? null,
  latencyMs: one.latencyMs === undefined ? null : Math.round(one.latencyMs),
  costUsd: one.costUsd ?? null,
  inputDigest: one.inputDigest ?? null,
  outputDigest: one.outputDigest ?? null,
  reason: reasonExcerpt(one.reason),
  pluginId: one.pluginId ?? null,
  tokensIn: one.tokensIn ?? null,
  tokensOut: one.tokensOut ?? null,
});

const excerpt = (reason: string | undefined): { reason?: string } => {
  const text = reasonExcerpt(reason);
  return text === null ? {} : { reason: text };
};
