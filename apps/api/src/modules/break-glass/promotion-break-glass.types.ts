import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { Promotion } from '../promotion/promotion.types.js';
import { ReadinessType } from '../readiness/readiness.types.js';

@ObjectType()
export class PromotionBreakGlassPayload {
  @Field(() => Promotion, { nullable: true })
  promotion?: Promotion | null;

  @Field(() => ReadinessType, {
    nullable: true,
    description:
      'On which the move was made, with what was passed over; or, where nothing moved, what stands in its way',
  })
  readiness?: ReadinessType | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
