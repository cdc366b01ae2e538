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

export function isTeamRole(value: string): value is TeamRole {
  return teamRoles.some((role) => role === value);
}

export function isOrganisationRole(value: string): value is OrganisationRole {
  return organisationRoles.some((role) => role === value);
}
