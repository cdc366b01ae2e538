import { staySince } from '../../stage/stage-facts.domain.js';
import { followsLive } from '../../promotion/promotion.schema.js';
import { promotionKindOf, type Facts } from '../readiness.facts.js';
import type { Rule } from '../rule.js';

/** Where the soak counts: the stage before, or the stage itself when its own audience is to be widened. */
const soakStage = (facts: Facts) => (promotionKindOf(facts) === 'widen' ? facts.stage : facts.previous);

/** RO-4, computed half: the time in the stage before, without a break. Being displaced starts it again. */
export const ro4: Rule = (facts) => {
  const place = { to: 'stage' } as const;
  const before = soakStage(facts);
  if (!before) return { status: 'not_applicable', reason: 'There is no stage before this one', place };
  const { name, soak } = before.definition;
  const replaces = followsLive(promotionKindOf(facts));
  const hours = replaces ? soak.replaceHours : soak.hours;
  const required =
    `${String(hours)} h in ${name}` + (replaces ? ', the rest inherited from the release it replaces' : '');
  const since = before.occupantId === facts.release.id ? staySince(before.intervals) : null;
  if (!since)
    return {
      status: 'pending',
      reason: `Release #${String(facts.release.number)} is not in ${name}`,
      required,
      place,
    };
  const until = new Date(since.getTime() + hours * 3_600_000);
  const seen = { measured: `in ${name} since ${since.toISOString()}`, required, evaluatedFrom: since, place };
  if (facts.evaluatedAt < until)
    return { status: 'pending', reason: `It stays in ${name} until ${until.toISOString()}`, ...seen };
  return { status: 'pass', reason: `In ${name} since ${since.toISOString()}, long enough`, ...seen };
};
