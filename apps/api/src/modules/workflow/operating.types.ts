import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { operatingRecordSave } from './workflow.schema.js';

@ObjectType({ description: 'Who runs the workflow; in no digest of a release' })
export class OperatingRecord {
  workflowId!: string;
  authorId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field()
  digest!: string;

  @Field(() => JsonScalar)
  content!: unknown;

  @Field()
  createdAt!: Date;
}

@InputType()
export class OperatingRecordSaveInput implements z.input<typeof operatingRecordSave> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => Int, { description: 'The version that was read; 0 while there is none' })
  expectedVersion!: number;

  @Field(() => JsonScalar)
  content!: z.input<typeof operatingRecordSave>['content'];

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class OperatingRecordSavePayload {
  @Field(() => OperatingRecord, { nullable: true })
  operating!: OperatingRecord | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
