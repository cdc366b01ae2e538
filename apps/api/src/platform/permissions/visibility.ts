import type { Actor } from '../identity/actor.js';
import type { OrganisationRole } from '../identity/roles.js';

/** Who sees every workflow. Responders do, so that whoever is paged at night is never met by "not found". */
export const seeAllRoles: readonly OrganisationRole[] = ['administrator', 'auditor', 'responder'];

/**
 * Which workflows an actor sees: all; or those of these teams, these single ones, and, where `open`, every other one
 * that is not restricted. A key sees what it is bound to and nothing else.
 */
export type Sight =
  { all: true } | { all: false; open: boolean; teamIds: readonly string[]; workflowIds: readonly string[] };

export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'system') return { all: true };
  if (actor.kind !== 'user') {
    const { teamIds = [], workflowIds = [] } = actor.key ?? {};
    return { all: false, open: false, teamIds, workflowIds };
  }
  if (actor.organisationRoles.some((role) => seeAllRoles.includes(role))) return { all: true };
  const teamIds = [...new Set(actor.memberships.map((m) => m.teamId))];
  return { all: false, open: true, teamIds, workflowIds: [] };
}

export interface Sighted {
  /** Of the workflow. */
  id?: string;
  teamId: string;
  restricted: boolean;
}

/** Unknown and forbidden look the same: what this refuses is to be answered as if it did not exist. */
export function maySee(actor: Actor, workflow: Sighted): boolean {
  const sight = sightOf(actor);
  if (sight.all || sight.teamIds.includes(workflow.teamId)) return true;
  return (
    (sight.open && !workflow.restricted) ||
    (workflow.id !== undefined && sight.workflowIds.includes(workflow.id))
  );
}
