import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { RiskTier } from './risk.schema.js';
import { RiskTierEnum } from './risk.types.js';
import type { WorkflowQuery } from './workflow-list.reads.js';
import { workflowOrders, type workflowRegister, type workflowTierRaise } from './workflow.schema.js';
import { Workflow } from './workflow.types.js';

export const WorkflowOrderEnum = registerUnion('WorkflowOrder', workflowOrders);

@InputType()
export class WorkflowFilter implements WorkflowQuery {
  @Field(() => String, { nullable: true, description: 'In the name or the full key' })
  search?: string | null;

  @Field(() => ID, { nullable: true })
  teamId?: string | null;

  @Field(() => [RiskTierEnum], { nullable: true })
  tier?: RiskTier[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Key of a stage that serves a release to everybody in it now, whatever its pointer says',
  })
  liveIn?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'With a promotion that is open' })
  inPromotion?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Of the viewer's own teams" })
  mine?: boolean | null;
}

@InputType()
export class WorkflowRegisterInput implements z.input<typeof workflowRegister> {
  @Field(() => ID)
  teamId!: string;

  @Field({ description: 'The second half of the full key team.workflow; never reused' })
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => Boolean, { nullable: true })
  restricted?: boolean;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class WorkflowTierRaiseInput implements z.input<typeof workflowTierRaise> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => RiskTierEnum)
  tier!: RiskTier;

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ isAbstract: true })
abstract class WorkflowPayload {
  @Field(() => Workflow, { nullable: true })
  workflow!: Workflow | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class WorkflowRegisterPayload extends WorkflowPayload {}

@ObjectType()
export class WorkflowTierRaisePayload extends WorkflowPayload {}
