import type { RunTotals } from '../evals.domain.js';

const words: Record<keyof RunTotals, string> = {
  cases: 'cases',
  passed: 'passing cases',
  failed: 'failing cases',
  errored: 'cases with an error',
  skipped: 'skipped cases',
};

/** One sentence for every total that a file states and its cases do not add up to. */
export const totalDifferences = (
  whose: string,
  stated: Partial<Record<keyof RunTotals, number | null>>,
  counted: RunTotals,
): string[] =>
  (Object.keys(words) as (keyof RunTotals)[]).flatMap((key) => {
    const said = stated[key] ?? null;
    return said === null || said === counted[key]
      ? []
      : [`The file says ${String(said)} ${words[key]} for ${whose}; its cases are ${String(counted[key])}`];
  });
