import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { OrganisationRole } from '../../platform/identity/roles.js';
import type { organisationRoleChange, organisationRoleGrant, userCreate } from './person.schema.js';
import { OrganisationRoleEnum, User } from './person.types.js';

@InputType()
export class UserCreateInput implements z.input<typeof userCreate> {
  @Field()
  name!: string;

  @Field()
  email!: string;

  @Field()
  password!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType({ isAbstract: true })
abstract class OrganisationRoleChange implements z.input<typeof organisationRoleChange> {
  @Field(() => ID)
  userId!: string;

  @Field(() => OrganisationRoleEnum)
  role!: OrganisationRole;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class OrganisationRoleGrantInput
  extends OrganisationRoleChange
  implements z.input<typeof organisationRoleGrant>
{
  @Field({ defaultValue: false, description: 'Of risk and security reviewers: the same powers, named apart' })
  deputy!: boolean;
}

@InputType()
export class OrganisationRoleRevokeInput extends OrganisationRoleChange {}

@ObjectType({ isAbstract: true })
abstract class UserPayload {
  @Field(() => User, { nullable: true })
  user!: User | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class UserCreatePayload extends UserPayload {}

@ObjectType()
export class OrganisationRoleGrantPayload extends UserPayload {}

@ObjectType()
export class OrganisationRoleRevokePayload extends UserPayload {}
