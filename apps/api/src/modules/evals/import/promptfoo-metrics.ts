import type { StagedMetric } from './imported-run.js';
import type { PromptfooRow } from './promptfoo.schema.js';
import { reasonExcerpt } from './reason-excerpt.js';

type Component = NonNullable<
  NonNullable<NonNullable<PromptfooRow['gradingResult']>['componentResults']>[number]
>;

const mean = (parts: { score: number; weight: number }[]): number | null => {
  const weights = parts.reduce((sum, part) => sum + part.weight, 0);
  if (parts.length === 0) return null;
  if (weights <= 0) return parts.reduce((sum, part) => sum + part.score, 0) / parts.length;
  return parts.reduce((sum, part) => sum + part.score * part.weight, 0) / weights;
};

/**
 * The value of one metric in one case. Newer files give the weighted mean of its assertions and the weights
 * beside it. Older ones give no weights and a plain sum, and an assertion of weight 0 leaves a 0 that no
 * assertion gave: in both cases the mean is taken from the assertions themselves.
 */
const valueOf = (given: number, weight: number | undefined, components: Component[]): number => {
  if (weight !== undefined && weight > 0) return given;
  const parts = components.flatMap(({ score, assertion }) =>
    score === null || score === undefined ? [] : [{ score, weight: assertion?.weight ?? 1 }],
  );
  return mean(parts) ?? given;
};

/** Metrics of a row; null where a score is missing that should be there: the case then counts as an error. */
export const promptfooMetrics = (row: PromptfooRow): StagedMetric[] | null => {
  const grading = row.gradingResult;
  const components = (grading?.componentResults ?? []).filter((one) => one !== null);
  const metrics: StagedMetric[] = [];
  for (const [name, given] of Object.entries(row.namedScores ?? {})) {
    if (given === null) return null;
    const own = components.filter((one) => one.assertion?.metric === name);
    const weights = grading?.namedScoreWeights ?? {};
    const weight = Object.hasOwn(weights, name) ? weights[name] : undefined;
    metrics.push({ name, score: valueOf(given, weight, own), ...verdict(own) });
  }
  return metrics;
};

const verdict = (own: Component[]): Pick<StagedMetric, 'pass' | 'threshold' | 'reason'> => {
  if (own.length === 0) return {};
  const failed = own.find((one) => one.pass === false);
  const thresholds = new Set(own.map((one) => one.assertion?.threshold));
  const [threshold] = thresholds;
  const reason = reasonExcerpt(failed?.reason);
  return {
    pass: failed === undefined,
    ...(thresholds.size === 1 && typeof threshold === 'number' ? { threshold } : {}),
    ...(reason === null ? {} : { reason }),
  };
};
