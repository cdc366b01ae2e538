import type { OrganisationRole, TeamRole } from './roles.js';

export const actorKinds = ['user', 'service', 'agent', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

export type Membership = { teamId: string; role: TeamRole };

/** Who acts. Roles and memberships are those in force when the actor was loaded. */
export type Actor = {
  kind: ActorKind;
  /** User id (uuid); for the system actor the nil uuid. */
  id: string;
  name: string;
  organisationRoles: OrganisationRole[];
  memberships: Membership[];
  /** The persons who answer for what this actor does; for a user, the user alone. */
  responsibleIds: string[];
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
