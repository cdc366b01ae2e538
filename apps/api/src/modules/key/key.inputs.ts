import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { KeyScope } from '../../platform/permissions/key-scopes.js';
import type { keyCreate, KeyKind, keyRevoke, keyRotate, KeyState } from './key.schema.js';
import { ApiKey, KeyKindEnum, KeyStateEnum } from './key.types.js';

@InputType()
export class KeyCreateInput implements z.input<typeof keyCreate> {
  @Field({ description: 'What uses it' })
  name!: string;

  @Field(() => KeyKindEnum)
  kind!: KeyKind;

  @Field({ description: 'production, or another environment' })
  environment!: string;

  @Field(() => [String], { description: 'ci, runtime, runtime-public, narrow, read' })
  scopes!: KeyScope[];

  @Field(() => [ID], { defaultValue: [], description: 'All workflows, prompts and models of these teams' })
  teamIds!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Single workflows besides those' })
  workflowIds!: string[];

  @Field(() => String, {
    description:
      'ISO 8601: a time in UTC, or a date, which means the end of that day; at most 365 days from now',
  })
  expiresAt!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class KeyRotateInput implements z.input<typeof keyRotate> {
  @Field(() => ID)
  keyId!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Days, 0 to 7, for which the old secret goes on working',
  })
  overlapDays!: number;

  @Field(() => String, { description: 'Of the new key; ISO 8601; at most 365 days from now' })
  expiresAt!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class KeyRevokeInput implements z.input<typeof keyRevoke> {
  @Field(() => ID)
  keyId!: string;

  @Field(() => String, { nullable: true })
  reason?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class KeyFilter {
  @Field(() => ID, { nullable: true, description: 'Bound to this team or to a workflow of it' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Bound to this workflow or to its team' })
  workflowId?: string | null;

  @Field(() => [KeyStateEnum], { nullable: true })
  state?: KeyState[] | null;

  @Field(() => String, { nullable: true, description: 'In the name or the prefix' })
  search?: string | null;
}

@ArgsType()
export class KeyListArgs extends ConnectionArgs {
  @Field(() => KeyFilter, { nullable: true })
  filter?: KeyFilter | null;
}

@ObjectType({ isAbstract: true })
abstract class KeyPayload {
  @Field(() => ApiKey, { nullable: true })
  key!: ApiKey | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType({ isAbstract: true })
abstract class KeySecretPayload extends KeyPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Shown this once and kept nowhere; null when a repeated request gets its earlier answer',
  })
  secret!: string | null;
}

@ObjectType()
export class KeyCreatePayload extends KeySecretPayload {}

@ObjectType()
export class KeyRotatePayload extends KeySecretPayload {}

@ObjectType()
export class KeyRevokePayload extends KeyPayload {}
