import type { Rule } from '../rule.js';

const asked = [
  ['maxSteps', 'a limit on steps'],
  ['maxToolCalls', 'a limit on tool calls'],
  ['maxSpendUsd', 'a limit on spend'],
  ['timeoutMs', 'a time limit'],
] as const;

/** TL-4: the loop is bounded in steps, calls, spend and time, knows when to stop and to whom to turn. */
export const tl4: Rule = ({ tools }) => {
  const place = { to: 'contract', field: 'tools.limits' } as const;
  const limits = tools?.content.limits ?? {};
  const missing: string[] = asked.filter(([key]) => !((limits[key] ?? 0) > 0)).map(([, words]) => words);
  if ((limits.stopConditions ?? []).length === 0) missing.push('stop conditions');
  if ((limits.escalationRule ?? '').trim() === '') missing.push('an escalation rule');
  if (!tools || missing.length > 0)
    return { status: 'fail', reason: `The loop lacks ${missing.join(', ')}`, place };
  return {
    status: 'pass',
    reason: 'The loop is bounded, has stop conditions and says to whom to turn',
    measured: `${String(limits.maxSteps)} steps, ${String(limits.maxToolCalls)} tool calls, ${String(limits.maxSpendUsd)} USD, ${String(limits.timeoutMs)} ms`,
    evaluatedFrom: tools.createdAt,
    place,
  };
};
