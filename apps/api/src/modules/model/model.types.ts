import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';

@ObjectType({ description: 'A provider, a model and its parameters, in immutable versions' })
export class ModelConfig {
  teamId!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => Int, { description: '0 while it has no version' })
  lastVersion!: number;
}

@ObjectType()
export class ModelConfigConnection extends connectionType(ModelConfig) {}

@ObjectType({ description: 'Immutable' })
export class ModelConfigVersion {
  modelConfigId!: string;
  authorId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field()
  provider!: string;

  @Field()
  model!: string;

  @Field({ description: 'The name can come to mean another model' })
  isAlias!: boolean;

  @Field(() => String, { nullable: true })
  aliasAcceptedReason!: string | null;

  @Field(() => JsonScalar)
  parameters!: unknown;

  @Field()
  digest!: string;

  @Field()
  commitMessage!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType()
export class ModelConfigVersionConnection extends connectionType(ModelConfigVersion) {}
