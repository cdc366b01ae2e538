import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { z } from 'zod';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import type {
  addedCase,
  promotionExecute,
  PromotionKind,
  promotionRequest,
  promotionRetarget,
  promotionReview,
  PromotionState,
  promotionWithdraw,
  ReviewVerdict,
} from './promotion.schema.js';
import { PromotionKindEnum, PromotionStateEnum, ReviewVerdictEnum } from './promotion.types.js';

@InputType({ description: 'A case of the evals' })
export class AddedCaseInput implements z.input<typeof addedCase> {
  @Field(() => ID)
  suiteId!: string;

  @Field({ description: 'As the runs of the suite name it' })
  caseId!: string;
}

@InputType()
export class PromotionRequestInput implements z.input<typeof promotionRequest> {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => ID)
  releaseId!: string;

  @Field({ description: 'Key of the stage to enter; for a replacement the last one' })
  toStage!: string;

  @Field(() => PromotionKindEnum, { defaultValue: 'climb' })
  kind?: PromotionKind;

  @Field({ defaultValue: '' })
  note?: string;

  @Field(() => ID, { nullable: true, description: 'For a widening: the revision that waits' })
  stageRevisionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For a fix: the incident that it mends' })
  incidentId?: string | null;

  @Field(() => AddedCaseInput, { nullable: true, description: 'For a fix: what was added to the evals' })
  addedCase?: AddedCaseInput | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionRetargetInput implements z.input<typeof promotionRetarget> {
  @Field(() => ID)
  promotionId!: string;

  @Field(() => Int)
  expectedRevision!: number;

  @Field(() => ID)
  releaseId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionReviewInput implements z.input<typeof promotionReview> {
  @Field(() => ID)
  promotionId!: string;

  @Field({ description: 'Of the release that the reviewer was shown' })
  digest!: string;

  @Field(() => ReviewVerdictEnum)
  verdict!: ReviewVerdict;

  @Field({ defaultValue: '' })
  comment?: string;

  @Field({ defaultValue: false, description: 'Answers that this change has made stale still hold for it' })
  confirmsAnswers?: boolean;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionExecuteInput implements z.input<typeof promotionExecute> {
  @Field(() => ID)
  promotionId!: string;

  @Field({ description: 'Of the release that the person was shown' })
  expectedDigest!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionWithdrawInput implements z.input<typeof promotionWithdraw> {
  @Field(() => ID)
  promotionId!: string;

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionFilter {
  @Field(() => [PromotionStateEnum], { nullable: true })
  state?: PromotionState[] | null;

  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => ID, { nullable: true })
  releaseId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Open, and the viewer can review it now and has not' })
  waitingForMe?: boolean | null;
}

@ArgsType()
export class PromotionListArgs extends ConnectionArgs {
  @Field(() => PromotionFilter, { nullable: true })
  filter?: PromotionFilter | null;
}
