import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import type { RunAggregates } from './evals.schema.js';

@ObjectType({ description: 'One metric of one run, beside what the suite asks of it' })
export class EvalMetricResult {
  @Field()
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Null for a gate metric that no case measured' })
  mean!: number | null;

  @Field(() => Int, { description: 'Cases with a score; cases with an error have none' })
  count!: number;

  @Field({ description: 'Whether the suite gates on it' })
  gate!: boolean;

  @Field(() => Float, { nullable: true })
  threshold!: number | null;

  @Field(() => Boolean, { nullable: true })
  greaterIsBetter!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether this run alone meets the gate' })
  meets!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why not, in words; null where it does' })
  whyNot!: string | null;

  @Field(() => Int, { nullable: true, description: 'The least cases that the gate asks for' })
  minSamples!: number | null;
}

@ObjectType()
export class EvalCategoryCount {
  @Field()
  category!: string;

  @Field(() => Int)
  cases!: number;

  @Field(() => Int)
  passed!: number;

  @Field(() => Int, { nullable: true, description: 'Least number of cases that the suite asks for' })
  required!: number | null;
}

@ObjectType({ description: 'One measurement. Immutable' })
export class EvalRun {
  workflowId!: string;
  suiteVersionId!: string;
  releaseId!: string | null;
  importedById!: string;
  aggregates!: RunAggregates;

  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it measured; null where that is not known' })
  evalDigest!: string | null;

  @Field({ description: 'Whether gates read it' })
  counts!: boolean;

  @Field(() => String, { nullable: true })
  uncountedReason!: string | null;

  @Field({ description: 'regular or redteam' })
  kind!: string;

  @Field({ description: 'promptfoo or plain' })
  source!: string;

  @Field()
  sourceVersion!: string;

  @Field({ description: 'Of the bytes of the file' })
  rawSha256!: string;

  @Field()
  label!: string;

  @Field({ description: 'completed or abandoned' })
  status!: string;

  @Field(() => Date, { nullable: true })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int)
  cases!: number;

  @Field(() => Int)
  passed!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  errored!: number;

  @Field(() => Int)
  skipped!: number;

  @Field(() => [String], {
    description: "Differences between the file's own totals and what its cases add up to",
  })
  flags!: string[];

  @Field(() => Float, { nullable: true })
  costUsd!: number | null;

  @Field(() => Float, { nullable: true })
  durationMs!: number | null;

  @Field(() => Float, { nullable: true })
  tokensIn!: number | null;

  @Field(() => Float, { nullable: true })
  tokensOut!: number | null;

  @Field()
  createdAt!: Date;
}

@ObjectType()
export class EvalRunConnection extends connectionType(EvalRun) {}

@InputType()
export class EvalRunFilter {
  @Field(() => ID, { nullable: true })
  releaseId?: string | null;

  @Field(() => ID, { nullable: true })
  suiteId?: string | null;

  @Field(() => Boolean, { nullable: true })
  counts?: boolean | null;
}
