import type { Actor } from '../identity/actor.js';
import type { OrganisationRole } from '../identity/roles.js';

/** Who sees every workflow. Responders do, so that whoever is paged at night is never met by "not found". */
const seeAll: readonly OrganisationRole[] = ['administrator', 'auditor', 'responder'];

/** Which workflows an actor sees: all, or those that are not restricted and those of these teams. */
export type Sight = { all: true } | { all: false; teamIds: string[] };

export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'system' || actor.organisationRoles.some((role) => seeAll.includes(role)))
    return { all: true };
  return { all: false, teamIds: [...new Set(actor.memberships.map((m) => m.teamId))] };
}

/** Unknown and forbidden look the same: what this refuses is to be answered as if it did not exist. */
export function maySee(actor: Actor, workflow: { restricted: boolean; teamId: string }): boolean {
  const sight = sightOf(actor);
  return !workflow.restricted || sight.all || sight.teamIds.includes(workflow.teamId);
}
