import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import type { TeamRole } from '../../platform/identity/roles.js';
import { TeamRoleEnum } from './person.types.js';

@ObjectType({ description: 'Owns workflows and prompts; has members and an on-call contact' })
export class Team {
  @Field(() => ID)
  id!: string;

  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  onCallContact!: string | null;

  @Field(() => Int, { description: 'To be given back as expectedRevision when the team is changed' })
  revision!: number;
}

@ObjectType()
export class TeamConnection extends connectionType(Team) {}

@ObjectType()
export class TeamMember {
  userId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;

  @Field()
  addedAt!: Date;
}
