import type { Actor } from '../../platform/identity/actor.js';
import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import type { Check } from '../checklist/checklist.schema.js';

export interface WaiverObjection {
  code: RefusalCode;
  message: string;
  field?: string;
}

/** What holds of a waiver at an instant. Only an active one has an effect. */
export type WaiverState = 'requested' | 'active' | 'expired' | 'ended';

export interface WaiverFacts {
  checkId: string;
  requestedById: string;
  expiresAt: Date;
  approvedAt: Date | null;
  endedAt: Date | null;
}

export function waiverState({ approvedAt, endedAt, expiresAt }: WaiverFacts, at: Date): WaiverState {
  if (endedAt !== null && endedAt <= at) return 'ended';
  if (expiresAt <= at) return 'expired';
  return approvedAt !== null && approvedAt <= at ? 'active' : 'requested';
}

const day = 86_400_000;

/** Why this waiver cannot be asked for, or null. */
export function requestObjection(
  check: Check | null,
  request: { checkId: string; expiresAt: Date },
  { actor, now, standing }: { actor: Actor; now: Date; standing: readonly WaiverFacts[] },
): WaiverObjection | null {
  if (!check)
    return {
      code: 'UNKNOWN_CHECK',
      message: `The checklist has no check ${request.checkId}`,
      field: 'checkId',
    };
  if (actor.kind !== 'user') return { code: 'FORBIDDEN', message: 'A person asks for a waiver, nobody else' };
  if (!check.waiver.allowed)
    return { code: 'WAIVER_NOT_ALLOWED', message: `${check.id} cannot be waived`, field: 'checkId' };
  if (request.expiresAt <= now)
    return { code: 'INVALID_INPUT', message: 'This date has passed', field: 'expiresAt' };
  if (request.expiresAt.getTime() > now.getTime() + check.waiver.maxDays * day) {
    const message = `${check.id} is waived for ${String(check.waiver.maxDays)} days at most`;
    return { code: 'INVALID_INPUT', message, field: 'expiresAt' };
  }
  const open = standing.some(
    (one) => one.checkId === check.id && ['requested', 'active'].includes(waiverState(one, now)),
  );
  return open
    ? { code: 'CONFLICT', message: `A waiver of ${check.id} stands or waits already`, field: 'checkId' }
    : null;
}

/** Why this person cannot approve it, or null. Checks that the organisation's reviewers answer, they waive. */
export function approvalObjection(
  waiver: WaiverFacts,
  check: Check | null,
  actor: Actor,
  teamId: string,
  now: Date,
): WaiverObjection | null {
  const state = waiverState(waiver, now);
  if (state !== 'requested') return { code: 'CONFLICT', message: `This waiver is ${state} already` };
  if (actor.kind !== 'user') return { code: 'FORBIDDEN', message: 'A person approves a waiver, nobody else' };
  if (actor.id === waiver.requestedById)
    return { code: 'SELF_APPROVAL', message: 'You asked for this waiver; another person approves it' };
  const role = check?.answeredBy;
  if ((role === 'risk_reviewer' || role === 'security_reviewer') && !actor.organisationRoles.includes(role)) {
    return { code: 'FORBIDDEN', message: `A ${role.replace('_', ' ')} approves a waiver of this check` };
  }
  const reviews = actor.memberships.some((one) => one.teamId === teamId && one.role === 'reviewer');
  const ofOrganisation = actor.organisationRoles.some(
    (one) => one === 'risk_reviewer' || one === 'security_reviewer',
  );
  return reviews || ofOrganisation ? null : { code: 'FORBIDDEN', message: 'A reviewer approves a waiver' };
}
