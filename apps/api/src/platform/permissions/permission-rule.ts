import type { OrganisationRole, TeamRole } from '../identity/roles.js';
import type { KeyScope } from './key-scopes.js';

interface RuleOfPersons {
  /** What it lets a person do, for the documentation and for the refusal. */
  description: string;
  /** Roles in the team that the subject belongs to. */
  team?: readonly TeamRole[];
  /** Roles for the whole organisation. */
  organisation?: readonly OrganisationRole[];
  /** Everybody who is signed in; `anyone` also those who are not. */
  everyone?: 'signed-in' | 'anyone';
}

/** What no service or agent ever does, whatever its scopes: approving, waiving, lifting a hold, changing permissions. */
interface RuleForPersonsOnly extends RuleOfPersons {
  personsOnly: true;
  scopes?: never;
  production?: never;
  inMemory?: never;
}

interface RuleForKeysToo extends RuleOfPersons {
  personsOnly?: never;
  /** Scopes of API keys that may do it too, within the teams and workflows that the key is bound to. */
  scopes?: readonly KeyScope[];
  /** Only keys of the production environment, because the others have no stages. */
  production?: true;
  /** Asked of the keys held in memory, without a statement; of nobody else. */
  inMemory?: true;
}

export type PermissionRule = RuleForPersonsOnly | RuleForKeysToo;
