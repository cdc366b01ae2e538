import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { TeamRole } from '../../platform/identity/roles.js';
import { TeamRoleEnum } from './person.types.js';
import type { teamCreate, teamMemberChange, teamUpdate } from './team.schema.js';
import { Team } from './team.types.js';

@InputType()
export class TeamCreateInput implements z.input<typeof teamCreate> {
  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  onCallContact?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class TeamUpdateInput implements z.input<typeof teamUpdate> {
  @Field(() => ID)
  teamId!: string;

  @Field(() => Int)
  expectedRevision!: number;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  onCallContact?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType({ isAbstract: true })
abstract class TeamMemberChange implements z.input<typeof teamMemberChange> {
  @Field(() => ID)
  teamId!: string;

  @Field(() => ID)
  userId!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class TeamMemberAddInput extends TeamMemberChange {}

@InputType()
export class TeamMemberRemoveInput extends TeamMemberChange {}

@ObjectType({ isAbstract: true })
abstract class TeamPayload {
  @Field(() => Team, { nullable: true })
  team!: Team | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class TeamCreatePayload extends TeamPayload {}

@ObjectType()
export class TeamUpdatePayload extends TeamPayload {}

@ObjectType()
export class TeamMemberAddPayload extends TeamPayload {}

@ObjectType()
export class TeamMemberRemovePayload extends TeamPayload {}
