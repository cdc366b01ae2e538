import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';

@ObjectType({ description: 'One case of a run. What was asked and answered is not kept, only digests' })
export class EvalCase {
  @Field(() => ID)
  runId!: string;

  @Field(() => Int, { description: 'Place in the run, from 0' })
  index!: number;

  @Field()
  caseId!: string;

  @Field(() => Int)
  repeat!: number;

  @Field(() => String, { nullable: true })
  category!: string | null;

  @Field(() => [String])
  tags!: string[];

  @Field({ description: 'pass, fail, error or skip' })
  outcome!: string;

  @Field(() => Float, { nullable: true })
  score!: number | null;

  @Field(() => JsonScalar, { description: '[{name, score, pass?, threshold?, reason?}]' })
  metrics!: unknown;

  @Field(() => String, { nullable: true })
  expectedStatus!: string | null;

  @Field(() => String, { nullable: true })
  severity!: string | null;

  @Field(() => Int, { nullable: true })
  latencyMs!: number | null;

  @Field(() => Float, { nullable: true })
  costUsd!: number | null;

  @Field(() => String, { nullable: true })
  inputDigest!: string | null;

  @Field(() => String, { nullable: true })
  outputDigest!: string | null;

  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType()
export class EvalCaseConnection extends connectionType(EvalCase) {}

@InputType()
export class EvalCaseFilter {
  @Field(() => String, { nullable: true })
  outcome?: string | null;

  @Field(() => String, { nullable: true })
  category?: string | null;
}
