import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { releaseComponentIds, releaseCreate, releaseStepInput } from './release.schema.js';
import { Release } from './release.types.js';

@InputType()
export class ReleaseStepInput implements z.input<typeof releaseStepInput> {
  @Field({ description: 'main, unless there are several' })
  name!: string;

  @Field(() => ID)
  promptVersionId!: string;

  @Field(() => ID)
  modelConfigVersionId!: string;
}

@InputType({ description: 'Components to pin instead of those of the latest publication' })
export class ReleaseComponentIdsInput implements z.input<typeof releaseComponentIds> {
  @Field(() => ID)
  core!: string;

  @Field(() => ID)
  output!: string;

  @Field(() => ID, { nullable: true })
  retrieval?: string | null;

  @Field(() => ID, { nullable: true })
  tools?: string | null;

  @Field(() => ID, { nullable: true })
  budgets?: string | null;
}

@InputType()
export class ReleaseCreateInput implements Omit<z.input<typeof releaseCreate>, 'parentReleaseId'> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A name people say; made from number and digest if left out',
  })
  alias?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The release it was made from; null for none. Must be given',
  })
  parentReleaseId?: string | null;

  @Field(() => String, { nullable: true })
  notes?: string;

  @Field(() => [ReleaseStepInput])
  steps!: ReleaseStepInput[];

  @Field(() => ReleaseComponentIdsInput, { nullable: true })
  componentIds?: ReleaseComponentIdsInput | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class ReleaseCreatePayload {
  @Field(() => Release, { nullable: true })
  release!: Release | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
