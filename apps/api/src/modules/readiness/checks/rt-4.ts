import { seenIn, verdictsOn } from '../eval-evidence.js';
import type { Rule } from '../rule.js';

const asked = ['citation_correctness', 'abstention_accuracy'] as const;

/** RT-4: citations hold, and it abstains where no approved source supports an answer. */
export const rt4: Rule = ({ suites, workflowId }) => {
  const place = { to: 'evals' } as const;
  const byName = asked.map((name) => ({ name, verdicts: verdictsOn(name, suites) }));
  const ungated = byName.filter(({ verdicts }) => verdicts.length === 0).map(({ name }) => name);
  if (ungated.length > 0) {
    return {
      status: 'fail',
      reason: `No eval suite gates on ${ungated.join(' and ')}`,
      required: `${asked.join(' and ')} are gate metrics`,
      place,
    };
  }
  const verdicts = byName.flatMap((one) => one.verdicts);
  const runs = [...new Set(verdicts.flatMap((verdict) => verdict.pool.runs))];
  const seen = {
    measured: verdicts.map((verdict) => verdict.measuredText).join('; '),
    required: verdicts.map((verdict) => `${verdict.name} ${verdict.requiredText}`).join('; '),
    ...seenIn(workflowId, runs),
    place,
  };
  if (runs.length === 0)
    return {
      status: 'pending',
      reason: 'No completed eval run of this release measures citations and abstention',
      ...seen,
    };
  const unmet = verdicts.filter((verdict) => !verdict.meets);
  if (unmet.length > 0)
    return { status: 'fail', reason: unmet.map((verdict) => verdict.measuredText).join('; '), ...seen };
  return {
    status: 'pass',
    reason: 'Citations are correct and it abstains where it should, as often as the gates ask',
    ...seen,
  };
};
