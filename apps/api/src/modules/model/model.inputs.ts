import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { modelConfigCreate, modelConfigVersionCreate } from './model.schema.js';
import { ModelConfig, ModelConfigVersion } from './model.types.js';

@InputType()
export class ModelConfigCreateInput implements z.input<typeof modelConfigCreate> {
  @Field(() => ID)
  teamId!: string;

  @Field({ description: 'Unique within the team' })
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class ModelConfigVersionCreateInput implements z.input<typeof modelConfigVersionCreate> {
  @Field(() => ID)
  modelConfigId!: string;

  @Field(() => Int, { nullable: true, description: 'The latest version that the author saw, 0 for none' })
  expectedVersion?: number | null;

  @Field()
  provider!: string;

  @Field({ description: 'The dated snapshot' })
  model!: string;

  @Field(() => JsonScalar, {
    description: 'What the provider takes beside the prompt: temperature, max_tokens …',
  })
  parameters!: z.input<typeof modelConfigVersionCreate>['parameters'];

  @Field(() => String, {
    nullable: true,
    description: 'Why a name that can move to another model is accepted',
  })
  aliasAcceptedReason?: string | null;

  @Field()
  commitMessage!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class ModelConfigCreatePayload {
  @Field(() => ModelConfig, { nullable: true })
  modelConfig!: ModelConfig | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class ModelConfigVersionCreatePayload {
  @Field(() => ModelConfigVersion, { nullable: true })
  modelConfigVersion!: ModelConfigVersion | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
