import type { Facts } from '../readiness.facts.js';
import type { Rule } from '../rule.js';

/** What works without any release to go back to. */
function failureLevers({ core }: Facts): string[] {
  const { rollbackLevers, failureBehaviour } = core.content;
  return rollbackLevers.filter(
    (lever) => lever === 'disable' || (lever === 'fallback' && failureBehaviour.fallback !== 'none'),
  );
}

/** RO-2, computed half: there is something to go back to. The rehearsal is answered by a person. */
export const ro2: Rule = (facts) => {
  const { rollbackTarget, core, stage } = facts;
  const levers = failureLevers(facts);
  const seen = {
    evaluatedFrom: core.createdAt,
    measured: `levers: ${core.content.rollbackLevers.join(', ')}`,
  };
  if (rollbackTarget) {
    return {
      status: 'pass',
      reason: `Release #${String(rollbackTarget.number)} (${rollbackTarget.alias}) entered ${stage.key} through its gates and can be gone back to`,
      ...seen,
      place: { to: 'stage' },
    };
  }
  const place = { to: 'contract', field: 'core.rollbackLevers' } as const;
  if (levers.length > 0) {
    return {
      status: 'pass',
      reason: `No earlier release to go back to; the failure behaviour holds: ${levers.join(', ')}`,
      ...seen,
      place,
    };
  }
  return {
    status: 'fail',
    reason:
      'No earlier release to go back to, and no lever of the failure behaviour: disable, or fallback to something',
    ...seen,
    place,
  };
};
