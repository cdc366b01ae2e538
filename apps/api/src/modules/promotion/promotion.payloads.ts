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

@ObjectType({
  description:
    'Ask `moved` first: gates that are not complete are no error, so userErrors can be empty although nothing moved',
})
export class PromotionExecutePayload extends PromotionPayload {
  @Field(() => Boolean, {
    description:
      'Whether the release is in the stage now. False: nothing moved, and `readiness` or `userErrors` says why',
  })
  moved!: boolean;

  @Field(() => ReadinessType, {
    nullable: true,
    description:
      'On which the move was made; or, where nothing moved, which gates are not complete: those stand here and not in userErrors',
  })
  readiness?: ReadinessType | null;
}
