import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import type { BreakGlassVerdict } from './break-glass.schema.js';

export interface BreakGlassObjection {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field?: string;
}

export interface GrantFacts {
  readonly workflowId: string;
  readonly personId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly used: boolean;
  /** Whether the incident it was given for is open or monitoring. */
  readonly incidentUnderway: boolean;
}

/** Only a usable grant admits anything. */
export const grantStates = ['usable', 'used', 'revoked', 'expired', 'over'] as const;
export type GrantState = (typeof grantStates)[number];

export function grantState(grant: Omit<GrantFacts, 'workflowId' | 'personId'>, at: Date): GrantState {
  if (grant.used) return 'used';
  if (grant.revokedAt !== null && grant.revokedAt <= at) return 'revoked';
  if (grant.expiresAt <= at) return 'expired';
  return grant.incidentUnderway ? 'usable' : 'over';
}

const stateWords: Record<Exclude<GrantState, 'usable'>, string> = {
  used: 'was used already; it admits one promotion',
  revoked: 'was revoked',
  expired: 'has expired',
  over: 'was for an incident that is resolved',
};

/** Why this grant does not admit a move of this workflow by this person now, or null. Unknown and foreign look the same. */
export function grantObjection(
  grant: GrantFacts | null,
  { workflowId, personId, at }: { workflowId: string; personId: string; at: Date },
): BreakGlassObjection | null {
  if (grant?.workflowId !== workflowId) {
    return { code: 'NOT_FOUND', message: 'This workflow has no such grant', field: 'grantId' };
  }
  const no = (message: string): BreakGlassObjection => ({
    ...{ code: 'BREAK_GLASS_GRANT_INVALID', message, field: 'grantId' },
  });
  if (grant.personId !== personId) return no('This grant carries another person’s name');
  const state = grantState(grant, at);
  return state === 'usable' ? null : no(`This grant ${stateWords[state]}`);
}

/** The approvals of a promotion: a second person's word, which nothing ever passes. */
const reviewCheck = 'RO-5';

export interface IncompleteCheck {
  readonly id: string;
  /** Whether the checklist lets it be waived at all; a check that the checklist does not have cannot be. */
  readonly waivable: boolean;
}

export const isPassable = ({ id, waivable }: IncompleteCheck): boolean => waivable && id !== reviewCheck;

/** The named checks must be exactly the incomplete ones, and each of those one that can be passed over. */
export function namesObjections(
  incomplete: readonly IncompleteCheck[],
  named: readonly string[],
): BreakGlassObjection[] {
  const barred = incomplete.filter((check) => !isPassable(check)).map(({ id }) => id);
  const missing = incomplete.map(({ id }) => id).filter((id) => !named.includes(id) && !barred.includes(id));
  const superfluous = named.filter((id) => !incomplete.some((check) => check.id === id));
  const parts = [
    ...(missing.length > 0 ? [`incomplete and not named: ${missing.join(', ')}`] : []),
    ...(superfluous.length > 0 ? [`named and not incomplete: ${superfluous.join(', ')}`] : []),
  ];
  return [
    ...(barred.length > 0
      ? [
          {
            code: 'BREAK_GLASS_NOT_ALLOWED' as const,
            message: `No grant passes ${barred.join(', ')}`,
            field: 'checkIds',
          },
        ]
      : []),
    ...(parts.length > 0
      ? [{ code: 'BREAK_GLASS_NAMES' as const, message: sentence(parts.join('; ')), field: 'checkIds' }]
      : []),
  ];
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Hours after its use in which a different person looks at it. */
export const reviewHours = 24;

export const reviewDueAt = (usedAt: Date): Date => new Date(usedAt.getTime() + reviewHours * 3_600_000);

export interface UnreviewedUse {
  readonly id: string;
  readonly reviewDueAt: Date;
}

/** The unreviewed uses whose review is overdue. What serves stays as it is; only reaching further waits. */
export const overdueUses = <U extends UnreviewedUse>(unreviewed: readonly U[], at: Date): U[] =>
  unreviewed.filter((use) => use.reviewDueAt <= at);

/** Why an overdue review stands in the way of this move, or null: nothing widens and nothing climbs meanwhile. */
export function overdueObjection(
  unreviewed: readonly UnreviewedUse[],
  move: { readonly kind: 'climb' | 'replace' | 'widen' | 'fix'; readonly intoEmptyStage: boolean },
  at: Date,
): BreakGlassObjection | null {
  const mends = move.kind === 'replace' || move.kind === 'fix';
  const reachesFurther = !mends || move.intoEmptyStage;
  const [first] = reachesFurther ? overdueUses(unreviewed, at) : [];
  if (!first) return null;
  return {
    code: 'BREAK_GLASS_UNREVIEWED',
    message: `A break-glass promotion of this workflow should have been reviewed by ${first.reviewDueAt.toISOString()}; that comes first`,
  };
}

/** Why this person's word on a use does not count, or null: it is a different person's than who gave and who used it. */
export function reviewObjection(
  use: { readonly executedById: string; readonly grantedById: string; readonly reviewed: boolean },
  personId: string,
): BreakGlassObjection | null {
  if (use.reviewed) return { code: 'CONFLICT', message: 'This was reviewed already' };
  const own =
    personId === use.executedById ? 'used the grant' : personId === use.grantedById ? 'gave the grant' : null;
  return own === null
    ? null
    : { code: 'SELF_APPROVAL', message: `You ${own}; a different person reviews it`, field: 'useId' };
}

/** How a release came into a stage, as far as going back to it is concerned. */
export interface Admission {
  readonly origin: 'promotion' | 'adoption' | 'revertRelease' | 'breakGlass';
  /** The verdict on its break-glass promotion; null: none, or not a break-glass promotion. */
  readonly verdict: BreakGlassVerdict | null;
}

/**
 * Whether a release that was admitted so may be gone back to. Through its gates, yes; past them only once a different
 * person has found that justified. Adopted and reverted ones never went through the gates of that stage.
 */
export const mayBeRollbackTarget = ({ origin, verdict }: Admission): boolean =>
  origin === 'promotion' || (origin === 'breakGlass' && verdict === 'justified');
