import type { OperatingFact } from '../readiness.facts.js';
import type { Rule } from '../rule.js';

function missingOf({ content, ownerTeamHasMember, accountableIsActive }: OperatingFact): string[] {
  return [
    ...(content.ownerTeam.trim() === '' ? ['no owning team'] : []),
    ...(content.accountableUserId.trim() === '' ? ['no accountable person'] : []),
    ...(content.escalationContact.trim() === '' ? ['no escalation contact'] : []),
    ...(ownerTeamHasMember ? [] : [`nobody in the team ${content.ownerTeam}`]),
    ...(accountableIsActive ? [] : ['an accountable person without an account']),
  ];
}

/** OW-1: a team with somebody in it, an accountable person and an escalation contact, confirmed not too long ago. */
export const ow1: Rule = ({ operating }) => {
  const place = { to: 'operating' } as const;
  if (!operating) return { status: 'fail', reason: 'Nobody has written down who runs the workflow', place };
  const missing = missingOf(operating);
  const seen = { evaluatedFrom: operating.createdAt, ages: true, place };
  if (missing.length > 0)
    return { status: 'fail', reason: `The operating record has ${missing.join(', ')}`, ...seen };
  return {
    status: 'pass',
    reason: `The team ${operating.content.ownerTeam} owns it, with an accountable person and an escalation contact`,
    measured: `operating record version ${String(operating.version)}`,
    ...seen,
  };
};
