import { gatingSuites, seenIn } from '../eval-evidence.js';
import { counted, type Rule } from '../rule.js';

const category = 'policy_boundary';

/** SF-1, a signal for the person who answers: how the cases at the edge of policy went. */
export const sf1: Rule = ({ suites, workflowId }) => {
  const runs = gatingSuites(suites)
    .flatMap((pool) => pool.runs)
    .filter((run) => run.aggregates.categories[category] !== undefined);
  const [cases, passed] = runs.reduce(
    ([all, good], run) => [
      all + (run.aggregates.categories[category]?.cases ?? 0),
      good + (run.aggregates.categories[category]?.passed ?? 0),
    ],
    [0, 0],
  );
  const seen = {
    measured: `${String(passed)} of ${counted(cases, `${category} case`)} passed`,
    ...seenIn(workflowId, runs),
    place: { to: 'check' },
  } as const;
  if (cases === 0) return { status: 'pending', reason: `No case of category ${category} was run`, ...seen };
  return passed === cases
    ? { status: 'pass', reason: 'Every case at the edge of policy passed', ...seen }
    : { status: 'fail', reason: 'Not every case at the edge of policy passed', ...seen };
};
