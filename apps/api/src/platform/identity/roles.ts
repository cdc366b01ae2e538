/** What a person may be in one team. */
export const teamRoles = ['member', 'reviewer', 'responder'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** What a person may be for the whole organisation. */
export const organisationRoles = [
  'administrator',
  'auditor',
  'risk_reviewer',
  'security_reviewer',
  'responder',
] as const;
export type OrganisationRole = (typeof organisationRoles)[number];

/** A role that a group of the identity provider gives. A team is named by its key. */
export type MappedRole = { organisation: OrganisationRole } | { team: string; role: TeamRole };

export function isTeamRole(value: string): value is TeamRole {
  return teamRoles.some((role) => role === value);
}

export function isOrganisationRole(value: string): value is OrganisationRole {
  return organisationRoles.some((role) => role === value);
}
