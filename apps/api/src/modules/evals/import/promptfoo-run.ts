import { evalDigest } from '../evals.schema.js';
import type { FilePath } from './file-refusal.js';
import type { ImportContext, ImportedRun, StagedCase } from './imported-run.js';
import { parsePicked } from './parse-picked.js';
import { evalDigestOf, promptfooCase } from './promptfoo-case.js';
import type { PromptfooPrompt, PromptfooRow } from './promptfoo.schema.js';
import { RunTally } from './run-tally.js';
import { totalDifferences } from './total-differences.js';

/** Different digests kept of one run: two are enough to know that they disagree. */
const digestsKept = 2;

/** The cases of one entry of `prompts[]`: one prompt with one provider. */
export class PromptfooRun {
  readonly id: string;
  readonly tally: RunTally;
  private readonly digests = new Set<string>();
  /** Sums as promptfoo keeps them, weighted, to hold against those in the file. */
  private readonly weighted = new Map<string, number>();

  constructor(
    private readonly index: number,
    private readonly context: ImportContext,
  ) {
    this.id = context.newId();
    this.tally = new RunTally(context.limits.maxNames);
  }

  add(row: PromptfooRow, place: FilePath): StagedCase {
    const { pluginId, tokensIn, tokensOut, ...one } = promptfooCase(row, place);
    const index = this.tally.totals.cases;
    this.tally.add({ pluginId, tokensIn, tokensOut, ...one }, place);
    const digest = evalDigestOf(row);
    if (digest !== null && this.digests.size < digestsKept) {
      this.digests.add(parsePicked(evalDigest, digest, [...place, 'metadata', 'holdpointEvalDigest']));
    }
    for (const [name, score] of Object.entries(row.namedScores ?? {})) {
      const weights = row.gradingResult?.namedScoreWeights ?? {};
      const weight = Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1;
      this.weighted.set(name, (this.weighted.get(name) ?? 0) + (score ?? 0) * weight);
    }
    return { runId: this.id, index, ...one };
  }

  finish(
    prompt: PromptfooPrompt,
    file: Pick<ImportedRun, 'sourceVersion' | 'startedAt' | 'finishedAt'>,
  ): ImportedRun {
    const label = promptLabel(prompt, this.index);
    const provider = (prompt.provider ?? '').slice(0, 200);
    const kind = this.context.kind ?? (this.tally.attacks ? 'redteam' : 'regular');
    const took =
      file.startedAt && file.finishedAt ? file.finishedAt.getTime() - file.startedAt.getTime() : null;
    const ownDigest = prompt.config?.holdpointEvalDigest ?? null;
    if (ownDigest !== null) this.digests.add(ownDigest);
    return {
      ...file,
      id: this.id,
      promptIndex: this.index,
      promptLabel: label,
      label: provider === '' ? label : `${label} · ${provider}`,
      evalDigests: [...this.digests].sort(),
      promptNamesDigest: ownDigest !== null,
      kind,
      status: 'completed',
      durationMs: took,
      totals: this.tally.totals,
      aggregates: this.tally.aggregates(kind),
      flags: this.flags(prompt),
      tokensIn: this.tally.tokensIn,
      tokensOut: this.tally.tokensOut,
      costUsd: this.tally.costUsd,
    };
  }

  private flags(prompt: PromptfooPrompt): string[] {
    const { totals } = this.tally;
    if (totals.cases === 0) return ['No case in the file is of this prompt'];
    const { testPassCount: passed, testFailCount: failed, testErrorCount: errored } = prompt.metrics ?? {};
    const sums = Object.entries(prompt.metrics?.namedScores ?? {}).flatMap(([name, stated]) => {
      const own = this.weighted.get(name) ?? 0;
      const same = stated !== null && Math.abs(stated - own) <= 1e-6 * Math.max(1, Math.abs(own));
      return same
        ? []
        : [
            `The file's sum for ${name.slice(0, 100)} is ${String(stated)}; its cases add up to ${String(own)}`,
          ];
    });
    return [...totalDifferences('this prompt', { passed, failed, errored }, totals), ...sums];
  }
}

/** A prompt without a label of its own has its text for one; that is not kept. */
const promptLabel = (prompt: PromptfooPrompt, index: number): string => {
  const label = (prompt.label ?? '').trim();
  const isText = label.includes('\n') || label.includes('{{') || label.length > 100 || label === prompt.raw;
  return label === '' || isText ? `prompt ${String(index + 1)}` : label;
};
