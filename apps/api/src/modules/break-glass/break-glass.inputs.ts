import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type {
  breakGlassGrant,
  breakGlassReview,
  breakGlassRevoke,
  BreakGlassVerdict,
  promotionBreakGlass,
} from './break-glass.schema.js';
import { BreakGlassGrant, BreakGlassUse, BreakGlassVerdictEnum } from './break-glass.types.js';

@InputType()
export class BreakGlassGrantInput implements z.input<typeof breakGlassGrant> {
  @Field(() => ID, { description: 'Open or monitoring; the grant is for its workflow' })
  incidentId!: string;

  @Field(() => ID, { description: 'Somebody of the team, or on call; never oneself' })
  personId!: string;

  @Field()
  reason!: string;

  @Field(() => Float, { defaultValue: 4, description: 'At most 24' })
  hours?: number;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class BreakGlassRevokeInput implements z.input<typeof breakGlassRevoke> {
  @Field(() => ID)
  grantId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class BreakGlassReviewInput implements z.input<typeof breakGlassReview> {
  @Field(() => ID)
  useId!: string;

  @Field(() => BreakGlassVerdictEnum)
  verdict!: BreakGlassVerdict;

  @Field()
  comment!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromotionBreakGlassInput implements z.input<typeof promotionBreakGlass> {
  @Field(() => ID)
  promotionId!: string;

  @Field({ description: 'Of the release that the person was shown' })
  expectedDigest!: string;

  @Field(() => [String], { description: 'Exactly the required checks that are incomplete' })
  checkIds!: string[];

  @Field(() => ID)
  grantId!: string;

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class BreakGlassGrantPayload {
  @Field(() => BreakGlassGrant, { nullable: true })
  grant?: BreakGlassGrant | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class BreakGlassRevokePayload extends BreakGlassGrantPayload {}

@ObjectType()
export class BreakGlassReviewPayload {
  @Field(() => BreakGlassUse, { nullable: true })
  use?: BreakGlassUse | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
