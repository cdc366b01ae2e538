import type { Rule } from '../rule.js';

/** SF-5, a signal for the person who answers: runbook and criteria for switching off are written down. */
export const sf5: Rule = ({ operating }) => {
  const place = { to: 'operating' } as const;
  const missing = [
    ...(operating?.content.incidentRunbookUrl === undefined ? ['runbook'] : []),
    ...((operating?.content.deactivationCriteria ?? '').trim() === '' ? ['criteria for switching off'] : []),
  ];
  if (missing.length > 0)
    return {
      status: 'fail',
      reason: 'The operating record is incomplete',
      measured: `operating record without ${missing.join(' and ')}`,
      place,
    };
  return {
    status: 'pass',
    reason: 'Runbook and criteria are in the operating record',
    measured: 'operating record with runbook and criteria for switching off',
    place,
  };
};
