import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import type { SuiteDefinition } from './evals.schema.js';

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
