import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { evalRunImport, evalSuiteCreate, evalSuiteVersionCreate } from './evals-input.schema.js';
import { EvalRun } from './eval-run.types.js';
import { EvalSuite, EvalSuiteVersion } from './evals.types.js';

@InputType()
export class EvalSuiteCreateInput implements z.input<typeof evalSuiteCreate> {
  @Field(() => ID)
  workflowId!: string;

  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class EvalSuiteCreatePayload {
  @Field(() => EvalSuite, { nullable: true })
  evalSuite!: EvalSuite | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@InputType()
export class EvalSuiteVersionCreateInput implements z.input<typeof evalSuiteVersionCreate> {
  @Field(() => ID)
  suiteId!: string;

  @Field(() => Int, { description: 'The latest version; 0 while there is none' })
  expectedVersion!: number;

  @Field(() => JsonScalar)
  definition!: z.input<typeof evalSuiteVersionCreate>['definition'];

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class EvalSuiteVersionCreatePayload {
  @Field(() => EvalSuiteVersion, { nullable: true })
  evalSuiteVersion!: EvalSuiteVersion | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@InputType()
export class EvalRunImportInput implements z.input<typeof evalRunImport> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => ID)
  suiteId!: string;

  @Field(() => ID, { nullable: true, description: 'What was measured, unless the run names its eval digest' })
  releaseId?: string | null;

  @Field(() => JsonScalar, { description: 'A plain run, eval-run@1, of at most 500 cases' })
  plain!: z.input<typeof evalRunImport>['plain'];

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class EvalRunImportPayload {
  @Field(() => EvalRun, { nullable: true })
  evalRun!: EvalRun | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
