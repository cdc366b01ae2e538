import type { OrganisationRole, TeamRole } from '../platform/identity/roles.js';
import { demoEmailDomain } from '../platform/identity/demo-people.js';

/** Known to everybody who reads this, which is why these accounts work with --demo alone, on loopback. */
export const demoPassword = 'demo-people-only';

export interface DemoPerson {
  key: string;
  name: string;
  organisationRoles: readonly OrganisationRole[];
  /** Roles in every team of the demo. */
  teamRoles: readonly TeamRole[];
}

/** Named for what they do: nobody here is invented as a person. */
export const demoPeople = [
  { key: 'administrator', name: 'Administrator (demo)', organisationRoles: ['administrator'], teamRoles: [] },
  { key: 'author', name: 'Workflow author (demo)', organisationRoles: [], teamRoles: ['member'] },
  { key: 'reviewer', name: 'Reviewer (demo)', organisationRoles: [], teamRoles: ['reviewer', 'member'] },
  { key: 'oncall', name: 'On call (demo)', organisationRoles: ['responder'], teamRoles: ['responder'] },
  { key: 'risk', name: 'Risk reviewer (demo)', organisationRoles: ['risk_reviewer'], teamRoles: [] },
  {
    key: 'security',
    name: 'Security reviewer (demo)',
    organisationRoles: ['security_reviewer'],
    teamRoles: [],
  },
  { key: 'auditor', name: 'Auditor (demo)', organisationRoles: ['auditor'], teamRoles: [] },
] as const satisfies readonly DemoPerson[];

export type DemoPersonKey = (typeof demoPeople)[number]['key'];

export function demoEmail(key: DemoPersonKey): string {
  return `${key}@${demoEmailDomain}`;
}
