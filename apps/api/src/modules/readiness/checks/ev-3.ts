import { compareRuns } from '../../evals/evals.domain.js';
import { gatingSuites, seenIn, suiteName } from '../eval-evidence.js';
import type { Rule } from '../rule.js';

const figure = (value: number | null) =>
  value === null ? 'not measured' : value.toFixed(3).replace(/0$/, '');

/** EV-3: no gate metric is worse than that of what is live, by more than its tolerance, on the same suite version. */
export const ev3: Rule = ({ suites, baseline, release, workflowId }) => {
  const place = { to: 'evals' } as const;
  if (!baseline) return { status: 'not_applicable', reason: 'Nothing is live to be compared with', place };
  const pools = gatingSuites(suites);
  if (pools.length === 0) return { status: 'pending', reason: 'There is no eval suite to compare on', place };
  const runs = pools.flatMap((pool) => pool.runs);
  const seen = { ...seenIn(workflowId, runs), place };
  const compared = pools.map((pool) => ({
    name: suiteName(pool.suite),
    hasRuns: pool.runs.length > 0,
    hasBaseline: pool.suite.baseline !== null,
    metrics: compareRuns(
      pool.suite.definition,
      pool.runs.length > 0 ? pool.aggregates : null,
      pool.suite.baseline,
    ),
  }));
  const unrun = compared.filter((one) => !one.hasRuns);
  if (unrun.length > 0) {
    return {
      status: 'pending',
      reason: `Release #${String(release.number)} has no completed run of ${unrun.map((one) => one.name).join(', ')}`,
      ...seen,
    };
  }
  const metrics = compared.flatMap((one) => one.metrics);
  const told = {
    measured: metrics
      .map((m) => `${m.metric} ${figure(m.candidate)} against ${figure(m.baseline)}`)
      .join('; '),
    required: metrics.map((m) => `${m.metric} worse by at most ${String(m.tolerance)}`).join('; '),
    ...seen,
  };
  const regressions = metrics.filter((metric) => metric.regression);
  if (regressions.length > 0) {
    return {
      status: 'fail',
      reason: `Worse than release #${String(baseline.number)}: ${regressions.map((m) => m.metric).join(', ')}`,
      ...told,
    };
  }
  const unknown = compared.filter(
    (one) => !one.hasBaseline || one.metrics.some((metric) => metric.delta === null),
  );
  if (unknown.length > 0) {
    return {
      status: 'pending',
      reason: `Release #${String(baseline.number)}, which is live, was not measured on ${unknown.map((one) => one.name).join(', ')}`,
      ...told,
    };
  }
  return {
    status: 'pass',
    reason: `No gate metric is worse than that of release #${String(baseline.number)} by more than its tolerance`,
    ...told,
  };
};
