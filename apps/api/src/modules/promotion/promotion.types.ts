import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import {
  promotionKinds,
  promotionStates,
  reviewVerdicts,
  type PromotionKind,
  type PromotionState,
  type ReviewVerdict,
} from './promotion.schema.js';

export const PromotionKindEnum = registerUnion(
  'PromotionKind',
  promotionKinds,
  'climb: into the next stage. replace: follow the parent, in prompts only. widen: the occupant, more widely. fix: mend an incident, through its hold',
);
export const PromotionStateEnum = registerUnion('PromotionState', promotionStates);
export const ReviewVerdictEnum = registerUnion('ReviewVerdict', reviewVerdicts);

@ObjectType({ description: 'One stage that a promotion is to enter' })
export class PromotionMove {
  executedById!: string | null;
  stageRevisionId!: string;
  /** Whose definition the stage has, or is to have. */
  promotionId!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  stageKey!: string;

  @Field(() => Int)
  position!: number;

  @Field(() => PromotionStateEnum)
  state!: PromotionState;

  @Field(() => Date, { nullable: true })
  executedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The readiness on which the move was allowed' })
  readinessRecordId!: string | null;
}

@ObjectType({ description: 'Bound to the digest that the reviewer was shown' })
export class PromotionReview {
  promotionId!: string;
  releaseId!: string;
  reviewerId!: string;
  /** The release that the promotion names now. */
  currentReleaseId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => ReviewVerdictEnum)
  verdict!: ReviewVerdict;

  @Field()
  digest!: string;

  @Field()
  comment!: string;

  @Field(() => [String], { description: 'Roles that the reviewer held when giving it' })
  roles!: string[];

  @Field()
  createdAt!: Date;

  @Field({ description: 'Whether it is of the release that the promotion names now' })
  current!: boolean;
}

@ObjectType({ description: 'A case that was added to the evals for a fix' })
export class AddedCase {
  @Field(() => ID)
  suiteId!: string;

  @Field()
  caseId!: string;
}

@ObjectType({
  description: 'The request to move a release into a stage, its reviews and the record of each move',
})
export class Promotion {
  workflowId!: string;
  releaseId!: string;
  baselineId!: string | null;
  requestedById!: string;
  responsibleIds!: string[];

  @Field(() => ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Of a fix: the incident that it mends' })
  incidentId!: string | null;

  @Field(() => AddedCase, { nullable: true, description: 'Of a fix' })
  addedCase!: AddedCase | null;

  @Field(() => PromotionKindEnum)
  kind!: PromotionKind;

  @Field(() => PromotionStateEnum)
  state!: PromotionState;

  @Field({ description: 'Digest of the release; what a review binds to' })
  digest!: string;

  @Field()
  toStageKey!: string;

  @Field(() => [PromotionMove], { description: 'In the order of the rollout' })
  moves!: PromotionMove[];

  @Field()
  note!: string;

  @Field(() => Int, { description: 'To be given back as expectedRevision when it is retargeted' })
  revision!: number;

  @Field()
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  closedAt!: Date | null;

  @Field(() => [PromotionReview], { description: 'Oldest first' })
  reviews!: PromotionReview[];
}

@ObjectType()
export class PromotionConnection extends connectionType(Promotion) {}

@ObjectType({ description: 'A metric of the release beside that of what is live' })
export class EvalComparison {
  @Field()
  metric!: string;

  @Field(() => Number, { nullable: true })
  candidate!: number | null;

  @Field(() => Number, { nullable: true })
  baseline!: number | null;

  @Field(() => Number, { nullable: true })
  delta!: number | null;

  @Field(() => Number, { nullable: true })
  threshold!: number | null;

  @Field(() => Number, { nullable: true })
  tolerance!: number | null;

  @Field(() => Int, { description: 'The least cases that the gate asks for' })
  minSamples!: number;

  @Field(() => Int, { description: 'Cases of the release with a score' })
  cases!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why the release does not meet the gate, in words; null where it does',
  })
  whyNot!: string | null;

  @Field()
  greaterIsBetter!: boolean;

  @Field()
  regression!: boolean;
}
