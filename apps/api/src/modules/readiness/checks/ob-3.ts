import { gatingSuites, seenIn } from '../eval-evidence.js';
import type { RunFact } from '../readiness.facts.js';
import { counted, type Rule } from '../rule.js';

const usd = (value: number) => `${value.toFixed(4)} USD`;

/** Cost of all cases over what they bought; null unless every run knows its cost. */
function costOf(runs: readonly RunFact[]) {
  if (runs.length === 0 || runs.some((run) => run.costUsd === null)) return null;
  const total = runs.reduce((sum, run) => sum + (run.costUsd ?? 0), 0);
  const cases = runs.reduce((sum, run) => sum + run.cases, 0);
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  return {
    perRequest: cases === 0 ? Infinity : total / cases,
    perSuccess: passed === 0 ? Infinity : total / passed,
  };
}

/** OB-3, computed half: budgets are set, and the release kept to them in its evals. */
export const ob3: Rule = ({ budgets, suites, workflowId }) => {
  if (!budgets)
    return {
      status: 'fail',
      reason: 'The contract sets no budget for latency and cost',
      place: { to: 'contract', field: 'budgets' },
    };
  const limit = budgets.content;
  const pools = gatingSuites(suites);
  const runs = pools.flatMap((pool) => pool.runs);
  const samples = pools.reduce((sum, pool) => sum + pool.aggregates.latencySamples, 0);
  const slowest = pools.reduce<number | null>(
    (worst, { aggregates: { latencyP95Ms: p95 } }) => (p95 === null ? worst : Math.max(worst ?? 0, p95)),
    null,
  );
  const cost = costOf(runs);
  const budget = limit.costPerSuccessUsd;
  const seen = {
    required: `p95 at most ${String(limit.p95LatencyMs)} ms and ${budget === undefined ? `${usd(limit.costPerRequestUsd)} a request` : `${usd(budget)} a success`}, over ${counted(limit.minSamples, 'sample')}`,
    measured: `in evals: p95 ${slowest === null ? 'not measured' : `${String(Math.round(slowest))} ms over ${counted(samples, 'sample')}`}, ${cost ? `${usd(cost.perRequest)} a request, ${usd(cost.perSuccess)} a success` : 'cost not measured'}`,
    ...seenIn(workflowId, runs),
    ages: true,
    place: { to: 'evals' },
  } as const;
  if (slowest === null || cost === null) {
    return {
      status: 'pending',
      reason: 'The evals of this release do not say what it takes in time and money',
      ...seen,
    };
  }
  const over = [
    ...(slowest > limit.p95LatencyMs ? ['p95 latency'] : []),
    ...(cost.perRequest > limit.costPerRequestUsd ? ['cost per request'] : []),
    ...(budget !== undefined && cost.perSuccess > budget ? ['cost per success'] : []),
  ];
  if (over.length > 0)
    return { status: 'fail', reason: `Over budget in the evals: ${over.join(', ')}`, ...seen };
  if (samples < limit.minSamples)
    return {
      status: 'pending',
      reason: `Too few samples: ${String(samples)} of ${String(limit.minSamples)}`,
      ...seen,
    };
  return { status: 'pass', reason: 'Budgets are set, and the release keeps to them in its evals', ...seen };
};
