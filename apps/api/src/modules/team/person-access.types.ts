import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { personDisable, personEnable, personResetLinkCreate } from './person.schema.js';
import type { OrganisationRole } from '../../platform/identity/roles.js';
import { OrganisationRoleEnum, User } from './person.types.js';

@ObjectType({ description: 'One role for the whole organisation, and how it was given' })
export class HeldRole {
  @Field(() => OrganisationRoleEnum)
  role!: OrganisationRole;

  @Field({ description: 'Holds it for when its first holder is away; the same powers' })
  deputy!: boolean;

  @Field({
    description: 'Given by a group of the identity provider, asked again at each sign-in; else by hand',
  })
  fromProvider!: boolean;
}

@InputType()
export class PersonDisableInput implements z.input<typeof personDisable> {
  @Field(() => ID)
  userId!: string;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PersonEnableInput implements z.input<typeof personEnable> {
  @Field(() => ID)
  userId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PersonResetLinkCreateInput implements z.input<typeof personResetLinkCreate> {
  @Field(() => ID)
  userId!: string;

  @Field(() => Int, { nullable: true, description: 'How long the link works: 1 to 24 hours' })
  hours?: number | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ isAbstract: true })
abstract class PersonPayload {
  @Field(() => User, { nullable: true })
  user!: User | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class PersonDisablePayload extends PersonPayload {}

@ObjectType()
export class PersonEnablePayload extends PersonPayload {}

@ObjectType()
export class ResetLink {
  @Field({ description: 'Path of the page, with the secret; shown this once' })
  path!: string;

  @Field(() => GraphQLISODateTime)
  expiresAt!: Date;
}

@ObjectType()
export class PersonResetLinkCreatePayload {
  @Field(() => ResetLink, { nullable: true })
  link!: ResetLink | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
