import type { Rule } from '../rule.js';

/** WF-4 where the rule alone decides: the tier computed from the risk answers, and the autonomy mode. */
export const wf4: Rule = ({ core, tier, tierReasons }) => {
  const place = { to: 'contract', field: 'core.risk' } as const;
  if (core.content.risk.reason.trim() === '') {
    return {
      status: 'fail',
      reason: 'The risk answers give no reason',
      place: { to: 'contract', field: 'core.risk.reason' },
    };
  }
  return {
    status: 'pass',
    reason: `Classified as ${tier} risk from the risk answers, with the reason given`,
    measured: [`autonomy mode ${core.content.autonomyMode}`, ...tierReasons].join('; '),
    evaluatedFrom: core.createdAt,
    place,
  };
};
