import type { Rule } from '../rule.js';

/** RO-1: the stage says who is in it, is no wider than its cap, and hangs on one switch that Holdpoint serves. */
export const ro1: Rule = ({ stage }) => {
  const { audience, maxExposurePercent, flagKey, name } = stage.definition;
  const place = { to: 'stage' } as const;
  const ruled = audience.rules.length > 0;
  const seen = {
    measured: `${String(audience.percentage)} % of ${ruled ? 'those whom its rules name' : 'all traffic'}, switch ${flagKey}`,
    // How much traffic rules name is not known here: there, the rules are the cap.
    required: ruled
      ? 'rules that say who is in it, and one switch'
      : `at most ${String(maxExposurePercent)} % of all traffic, and one switch`,
    place,
  };
  if (audience.description.trim() === '' || flagKey.trim() === '') {
    return { status: 'fail', reason: `${name} does not say who is in it and under which switch`, ...seen };
  }
  if (!ruled && audience.percentage > maxExposurePercent) {
    return { status: 'fail', reason: `${name} is wider than its own cap`, ...seen };
  }
  return { status: 'pass', reason: `${name}: ${audience.description}; one switch turns it off`, ...seen };
};
