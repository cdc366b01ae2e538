import { gatingSuites, seenIn, type PooledSuite } from '../eval-evidence.js';
import type { Facts } from '../readiness.facts.js';
import type { Rule } from '../rule.js';
import { stageMeant } from '../../checklist/checklist.domain.js';

/** What a first release cannot have yet; internal users supply it, so it is asked for from the second stage on. */
const afterInternal = ['past_failure', 'historical'];

/** The largest number of cases that one completed run has of a category: repeated runs add no cases to a set. */
const casesIn = (pool: PooledSuite, category: string) =>
  Math.max(0, ...pool.runs.map((run) => run.aggregates.categories[category]?.cases ?? 0));

function isEnteringInternal({ stages, stage }: Facts): boolean {
  return (
    stageMeant(
      'internal',
      stages.map((one) => one.key),
    ) === stage.key
  );
}

/** EV-1: the eval set holds every category that its suites ask for, in the number they ask for. */
export const ev1: Rule = (facts) => {
  const pools = gatingSuites(facts.suites);
  const spared = facts.firstRelease && isEnteringInternal(facts) ? afterInternal : [];
  const asked = pools.flatMap((pool) =>
    Object.entries(pool.suite.definition.minCasesPerCategory)
      .filter(([category, least]) => least > 0 && !spared.includes(category))
      .map(([category, least]) => ({ category, least, found: casesIn(pool, category) })),
  );
  const place = { to: 'evals' } as const;
  if (asked.length === 0)
    return { status: 'fail', reason: 'No eval suite says how many cases of which category it needs', place };
  const runs = pools.flatMap((pool) => pool.runs);
  const short = asked.filter(({ found, least }) => found < least);
  const seen = {
    measured: asked.map(({ category, found }) => `${category} ${String(found)}`).join(', '),
    required: asked.map(({ category, least }) => `${category} ${String(least)}`).join(', '),
    ...seenIn(facts.workflowId, runs),
    ages: true,
    place,
  };
  if (runs.length === 0)
    return {
      status: 'pending',
      reason: 'No completed eval run of this release shows what the set holds',
      ...seen,
    };
  if (short.length > 0) {
    return {
      status: 'fail',
      reason: `Too few cases of ${short.map(({ category }) => category).join(', ')}`,
      ...seen,
    };
  }
  return {
    status: 'pass',
    reason:
      'The eval set holds every category that its suites ask for' +
      (spared.length > 0 ? '; past failures and historical cases are asked for from the next stage on' : ''),
    ...seen,
  };
};
