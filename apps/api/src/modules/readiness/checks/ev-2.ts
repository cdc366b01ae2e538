import { errorRate, metricMeets } from '../../evals/evals.domain.js';
import { gatingSuites, runRefs, suiteName, type PooledSuite } from '../eval-evidence.js';
import { counted, type Rule, type RuleOutcome } from '../rule.js';

interface Finding {
  grave: boolean;
  reason: string;
  measured: string;
  required: string;
}

function findingsOf(pool: PooledSuite): Finding[] {
  const name = suiteName(pool.suite);
  const { definition } = pool.suite;
  if (pool.runs.length === 0) {
    return [
      {
        grave: false,
        reason: `No completed run of ${name} for exactly this release`,
        measured: `${name}: not run`,
        required: `a completed run of ${name}`,
      },
    ];
  }
  const unmet = definition.metrics.flatMap((metric) => {
    const verdict = metricMeets(metric, pool.aggregates);
    return verdict.meets
      ? []
      : [
          {
            grave: true,
            reason: `${name}: ${verdict.measuredText}`,
            measured: verdict.measuredText,
            required: verdict.requiredText,
          },
        ];
  });
  const rate = errorRate(pool.totals);
  if (rate <= definition.maxErrorRate) return unmet;
  const measured = `${counted(pool.totals.errored, 'error')} in ${counted(pool.totals.cases, 'case')}`;
  return [
    ...unmet,
    {
      grave: true,
      reason: `${name}: ${measured}`,
      measured,
      required: `at most ${String(definition.maxErrorRate * 100)} % errors`,
    },
  ];
}

const attemptsOf = ({ attempts, runs }: PooledSuite) =>
  `${counted(runs.length, 'completed run')} pooled` +
  (attempts > runs.length ? `, ${String(attempts - runs.length)} abandoned` : '');

function passOf(pools: readonly PooledSuite[]): Pick<RuleOutcome, 'reason' | 'measured' | 'required'> {
  const verdicts = pools.flatMap((pool) =>
    pool.suite.definition.metrics.map((metric) => metricMeets(metric, pool.aggregates)),
  );
  return {
    reason: `Every gate metric is met: ${pools.map((pool) => `${suiteName(pool.suite)}, ${attemptsOf(pool)}`).join('; ')}`,
    measured: verdicts.map((verdict) => verdict.measuredText).join('; '),
    required: verdicts.map((verdict) => verdict.requiredText).join('; '),
  };
}

/** EV-2: all completed runs of this release on the current version of each suite, pooled, meet every gate metric. */
export const ev2: Rule = ({ suites, workflowId }) => {
  const place = { to: 'evals' } as const;
  const pools = gatingSuites(suites);
  if (pools.length === 0)
    return {
      status: 'pending',
      reason: 'There is no eval suite to pass yet',
      required: 'an eval suite with a gate metric',
      place,
    };
  const runs = pools.flatMap((pool) => pool.runs);
  const oldest = pools.reduce<Date | null>(
    (at, pool) => (pool.newest && (!at || pool.newest < at) ? pool.newest : at),
    null,
  );
  const seen = {
    evidence: runRefs(workflowId, runs),
    ...(oldest ? { evaluatedFrom: oldest, ages: true } : {}),
    place,
  };
  const findings = pools.flatMap(findingsOf);
  if (findings.length === 0) return { status: 'pass', ...passOf(pools), ...seen };
  return {
    status: findings.some((finding) => finding.grave) ? 'fail' : 'pending',
    reason: findings.map((finding) => finding.reason).join('; '),
    measured: findings.map((finding) => finding.measured).join('; '),
    required: findings.map((finding) => finding.required).join('; '),
    ...seen,
  };
};
