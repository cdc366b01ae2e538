import { counted, type Rule } from '../rule.js';

/** AR-2: everything that shapes an answer is pinned; a moving alias only where that was accepted with a reason. */
export const ar2: Rule = ({ steps, release }) => {
  const place = { to: 'release' } as const;
  if (steps.length === 0) return { status: 'fail', reason: 'The release has no step', place };
  const moving = steps.filter((step) => step.isAlias && (step.aliasAcceptedReason ?? '').trim() === '');
  const measured = steps
    .map((step) => `${step.name}: ${step.prompt} v${String(step.promptVersion)} on ${step.model}`)
    .join('; ');
  if (moving.length > 0) {
    return {
      status: 'fail',
      reason: `${moving.map((step) => `${step.model} (step ${step.name})`).join(', ')} is a moving alias, not a dated snapshot`,
      measured,
      required: 'a dated model snapshot, or an alias accepted with a reason',
      place,
    };
  }
  const accepted = steps.filter((step) => step.isAlias);
  return {
    status: 'pass',
    reason:
      `${counted(steps.length, 'step')} with prompt, model and parameters pinned by version, and the output schema with them` +
      (accepted.length > 0
        ? `; alias accepted: ${accepted.map((step) => step.aliasAcceptedReason).join('; ')}`
        : ''),
    measured,
    evaluatedFrom: release.createdAt,
    place,
  };
};
