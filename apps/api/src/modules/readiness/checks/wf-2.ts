import { counted, type Rule } from '../rule.js';

/** WF-2: success metrics with comparator, threshold, sample size and a place where they are measured. */
export const wf2: Rule = ({ core, suites }) => {
  const metrics = core.content.successMetrics;
  const gated = new Set(suites.flatMap((suite) => suite.definition.metrics.map((metric) => metric.name)));
  const unmeasured = metrics.filter((metric) => metric.source === 'eval' && !gated.has(metric.name));
  const place = { to: 'contract', field: 'core.successMetrics' } as const;
  if (metrics.length === 0) return { status: 'fail', reason: 'The contract names no success metric', place };
  if (unmeasured.length > 0) {
    return {
      status: 'fail',
      reason: `No eval suite gates on ${unmeasured.map((metric) => metric.name).join(', ')}`,
      measured: suites.length === 0 ? 'no eval suite' : `gate metrics: ${[...gated].sort().join(', ')}`,
      required: 'every metric measured by evals is a gate metric of a suite',
      place: { to: 'evals' },
    };
  }
  return {
    status: 'pass',
    reason: `${counted(metrics.length, 'success metric')}, each with a threshold and a place where it is measured`,
    measured: metrics.map((metric) => metric.name).join(', '),
    evaluatedFrom: core.createdAt,
    place,
  };
};
