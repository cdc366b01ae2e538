import type { Rule } from '../rule.js';

/** WF-3: what it does when it cannot answer, and to whom it escalates. */
export const wf3: Rule = ({ core }) => {
  const { whenUnsure, escalationTarget, action, fallback } = core.content.failureBehaviour;
  const missing = [
    ...(whenUnsure.trim() === '' ? ['whenUnsure'] : []),
    ...(escalationTarget.trim() === '' ? ['escalationTarget'] : []),
  ];
  const place = { to: 'contract', field: `core.failureBehaviour.${missing[0] ?? 'whenUnsure'}` } as const;
  if (missing.length > 0) {
    return {
      status: 'fail',
      reason: 'The contract does not say what happens when it cannot answer, and to whom it escalates',
      place,
    };
  }
  return {
    status: 'pass',
    reason: `When unsure it will ${action}; it escalates to ${escalationTarget}`,
    measured: `fallback: ${fallback}`,
    evaluatedFrom: core.createdAt,
    place,
  };
};
