import {
  barredFrom,
  reviewPolicy,
  tallyReviews,
  type ChangedField,
  type ReviewTally,
} from '../../promotion/review.domain.js';
import { diffValues, type JsonValue } from '../../release/value-diff.domain.js';
import type { Facts } from '../readiness.facts.js';
import { counted, day, type Rule } from '../rule.js';

const words = (role: string) => role.replaceAll('_', ' ');

/** The fields that decide which roles must look: those of core, tools and retrieval that differ from what is live. */
export function reviewedChanges({ baseline, core, tools, retrieval, release }: Facts): ChangedField[] {
  if (!baseline) return [];
  const pairs = [
    ['core', baseline.changed.core, core.content],
    ['tools', baseline.changed.tools, tools?.content ?? null],
    ['retrieval', baseline.changed.retrieval, retrieval?.content ?? null],
  ] as const;
  return pairs.flatMap(([component, before, after]) =>
    release.digests[component] === baseline.digests[component]
      ? []
      : diffValues(before as JsonValue, after as JsonValue, '').map(({ path }) => ({ component, path })),
  );
}

const barredBy = ({ release, promotion }: Facts) =>
  barredFrom(promotion?.authorIds ?? [], release, { responsibleIds: promotion?.requesterIds ?? [] });

/** The reviews that count for exactly this release, and what they lack. */
export function reviewTally(facts: Facts): ReviewTally {
  const policy = reviewPolicy(facts.tier, reviewedChanges(facts), facts.baseline !== null);
  return tallyReviews(facts.release.digest, facts.promotion?.reviews ?? [], policy, barredBy(facts));
}

function reasonOf({
  approvals,
  requiredApprovals,
  missingRoles,
  changesRequested,
  stale,
}: ReviewTally): string {
  if (changesRequested.length > 0) return `${counted(changesRequested.length, 'reviewer')} asked for changes`;
  if (approvals.length === 0 && stale.length > 0)
    return 'Earlier approvals were of another digest and count no more';
  const lacking = [
    ...(approvals.length < requiredApprovals
      ? [`${counted(requiredApprovals - approvals.length, 'approval')} missing`]
      : []),
    ...(missingRoles.length > 0 ? [`nobody has approved as ${missingRoles.map(words).join(' and ')}`] : []),
  ];
  return `Of exactly this release: ${lacking.join('; ')}`;
}

/** RO-5: the approvals that the tier asks for, by others than authors and requesters, of exactly this digest. */
export const ro5: Rule = (facts) => {
  const tally = reviewTally(facts);
  const roles = [...new Set(['reviewer', ...tally.missingRoles])].map(words).join(', ');
  const newest = tally.approvals.map((one) => one.createdAt).sort((a, b) => b.getTime() - a.getTime())[0];
  const seen = {
    measured: counted(tally.approvals.length, 'approval'),
    required: `${counted(tally.requiredApprovals, 'approval')} (${roles}) by somebody other than an author or requester`,
    evidence: tally.approvals.map((one) => ({
      kind: 'review',
      label: `Approved on ${day(one.createdAt)} as ${one.roles.map(words).join(', ')}`,
      href: facts.promotion ? `/promotions/${facts.promotion.id}` : null,
    })),
    ...(newest ? { evaluatedFrom: newest } : {}),
    place: { to: 'promotion' },
  } as const;
  if (tally.complete)
    return {
      status: 'pass',
      reason: `Approved by ${counted(tally.approvals.length, 'person', 'people')}, for exactly this release`,
      ...seen,
    };
  return { status: tally.changesRequested.length > 0 ? 'fail' : 'pending', reason: reasonOf(tally), ...seen };
};
