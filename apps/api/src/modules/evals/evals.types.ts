import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { RunAggregates, SuiteDefinition } from './evals.schema.js';

@ObjectType({ description: 'What is measured of a workflow, and the gates on it' })
export class EvalSuite {
  workflowId!: string;
  lastVersion!: number;

  @Field(() => ID)
  id!: string;

  @Field({ description: 'Unique within the workflow' })
  key!: string;

  @Field()
  name!: string;
}

@ObjectType({ description: 'Immutable' })
export class EvalSuiteVersion {
  suiteId!: string;
  authorId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => JsonScalar, { description: 'Gate metrics, required categories, error limit, grader' })
  definition!: SuiteDefinition;

  @Field()
  digest!: string;

  @Field()
  createdAt!: Date;
}

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
