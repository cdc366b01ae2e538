import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { Adoption } from './adoption.types.js';
import type { stageRevise, stageRevisionApprove, workflowAdopt } from './stage.schema.js';
import { StageRevision } from './stage.types.js';

type Revise = z.input<typeof stageRevise>;

@InputType()
export class StageReviseInput implements Revise {
  @Field(() => ID)
  workflowId!: string;

  @Field()
  stageKey!: string;

  @Field(() => Int, { description: 'Of the definition in force' })
  expectedRevision!: number;

  @Field(() => JsonScalar, { description: 'The whole definition' })
  definition!: Revise['definition'];

  @Field({ defaultValue: '', description: 'Needed where a check is taken away' })
  reason?: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class StageRevisionApproveInput implements z.input<typeof stageRevisionApprove> {
  @Field(() => ID)
  stageRevisionId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class WorkflowAdoptInput implements z.input<typeof workflowAdopt> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => ID)
  releaseId!: string;

  @Field(() => [String], { description: 'Keys of the stages in which it is live' })
  stageKeys!: string[];

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ isAbstract: true })
abstract class StageRevisionPayload {
  @Field(() => StageRevision, { nullable: true })
  stageRevision?: StageRevision | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class StageRevisePayload extends StageRevisionPayload {}

@ObjectType()
export class StageRevisionApprovePayload extends StageRevisionPayload {}

@ObjectType()
export class WorkflowAdoptPayload {
  @Field(() => Adoption, { nullable: true })
  adoption?: Adoption | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
