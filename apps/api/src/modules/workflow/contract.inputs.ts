import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { Contract, ContractDraft } from './contract.types.js';
import type { contractDraftSave, contractPublish } from './workflow.schema.js';

type Saved = z.input<typeof contractDraftSave>;

@InputType({ description: 'A component left out stays as it is; null clears it' })
export class ContractDraftSaveInput implements Saved {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => Int, { description: 'The revision that was read; 0 while nothing is saved' })
  expectedRevision!: number;

  @Field(() => JsonScalar, { nullable: true })
  core?: Saved['core'];

  @Field(() => JsonScalar, { nullable: true })
  output?: Saved['output'];

  @Field(() => JsonScalar, { nullable: true })
  retrieval?: Saved['retrieval'];

  @Field(() => JsonScalar, { nullable: true })
  tools?: Saved['tools'];

  @Field(() => JsonScalar, { nullable: true })
  budgets?: Saved['budgets'];

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class ContractPublishInput implements z.input<typeof contractPublish> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => Int, { description: 'The revision of the draft that was read' })
  expectedRevision!: number;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class ContractDraftSavePayload {
  @Field(() => ContractDraft, { nullable: true })
  draft!: ContractDraft | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class ContractPublishPayload {
  @Field(() => Contract, { nullable: true })
  contract!: Contract | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
