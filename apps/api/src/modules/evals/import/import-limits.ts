export interface ImportLimits {
  /** Bytes of the whole file. */
  maxBytes: number;
  /** Objects and arrays inside each other. */
  maxDepth: number;
  /** Characters of one string, one key or one number, wherever it stands. */
  maxStringLength: number;
  /** Cases in one file, over all of its runs. */
  maxCases: number;
  /** Characters that one case may take in memory, with 16 for every value in it. */
  maxCaseSize: number;
  /** Runs (prompts) in one file. */
  maxRuns: number;
  /** Different categories, metrics, statuses or plugins in one run: they are kept per run, not per case. */
  maxNames: number;
}

export const importLimits: ImportLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxDepth: 64,
  maxStringLength: 8 * 1024 ** 2,
  maxCases: 1_000_000,
  maxCaseSize: 16 * 1024 ** 2,
  maxRuns: 100,
  maxNames: 500,
};
