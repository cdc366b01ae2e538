import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { workflowRetire } from './retire.schema.js';
import { Workflow } from './workflow.types.js';

@ObjectType({ description: 'Instances of one application with one key that asked within 14 days' })
export class RetireAsker {
  @Field({ description: 'As it calls itself; may be empty' })
  application!: string;

  @Field({ description: 'sdk, or ofrep for one that is known by what it last fetched' })
  via!: string;

  @Field()
  environment!: string;

  @Field(() => String, { nullable: true })
  keyName!: string | null;

  @Field(() => Int)
  instances!: number;

  @Field()
  lastSeenAt!: Date;
}

@ObjectType({ description: 'What retiring a workflow would do, and whether it may be done' })
export class RetirePreview {
  @Field(() => [RetireAsker], { description: 'The latest first; at most 50' })
  askedBy!: RetireAsker[];

  @Field(() => Date, { nullable: true, description: 'Of production; counted by whole hours' })
  lastRequestAt!: Date | null;

  @Field(() => [String], { description: 'Stages in which somebody may get a release now' })
  servingStages!: string[];

  @Field(() => [String], { description: 'Stages whose release will be live no more' })
  endingStages!: string[];

  @Field(() => Int, { description: 'Open promotions that will be withdrawn' })
  openPromotions!: number;

  @Field(() => [String], { description: 'Names of keys that reach nothing else and will be revoked' })
  keys!: string[];

  @Field(() => Int, { description: 'Duties that will end' })
  duties!: number;

  @Field()
  allowed!: boolean;

  @Field(() => String, { nullable: true })
  whyNot!: string | null;

  @Field(() => [String], {
    description:
      'Why it may be done, who still asks and what they get then, and what stays open; empty where it may not',
  })
  notes!: string[];

  @Field({ description: 'Whether the viewer has the role for it' })
  viewerCanRetire!: boolean;
}

@InputType()
export class WorkflowRetireInput implements z.input<typeof workflowRetire> {
  @Field(() => ID)
  workflowId!: string;

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class WorkflowRetirePayload {
  @Field(() => Workflow, { nullable: true })
  workflow!: Workflow | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
