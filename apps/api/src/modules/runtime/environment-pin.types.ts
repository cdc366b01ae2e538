import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import type { environmentPin } from './environment-pin.schema.js';

@ObjectType({ description: 'What keys of one environment are served, instead of the newest release' })
export class EnvironmentPin {
  @Field()
  environment!: string;

  @Field(() => GraphQLISODateTime)
  pinnedAt!: Date;

  workflowId!: string;
  releaseId!: string;
  pinnedById!: string;
}

@InputType()
export class EnvironmentPinInput implements z.input<typeof environmentPin> {
  @Field(() => ID)
  workflowId!: string;

  @Field({ description: 'Of the keys of running applications; not production' })
  environment!: string;

  @Field(() => ID, { nullable: true, description: 'Null: the newest release again' })
  releaseId!: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class EnvironmentPinPayload {
  @Field(() => Workflow, { nullable: true })
  workflow?: Workflow | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
