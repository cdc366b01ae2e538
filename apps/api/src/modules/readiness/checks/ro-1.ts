import type { Rule } from '../rule.js';

/** RO-1: the stage says who is in it, is no wider than its cap, and hangs on one switch that Holdpoint serves. */
export const ro1: Rule = ({ stage }) => {
  const { audience, maxExposurePercent, flagKey, name } = stage.definition;
  const place = { to: 'stage' } as const;
  const seen = {
    measured: `${String(audience.percentage)} % of ${audience.rules.length > 0 ? 'those the rules name' : 'everyone'}, switch ${flagKey}`,
    required: `at most ${String(maxExposurePercent)} % of all traffic`,
    place,
  };
  if (audience.description.trim() === '' || flagKey.trim() === '') {
    return { status: 'fail', reason: `${name} does not say who is in it and under which switch`, ...seen };
  }
  if (audience.rules.length === 0 && audience.percentage > maxExposurePercent) {
    return { status: 'fail', reason: `${name} is wider than its own cap`, ...seen };
  }
  return { status: 'pass', reason: `${name}: ${audience.description}; one switch turns it off`, ...seen };
};
