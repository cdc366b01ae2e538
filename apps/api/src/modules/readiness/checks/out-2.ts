import { seenIn, suiteName, verdictsOn } from '../eval-evidence.js';
import type { Rule } from '../rule.js';

/** OUT-2, computed half: schema_validity is a gate metric, and the release's pooled runs meet it. */
export const out2: Rule = ({ suites, workflowId }) => {
  const verdicts = verdictsOn('schema_validity', suites);
  const place = { to: 'evals' } as const;
  if (verdicts.length === 0) {
    return {
      status: 'fail',
      reason: 'No eval suite gates on schema_validity',
      required: 'schema_validity is a gate metric',
      place,
    };
  }
  const unmet = verdicts.filter((verdict) => !verdict.meets);
  const worst = unmet[0] ?? verdicts[0];
  const runs = verdicts.flatMap((verdict) => verdict.pool.runs);
  const seen = {
    ...(worst ? { measured: worst.measuredText, required: worst.requiredText } : {}),
    ...seenIn(workflowId, runs),
    place,
  };
  if (runs.length === 0)
    return {
      status: 'pending',
      reason: 'No completed eval run of this release measures schema_validity',
      ...seen,
    };
  if (worst && unmet.length > 0)
    return { status: 'fail', reason: `${suiteName(worst.pool.suite)}: ${worst.measuredText}`, ...seen };
  return { status: 'pass', reason: 'Outputs of the release kept to the schema in the evals', ...seen };
};
