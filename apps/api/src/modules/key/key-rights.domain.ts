import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';

/**
 * Whether this person makes and ends keys of all these teams: a reviewer for the own team, an administrator for every
 * one. A key that reaches into two teams needs both.
 */
export function mayManage(actor: Actor, teamIds: readonly string[]): boolean {
  return teamIds.length > 0 && teamIds.every((teamId) => can(actor, 'key.manage', { teamId }));
}
