import type { GateMetric } from '../../modules/evals/evals.schema.js';

/** A gate metric between 0 and 1 where more is better. */
export function gateMetricOf(
  name: string,
  threshold: number,
  tolerance = 0.02,
  modelGraded = false,
): GateMetric {
  return {
    name,
    description: '',
    comparator: 'gte',
    threshold,
    greaterIsBetter: true,
    minSamples: 40,
    tolerance,
    modelGraded,
  };
}
