import type { Actor } from '../identity/actor.js';
import { permissions, type Permission, type PermissionRule } from './permission-table.js';

/** What a permission is asked about. */
export interface PermissionSubject {
  teamId?: string;
}

/**
 * Whether the table lets this actor do this. Without a team in the subject it answers "for some team":
 * the coarse question of the guard and of menus; the door asks again with the team.
 */
export function can(actor: Actor | null, permission: Permission, subject: PermissionSubject = {}): boolean {
  const rule: PermissionRule = permissions[permission];
  if (rule.everyone === 'anyone') return true;
  if (!actor) return false;
  if (actor.kind === 'system' || rule.everyone === 'signed-in') return true;
  if (rule.organisation?.some((role) => actor.organisationRoles.includes(role))) return true;
  return actor.memberships.some(
    (m) =>
      (subject.teamId === undefined || m.teamId === subject.teamId) && rule.team?.includes(m.role) === true,
  );
}
