import type { OrganisationRole, TeamRole } from '../../platform/identity/roles.js';

/** missing: nobody; single: one person, so that their own work, or their absence, leaves nobody. */
export const roleWarningLevels = ['missing', 'single'] as const;
export type RoleWarningLevel = (typeof roleWarningLevels)[number];

export interface RoleWarning {
  level: RoleWarningLevel;
  role: TeamRole | OrganisationRole;
  /** Whether the team or the organisation lacks it. */
  ofTeam: boolean;
  message: string;
}

/** Active persons by the role they hold. */
export interface Holders {
  team: Readonly<Partial<Record<TeamRole, readonly string[]>>>;
  organisation: Readonly<Partial<Record<OrganisationRole, readonly string[]>>>;
}

export interface Needs {
  tier: 'low' | 'medium' | 'high' | null;
  hasTools: boolean;
  /** Persons who see the workflow; null where everybody does. */
  seenBy: readonly string[] | null;
}

const words: Readonly<Record<string, string>> = {
  risk_reviewer: 'risk reviewer',
  security_reviewer: 'security reviewer',
};

/**
 * Roles that this workflow's promotions or nights will wait for, and that nobody, or only one person, holds. Every
 * tier's checklist asks a risk and a security reviewer before customers come, the higher tiers from the first stage.
 */
export function workflowRoleWarnings(holders: Holders, { tier, hasTools, seenBy }: Needs): RoleWarning[] {
  const { team, organisation } = holders;
  const found: RoleWarning[] = [];
  const reviewers = team.reviewer ?? [];
  if (reviewers.length === 0) {
    found.push(missing('reviewer', true, 'The team has no reviewer: nobody can approve a promotion'));
  } else if (reviewers.length === 1) {
    found.push(single('reviewer', true, 'The team has one reviewer, who cannot approve their own work'));
  }
  if ((team.responder ?? []).length + (organisation.responder ?? []).length === 0) {
    found.push(
      missing('responder', true, 'Neither team nor organisation has a responder: nobody is on call'),
    );
  }
  for (const role of ['risk_reviewer', 'security_reviewer'] as const) {
    const all = organisation[role] ?? [];
    const seeing = seenBy === null ? all : all.filter((person) => seenBy.includes(person));
    const word = words[role] ?? role;
    const strict = tier === 'medium' || tier === 'high' || (hasTools && role === 'security_reviewer');
    if (tier === null && !hasTools) continue;
    if (all.length === 0) {
      found.push(missing(role, false, `Nobody is ${word}; the checklist of this workflow asks for one`));
    } else if (seeing.length === 0) {
      const message = `No ${word} sees this restricted workflow; add one to the team`;
      found.push(missing(role, false, message));
    } else if (strict && seeing.length === 1) {
      found.push(single(role, false, `One person is ${word}, without a deputy`));
    }
  }
  return found;
}

/** What the organisation lacks whatever its workflows are. */
export function organisationRoleWarnings({ organisation }: Pick<Holders, 'organisation'>): RoleWarning[] {
  const found: RoleWarning[] = [];
  if ((organisation.administrator ?? []).length < 2) {
    const message = 'Fewer than two administrators: when one is locked out, nobody can let them in';
    found.push(single('administrator', false, message));
  }
  for (const role of ['risk_reviewer', 'security_reviewer'] as const) {
    const count = (organisation[role] ?? []).length;
    const word = words[role] ?? role;
    if (count === 0) found.push(missing(role, false, `Nobody is ${word}; checklists ask for one`));
    if (count === 1) found.push(single(role, false, `One person is ${word}, without a deputy`));
  }
  return found;
}

const missing = (role: RoleWarning['role'], ofTeam: boolean, message: string): RoleWarning => ({
  ...{ level: 'missing', role, ofTeam, message },
});
const single = (role: RoleWarning['role'], ofTeam: boolean, message: string): RoleWarning => ({
  ...{ level: 'single', role, ofTeam, message },
});
