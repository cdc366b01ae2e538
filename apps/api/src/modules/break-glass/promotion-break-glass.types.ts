import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { Promotion } from '../promotion/promotion.types.js';
import { ReadinessType } from '../readiness/readiness.types.js';

@ObjectType({
  description:
    'Ask `moved` first: gates that are not complete are no error, so userErrors can be empty although nothing moved',
})
export class PromotionBreakGlassPayload {
  @Field(() => Promotion, { nullable: true })
  promotion?: Promotion | null;

  @Field(() => Boolean, {
    description:
      'Whether the release is in the stage now. False: nothing moved, and `readiness` or `userErrors` says why',
  })
  moved!: boolean;

  @Field(() => ReadinessType, {
    nullable: true,
    description:
      'On which the move was made, with what was passed over; or, where nothing moved, what stands in its way',
  })
  readiness?: ReadinessType | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
