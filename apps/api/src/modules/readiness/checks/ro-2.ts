import type { Facts } from '../readiness.facts.js';
import { counted, day, type Rule, type RuleOutcome } from '../rule.js';

/** What works without any release to go back to. */
function failureLevers({ core }: Facts): string[] {
  const { rollbackLevers, failureBehaviour } = core.content;
  return rollbackLevers.filter(
    (lever) => lever === 'disable' || (lever === 'fallback' && failureBehaviour.fallback !== 'none'),
  );
}

/** Of what the contract promises now: a drill of an earlier contract rehearsed something else. */
const rehearsal = ({ drill, core }: Facts) => (drill && drill.at >= core.createdAt ? drill : null);

/** A drill that an application acknowledged is the rehearsal; until there is one, a person answers for it. */
function rehearsed(facts: Facts, found: RuleOutcome): RuleOutcome {
  const drill = rehearsal(facts);
  if (!drill || found.status !== 'pass') return found;
  return {
    ...found,
    reason: `${found.reason}; rehearsed in drill #${String(drill.number)}`,
    measured: `${found.measured ?? ''}; drill #${String(drill.number)} of ${day(drill.at)} (${drill.levers.join(', ')}), acknowledged by ${counted(drill.instances, 'instance')}`,
    ...{ evaluatedFrom: drill.at, ages: true, settles: true },
  };
}

/** RO-2: there is something to go back to, and going back was rehearsed: by a drill, else a person says so. */
export const ro2: Rule = (facts) => rehearsed(facts, target(facts));

function target(facts: Facts): RuleOutcome {
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
}
