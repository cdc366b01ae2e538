import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';

@ObjectType({ description: 'How far the upload of a result file has come' })
export class EvalUpload {
  workflowId!: string;
  runIds!: string[];

  @Field(() => ID)
  id!: string;

  @Field({ description: 'receiving, staging, committed or refused' })
  state!: string;

  @Field()
  fileName!: string;

  @Field(() => Float)
  bytesReceived!: number;

  @Field(() => Float, { nullable: true })
  bytesTotal!: number | null;

  @Field(() => Int)
  casesStaged!: number;

  @Field(() => UserErrorType, { nullable: true, description: 'Why it was refused' })
  error!: UserErrorType | null;
}
