import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { ReadinessType } from '../readiness/readiness.types.js';
import { Promotion, PromotionReview } from './promotion.types.js';

@ObjectType({ isAbstract: true })
abstract class PromotionPayload {
  @Field(() => Promotion, { nullable: true })
  promotion?: Promotion | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class PromotionRequestPayload extends PromotionPayload {}

@ObjectType()
export class PromotionRetargetPayload extends PromotionPayload {}

@ObjectType()
export class PromotionWithdrawPayload extends PromotionPayload {}

@ObjectType()
export class PromotionReviewPayload extends PromotionPayload {
  @Field(() => PromotionReview, { nullable: true })
  review?: PromotionReview | null;
}

@ObjectType()
export class PromotionExecutePayload extends PromotionPayload {
  @Field(() => ReadinessType, {
    nullable: true,
    description: 'On which the move was made; or, where nothing moved, what stands in its way',
  })
  readiness?: ReadinessType | null;
}
