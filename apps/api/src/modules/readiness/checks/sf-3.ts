import { counted, type Rule } from '../rule.js';

/** SF-3, computed half: the scan of each prompt, made when it was registered, found no secret. */
export const sf3: Rule = ({ steps, release }) => {
  const place = { to: 'release' } as const;
  if (steps.length === 0) return { status: 'fail', reason: 'The release has no prompt to scan', place };
  const found = steps.flatMap((step) =>
    step.secretFindings.map(
      ({ kind, line }) => `${step.prompt} v${String(step.promptVersion)} line ${String(line)}: ${kind}`,
    ),
  );
  if (found.length > 0)
    return {
      status: 'fail',
      reason: `Looks like a secret: ${found.join('; ')}`,
      required: 'no secret in any prompt',
      place,
    };
  return {
    status: 'pass',
    reason: `No secret found in ${counted(steps.length, 'prompt')}`,
    measured: steps.map((step) => `${step.prompt} v${String(step.promptVersion)}`).join(', '),
    evaluatedFrom: release.createdAt,
    place,
  };
};
