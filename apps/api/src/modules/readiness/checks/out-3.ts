import { gatingSuites, seenIn } from '../eval-evidence.js';
import { outputContract } from '../output-contract.js';
import { counted, type Rule } from '../rule.js';

/** OUT-3, computed half: each value of the status field is what some passing case expected. */
export const out3: Rule = ({ output, suites, workflowId }) => {
  const { statuses: values } = outputContract(output);
  if (values === null || values.length === 0) {
    return {
      status: 'fail',
      reason: `${output.content.statusField} has no closed set of values in the output schema`,
      place: { to: 'contract', field: 'output.statusField' },
    };
  }
  const pools = gatingSuites(suites);
  const expected = new Set(
    pools.flatMap((pool) =>
      Object.entries(pool.aggregates.expectedStatuses).flatMap(([status, cases]) =>
        cases > 0 ? [status] : [],
      ),
    ),
  );
  const missing = values.filter((value) => !expected.has(value));
  const runs = pools.flatMap((pool) => pool.runs);
  const seen = {
    measured: `${String(values.length - missing.length)} of ${counted(values.length, 'status', 'statuses')} covered`,
    required: `every one of ${values.join(', ')}`,
    ...seenIn(workflowId, runs),
    place: { to: 'evals' },
  } as const;
  if (runs.length === 0)
    return {
      status: 'pending',
      reason: 'No completed eval run of this release shows which statuses it reaches',
      ...seen,
    };
  if (missing.length > 0)
    return { status: 'fail', reason: `No passing case expects the status ${missing.join(', ')}`, ...seen };
  return { status: 'pass', reason: 'Every status is what at least one passing case expected', ...seen };
};
