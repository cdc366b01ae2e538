import type { RiskTier } from '../workflow/risk.schema.js';
import type { Objection } from './objection.domain.js';
import type { ReviewVerdict } from './promotion.schema.js';

/** Roles under which an approval can count. `reviewer` is the owning team's; the others the organisation's. */
export const reviewRoles = ['reviewer', 'risk_reviewer', 'security_reviewer'] as const;
export type ReviewRole = (typeof reviewRoles)[number];

/** The roles under which this person's review would count for a workflow of this team. */
export function rolesUnder(
  actor: {
    readonly organisationRoles: readonly string[];
    readonly memberships: readonly { readonly teamId: string; readonly role: string }[];
  },
  teamId: string,
): ReviewRole[] {
  return reviewRoles.filter((role) =>
    role === 'reviewer'
      ? actor.memberships.some((m) => m.teamId === teamId && m.role === 'reviewer')
      : actor.organisationRoles.includes(role),
  );
}

/** One field in which two releases differ: the component, and the dot path inside it. */
export interface ChangedField {
  readonly component: string;
  readonly path: string;
}

export interface ReviewFacts {
  readonly reviewerId: string;
  readonly reviewerName?: string;
  readonly verdict: ReviewVerdict;
  /** What the reviewer was shown. */
  readonly digest: string;
  readonly releaseId: string;
  /** Held by the reviewer when the review was given. */
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly id: string;
}

/** Persons who may not approve: their word would be about their own work or their own wish. */
export interface Barred {
  /** Authors of any component that the baseline does not have. */
  readonly authorIds: readonly string[];
  /** Who answers for the release: its maker, whoever made the key, the stated committer. */
  readonly responsibleIds: readonly string[];
  /** Who asked for the promotion, or answers for whoever did. */
  readonly requesterIds: readonly string[];
}

/** The one place that says who they are. Those who asked are named in one list where the facts hold them so. */
export const barredFrom = (
  authorIds: readonly string[],
  release: { readonly createdById?: string; readonly responsibleIds: readonly string[] },
  asked: { readonly requestedById?: string; readonly responsibleIds: readonly string[] },
): Barred => ({
  authorIds,
  responsibleIds: [...(release.createdById ? [release.createdById] : []), ...release.responsibleIds],
  requesterIds: [...(asked.requestedById ? [asked.requestedById] : []), ...asked.responsibleIds],
});

export interface ReviewPolicy {
  readonly requiredApprovals: number;
  readonly requiredRoles: readonly ReviewRole[];
}

const approvalsByTier: Readonly<Record<RiskTier, number>> = { low: 1, medium: 1, high: 2 };

/**
 * How many approvals, and under which roles. The owning team's reviewer always; the organisation's where
 * risk answers, or tools and permissions, differ from what is live. Against nothing live, the checklist asks
 * the organisation's reviewers itself.
 */
export function reviewPolicy(
  tier: RiskTier,
  changes: readonly ChangedField[],
  hasBaseline: boolean,
): ReviewPolicy {
  const touches = (component: string, prefix: string) =>
    hasBaseline && changes.some((c) => c.component === component && pathStartsWith(c.path, prefix));
  const requiredRoles: ReviewRole[] = ['reviewer'];
  if (touches('core', 'risk') || touches('core', 'dataClasses')) requiredRoles.push('risk_reviewer');
  if (touches('tools', '') || touches('core', 'autonomyMode') || touches('retrieval', 'permissionFlow')) {
    requiredRoles.push('security_reviewer');
  }
  return { requiredApprovals: approvalsByTier[tier], requiredRoles };
}

const pathStartsWith = (path: string, prefix: string) =>
  prefix === '' || path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);

