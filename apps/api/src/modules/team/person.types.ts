import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { actorKinds, type ActorKind } from '../../platform/identity/actor.js';
import {
  organisationRoles,
  teamRoles,
  type OrganisationRole,
  type TeamRole,
} from '../../platform/identity/roles.js';

export const TeamRoleEnum = registerUnion('TeamRole', teamRoles);
export const ActorKindEnum = registerUnion('ActorKind', actorKinds);
export const OrganisationRoleEnum = registerUnion('OrganisationRole', organisationRoles);

@ObjectType({
  description: 'A person; where something was done by a key, the service or agent under its name',
})
export class User {
  /** Absent for a person. */
  kind?: ActorKind;

  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field({ description: 'Empty for a service or an agent' })
  email!: string;
}

@ObjectType()
export class UserConnection extends connectionType(User) {}

@ObjectType({ description: 'One role of the viewer in one team' })
export class TeamMembership {
  teamId!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;
}

@ObjectType({ description: 'Who is signed in, and what they may do' })
export class Viewer {
  @Field(() => User)
  user!: User;

  @Field(() => [OrganisationRoleEnum])
  organisationRoles!: OrganisationRole[];

  @Field(() => [TeamMembership])
  memberships!: TeamMembership[];

  @Field(() => [String], { description: 'Permissions held for the organisation or in some team' })
  permissions!: string[];
}
