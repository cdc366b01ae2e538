import type { OrganisationRole, TeamRole } from '../api/generated/documents.js';

export const roleWords: Record<OrganisationRole | TeamRole, string> = {
  administrator: 'Administrator',
  auditor: 'Auditor',
  risk_reviewer: 'Risk reviewer',
  security_reviewer: 'Security reviewer',
  responder: 'Responder',
  member: 'Member',
  reviewer: 'Reviewer',
};

/** A role as the server names it, in words; unknown ones are shown as they are. */
export function wordOfRole(role: string): string {
  return role in roleWords ? roleWords[role as OrganisationRole] : role.replaceAll('_', ' ');
}
