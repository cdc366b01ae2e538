import { poolTotals } from '../evals.domain.js';
import { fileRefusal, tooLarge } from './file-refusal.js';
import type { ImportContext, ImportedRun, RunImport, StagedCase } from './imported-run.js';
import { parsePicked } from './parse-picked.js';
import {
  promptfooMetadata,
  promptfooPrompt,
  promptfooRow,
  promptfooSelection,
  promptfooStats,
  type PromptfooPrompt,
} from './promptfoo.schema.js';
import { PromptfooRun } from './promptfoo-run.js';
import { SelectedValues } from './selected-values.js';
import { totalDifferences } from './total-differences.js';
import type { Picked } from './value-picker.js';

/** Reads a promptfoo result file, version 3: one run for every entry of `results.prompts`. */
export class PromptfooImport implements RunImport {
  private readonly values: SelectedValues;
  private readonly parts = new Map<string, unknown>();
  private readonly prompts: PromptfooPrompt[] = [];
  private readonly runs = new Map<number, PromptfooRun>();
  private cases = 0;

  constructor(private readonly context: ImportContext) {
    this.values = new SelectedValues(promptfooSelection, context.limits);
  }

  push(chunk: Uint8Array): StagedCase[] {
    return this.take(this.values.push(chunk));
  }

  end(): { cases: StagedCase[]; runs: ImportedRun[] } {
    const cases = this.take(this.values.end());
    if (!this.parts.has('version')) {
      throw fileRefusal('This is not a promptfoo result file: it has no version', ['results', 'version']);
    }
    if (this.prompts.length === 0) throw fileRefusal('The file has no prompts', ['results', 'prompts']);
    if (this.cases === 0) throw fileRefusal('The file has no cases', ['results', 'results']);
    const beyond = [...this.runs.keys()].find((index) => index >= this.prompts.length);
    if (beyond !== undefined) {
      throw fileRefusal(`A case is of prompt ${String(beyond)}, which is not there`, ['results', 'prompts']);
    }
    return { cases, runs: this.finished() };
  }

  private take(picked: Picked[]): StagedCase[] {
    return picked.flatMap((one) => {
      if (one.name === 'row') return [this.row(one)];
      if (one.name === 'prompt') this.prompt(one);
      else if (one.name === 'version' && one.value !== 3) {
        throw fileRefusal('Only version 3 of promptfoo result files is read', one.place);
      } else this.parts.set(one.name, one.value);
      return [];
    });
  }

  private prompt({ value, place }: Picked): void {
    const { maxRuns } = this.context.limits;
    if (this.prompts.length >= maxRuns) throw tooLarge(`More than ${String(maxRuns)} prompts`, place);
    this.prompts.push(parsePicked(promptfooPrompt, value, place));
  }

  private row({ value, place }: Picked): StagedCase {
    const { maxCases, maxRuns } = this.context.limits;
    const row = parsePicked(promptfooRow, value, place);
    if (this.cases >= maxCases) throw tooLarge(`More than ${String(maxCases)} cases`, place);
    if (row.promptIdx >= maxRuns)
      throw tooLarge(`More than ${String(maxRuns)} prompts`, [...place, 'promptIdx']);
    this.cases += 1;
    return this.run(row.promptIdx).add(row, place);
  }

  private run(index: number): PromptfooRun {
    const run = this.runs.get(index) ?? new PromptfooRun(index, this.context);
    this.runs.set(index, run);
    return run;
  }

  private finished(): ImportedRun[] {
    const metadata = parsePicked(promptfooMetadata, this.parts.get('metadata') ?? {}, ['metadata']);
    const stats = parsePicked(promptfooStats, this.parts.get('stats') ?? {}, ['results', 'stats']);
    const startedAt = moment(this.parts.get('timestamp')) ?? moment(metadata.evaluationCreatedAt);
    const took = stats.durationMs ?? null;
    const file = {
      sourceVersion: metadata.promptfooVersion ?? '',
      startedAt,
      finishedAt: startedAt && took !== null ? moment(new Date(startedAt.getTime() + took)) : null,
    };
    const runs = this.prompts.map((prompt, index) => this.run(index).finish(prompt, file));
    const stated = { passed: stats.successes, failed: stats.failures, errored: stats.errors };
    const differences = totalDifferences('the whole file', stated, poolTotals(runs.map((run) => run.totals)));
    return runs.map((run) => ({ ...run, flags: [...run.flags, ...differences] }));
  }
}

/** null for what is no moment between the years 2000 and 2200. */
const moment = (value: unknown): Date | null => {
  if (typeof value !== 'string' && !(value instanceof Date)) return null;
  const date = new Date(value);
  const year = Number.isNaN(date.getTime()) ? 0 : date.getUTCFullYear();
  return year >= 2000 && year < 2200 ? date : null;
};
