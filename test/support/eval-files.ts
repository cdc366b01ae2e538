import { readFileSync } from 'node:fs';
import { Refusal } from '../../apps/api/src/platform/refusal/refusal.js';
import { importLimits, type ImportLimits } from '../../apps/api/src/modules/evals/import/import-limits.js';
import type { ImportedRun, StagedCase } from '../../apps/api/src/modules/evals/import/imported-run.js';
import { runImport } from '../../apps/api/src/modules/evals/import/run-import.js';
import type { UploadFormat } from '../../apps/api/src/modules/evals/evals-input.schema.js';
import type { RunKind } from '../../apps/api/src/modules/evals/evals.schema.js';

/** A result file that promptfoo wrote. */
export const promptfooFile = (name: 'gate-pass' | 'mixed' | 'redteam'): Buffer =>
  readFileSync(new URL(`files/promptfoo/${name}.results.json`, import.meta.url));

export interface ReadOptions {
  limits?: Partial<ImportLimits>;
  kind?: RunKind;
  /** Bytes given to the importer at once. */
  piece?: number;
}

export interface ReadFile {
  cases: StagedCase[];
  runs: ImportedRun[];
}

/** Reads a whole file piece by piece. @throws what the importer throws */
export const readRuns = (
  format: UploadFormat,
  file: Uint8Array | string,
  options: ReadOptions = {},
): ReadFile => {
  let ids = 0;
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const piece = options.piece ?? 65_536;
  const importer = runImport(format, {
    newId: () => `run-${String(ids++)}`,
    kind: options.kind ?? null,
    limits: { ...importLimits, ...options.limits },
  });
  const cases: StagedCase[] = [];
  for (let at = 0; at < bytes.length; at += piece)
    cases.push(...importer.push(bytes.subarray(at, at + piece)));
  const end = importer.end();
  return { cases: [...cases, ...end.cases], runs: end.runs };
};

export const plainFile = (cases: object[], header: object = {}): string =>
  JSON.stringify({ holdpoint: 'eval-run@1', ...header, cases });

/** A promptfoo file of one prompt, made here to have exactly one peculiarity. */
export const promptfooText = (
  rows: object[],
  more: { prompts?: object[]; results?: object; top?: object } = {},
): string =>
  JSON.stringify({
    evalId: 'eval-made-here',
    results: {
      version: 3,
      timestamp: '2026-11-20T10:00:00.000Z',
      prompts: more.prompts ?? [{ label: 'made here', provider: 'echo' }],
      results: rows.map((row) => ({
        promptIdx: 0,
        testIdx: 0,
        success: true,
        score: 1,
        failureReason: 0,
        ...row,
      })),
      ...more.results,
    },
    ...more.top,
  });

/** A case of a plain run that passes. */
export const passing = (caseId: string) => ({
  caseId,
  outcome: 'pass',
  metrics: [{ name: 'groundedness', score: 1 }],
});

/** What an importer says of a file that it refuses. @throws when the file is taken */
export const refused = (format: UploadFormat, file: Uint8Array | string, options?: ReadOptions): Refusal => {
  try {
    readRuns(format, file, options);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The file was taken');
};

/** Code, place and message of the first thing that is wrong with a file. */
export const said = (format: UploadFormat, file: Uint8Array | string, options?: ReadOptions) => {
  const [error] = refused(format, file, options).errors;
  return [error?.code, error?.field?.join('.'), error?.message];
};
