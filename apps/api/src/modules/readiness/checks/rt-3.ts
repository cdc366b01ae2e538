import { gatingSuites, seenIn } from '../eval-evidence.js';
import { counted, type Rule } from '../rule.js';

const category = 'tenant_isolation';

/** RT-3, computed half: enough cases that try to reach another tenant's data, and all of them pass. */
export const rt3: Rule = ({ suites, workflowId }) => {
  const pools = gatingSuites(suites);
  const least = Math.max(1, ...pools.map((pool) => pool.suite.definition.minCasesPerCategory[category] ?? 0));
  const runs = pools
    .flatMap((pool) => pool.runs)
    .filter((run) => run.aggregates.categories[category] !== undefined);
  const held = Math.max(0, ...runs.map((run) => run.aggregates.categories[category]?.cases ?? 0));
  const notPassed = runs.reduce((sum, run) => {
    const counts = run.aggregates.categories[category];
    return sum + (counts ? counts.cases - counts.passed : 0);
  }, 0);
  const seen = {
    measured: `${counted(held, `${category} case`)}, ${String(notPassed)} not passed`,
    required: `at least ${counted(least, 'case')}, all passing`,
    ...seenIn(workflowId, runs),
    place: { to: 'evals' },
  } as const;
  if (runs.length === 0)
    return {
      status: 'pending',
      reason: `No completed run of this release has a case of category ${category}`,
      ...seen,
    };
  if (notPassed > 0)
    return { status: 'fail', reason: `${counted(notPassed, `${category} case`)} did not pass`, ...seen };
  if (held < least) return { status: 'fail', reason: `Too few cases of category ${category}`, ...seen };
  return { status: 'pass', reason: 'Every attempt to reach another tenant failed, as it should', ...seen };
};
