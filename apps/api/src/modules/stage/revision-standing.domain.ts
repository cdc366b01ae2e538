import { compareDefinitions, needsSecondPerson, needsWidenPromotion } from './stage.domain.js';
import type { StageDefinition } from './stage.schema.js';

/** What a revision waits for before it holds: nothing, a second person, or a promotion of the occupant. */
export type RevisionStanding = 'in_force' | 'waits_for_person' | 'waits_for_promotion';

/**
 * Narrowing holds at once and asks nobody. Taking a check away waits for a second person; widening an occupied
 * stage waits for a promotion of its occupant. Judged against what is in force now, not when it was written.
 */
export function revisionStanding(
  inForce: StageDefinition,
  revision: StageDefinition,
  at: { readonly occupied: boolean; readonly approved: boolean },
): RevisionStanding {
  const { effect } = compareDefinitions(inForce, revision);
  if (needsSecondPerson(effect) && !at.approved) return 'waits_for_person';
  return needsWidenPromotion(effect, at.occupied) ? 'waits_for_promotion' : 'in_force';
}

/** A promotion is open into an empty stage, and its reviewers read the narrower definition. */
export function widensUnderReview(
  inForce: StageDefinition,
  revision: StageDefinition,
  at: { readonly occupied: boolean; readonly openMove: boolean },
): boolean {
  const { effect } = compareDefinitions(inForce, revision);
  return at.openMove && !at.occupied && (effect === 'widens' || effect === 'mixed');
}

/** A second person: neither who wrote the revision nor a service. */
export function mayApproveRevision(
  revision: {
    readonly waits: boolean;
    readonly effect: string;
    readonly createdById: string;
    readonly approvedById: string | null;
  },
  actor: { readonly kind: string; readonly responsibleIds: readonly string[] },
): boolean {
  const asks = revision.effect === 'thins' || revision.effect === 'mixed';
  const open = revision.waits && asks && revision.approvedById === null;
  return open && actor.kind === 'user' && !actor.responsibleIds.includes(revision.createdById);
}
