import type { Facts } from './readiness.facts.js';
import type { Place } from './rule.js';

/** Console path of the place where a check can be cleared. The console's routes hold the other end. */
export function linkTo(
  place: Place,
  checkId: string,
  facts: Pick<Facts, 'workflowId' | 'release' | 'stage' | 'promotion'>,
): string {
  const workflow = `/workflows/${facts.workflowId}`;
  switch (place.to) {
    case 'contract':
      return `${workflow}/contract?field=${place.field}`;
    case 'operating':
      return `${workflow}/operating`;
    case 'evals':
      return `${workflow}/evals?release=${facts.release.id}`;
    case 'check':
      return `${workflow}/checks/${checkId}?release=${facts.release.id}`;
    case 'release':
      return `${workflow}/releases/${facts.release.id}`;
    case 'stage':
      return `${workflow}/stages/${facts.stage.key}`;
    case 'promotion':
      return facts.promotion
        ? `/promotions/${facts.promotion.id}`
        : `${workflow}/releases/${facts.release.id}`;
  }
}

export const organisationLink = (checkId: string): string => `/organisation/checks/${checkId}`;