/** Why this person may not approve, or null. Administrators are no exception: no role is asked about here. */
export function selfApproval(personId: string, barred: Barred): Objection | null {
  const because = barred.authorIds.includes(personId)
    ? 'wrote a part of it that is not live yet, yourself or by a key that you made'
    : barred.responsibleIds.includes(personId)
      ? 'made this release, or a key that you answer for did'
      : barred.requesterIds.includes(personId)
        ? 'asked for this promotion'
        : null;
  return because === null
    ? null
    : { code: 'SELF_APPROVAL', message: `You ${because}; another person approves it`, field: 'verdict' };
}

/** The last approve or request-changes of each person on this digest; comments decide nothing. */
function currentVerdicts(digest: string, reviews: readonly ReviewFacts[]): ReviewFacts[] {
  const last = new Map<string, ReviewFacts>();
  for (const review of [...reviews].sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  )) {
    if (review.digest === digest && review.verdict !== 'comment') last.set(review.reviewerId, review);
  }
  return [...last.values()];
}

export interface ReviewTally {
  readonly complete: boolean;
  readonly requiredApprovals: number;
  /** Approvals that count, one a person. */
  readonly approvals: readonly ReviewFacts[];
  readonly missingRoles: readonly ReviewRole[];
  /** Current requests for changes: each blocks until that person approves, or the promotion is retargeted. */
  readonly changesRequested: readonly ReviewFacts[];
  /** Approvals of another digest: they count no more. */
  readonly stale: readonly ReviewFacts[];
}

/** Which reviews count for exactly this digest, and what is still missing. */
export function tallyReviews(
  digest: string,
  reviews: readonly ReviewFacts[],
  policy: ReviewPolicy,
  barred: Barred,
): ReviewTally {
  const verdicts = currentVerdicts(digest, reviews);
  const counts = (review: ReviewFacts) =>
    selfApproval(review.reviewerId, barred) === null &&
    reviewRoles.some((role) => review.roles.includes(role));
  const approvals = verdicts.filter((review) => review.verdict === 'approve' && counts(review));
  const changesRequested = verdicts.filter(
    (review) => review.verdict === 'request_changes' && review.roles.length > 0,
  );
  const missingRoles = policy.requiredRoles.filter((role) => !approvals.some((a) => a.roles.includes(role)));
  return {
    complete:
      approvals.length >= policy.requiredApprovals &&
      missingRoles.length === 0 &&
      changesRequested.length === 0,
    requiredApprovals: policy.requiredApprovals,
    approvals,
    missingRoles,
    changesRequested,
    stale: reviews.filter((review) => review.digest !== digest && review.verdict === 'approve'),
  };
}

/**
 * The release that this person approved and that is another one now, so that it counts no more. Null where what they last
 * said of the promotion was no approval, or is of what it names now.
 */
export function approvedBefore(
  promotion: {
    readonly digest: string;
    readonly reviews: readonly Pick<
      ReviewFacts,
      'reviewerId' | 'verdict' | 'digest' | 'releaseId' | 'createdAt'
    >[];
  },
  personId: string,
): string | null {
  const last = [...promotion.reviews]
    .filter(({ reviewerId, verdict }) => reviewerId === personId && verdict !== 'comment')
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .at(-1);
  return last?.verdict === 'approve' && last.digest !== promotion.digest ? last.releaseId : null;
}

/** The fields as a person reads them: `models.main.parameters.temperature`. */
export function fieldNames(changes: readonly ChangedField[]): string[] {
  return [...new Set(changes.map(({ component, path }) => fieldName(component, path)))].sort();
}

function fieldName(component: string, path: string): string {
  if (path === '') return component;
  return path === component || path.startsWith(`${component}.`) ? path : `${component}.${path}`;
}

/** The refusal that says that an approval was of something else, naming every field in which the two differ. */
export function approvalStale(fields: readonly string[]): Objection {
  return {
    code: 'APPROVAL_STALE',
    message:
      fields.length > 0
        ? `The promotion moved on since this was read; it differs in ${fields.join(', ')}`
        : 'The promotion moved on since this was read',
    field: 'digest',
  };
}
