import type { Actor, ActorKey } from '../identity/actor.js';
import { productionEnvironment } from './key-scopes.js';
import type { PermissionRule } from './permission-rule.js';
import { permissions, type Permission } from './permission-table.js';

/** What a permission is asked about. A workflow is asked about with its team. */
export interface PermissionSubject {
  teamId?: string;
  workflowId?: string;
}

/**
 * Whether the table lets this actor do this. Without a team in the subject it answers "for some team":
 * the coarse question of the guard and of menus; the door asks again with the team.
 */
export function can(actor: Actor | null, permission: Permission, subject: PermissionSubject = {}): boolean {
  const rule: PermissionRule = permissions[permission];
  if (rule.everyone === 'anyone') return true;
  if (!actor) return false;
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'user') return actor.key !== undefined && keyCan(actor.key, rule, subject);
  if (rule.everyone === 'signed-in') return true;
  if (rule.organisation?.some((role) => actor.organisationRoles.includes(role))) return true;
  return actor.memberships.some(
    (m) =>
      (subject.teamId === undefined || m.teamId === subject.teamId) && rule.team?.includes(m.role) === true,
  );
}

function keyCan(key: ActorKey, rule: PermissionRule, subject: PermissionSubject): boolean {
  if (rule.personsOnly || !rule.scopes?.some((scope) => key.scopes.includes(scope))) return false;
  if (rule.production && key.environment !== productionEnvironment) return false;
  return isWithin(key, subject);
}

/** Whether somebody answers for this act. What only narrows is never made to wait for that. */
export function isAnsweredFor(actor: Actor, permission: Permission): boolean {
  const rule: PermissionRule = permissions[permission];
  return (
    actor.key === undefined || actor.responsibleIds.length > 0 || rule.scopes?.includes('narrow') === true
  );
}

/** Whether what a key is asked about lies within the teams and workflows that it is bound to. */
export function isWithin(key: ActorKey, { teamId, workflowId }: PermissionSubject): boolean {
  if (teamId === undefined && workflowId === undefined) return true;
  return (
    (teamId !== undefined && key.teamIds.includes(teamId)) ||
    (workflowId !== undefined && key.workflowIds.includes(workflowId))
  );
}
