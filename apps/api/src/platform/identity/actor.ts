import type { KeyScope } from '../permissions/key-scopes.js';
import type { OrganisationRole, TeamRole } from './roles.js';

export const actorKinds = ['user', 'service', 'agent', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

export type Membership = { teamId: string; role: TeamRole };

/** What an API key is bound to. A key holds no role: its scopes, teams and workflows are all that it may do. */
export type ActorKey = {
  id: string;
  scopes: readonly KeyScope[];
  environment: string;
  /** The teams all of whose workflows, prompts and models it may act for. */
  teamIds: readonly string[];
  /** Single workflows besides those. */
  workflowIds: readonly string[];
  /** The person that whoever uses the key states as the committer of this request. */
  committerId: string | null;
};

/** Who acts. Roles and memberships are those in force when the actor was loaded. */
export type Actor = {
  kind: ActorKind;
  /** User id (uuid); for a service or an agent its key's id; for the system actor the nil uuid. */
  id: string;
  name: string;
  organisationRoles: OrganisationRole[];
  memberships: Membership[];
  /**
   * The persons who answer for what this actor does; for a user, the user alone; for a key, its maker and the stated
   * committer, as far as they may still sign in. Empty where nobody does.
   */
  responsibleIds: string[];
  /** Of a service or an agent, and of nobody else. */
  key?: ActorKey;
};

/** The registry itself: setup, the demo seed, migrations of data. No person answers for it and it holds no role. */
export const systemActor: Actor = {
  kind: 'system',
  id: '00000000-0000-0000-0000-000000000000',
  name: 'Holdpoint',
  organisationRoles: [],
  memberships: [],
  responsibleIds: [],
};
