import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { WaiverState } from './waiver.domain.js';
import type { waiverApprove, waiverEnd, waiverRequest } from './waiver.schema.js';

export const WaiverStateEnum = registerUnion('WaiverState', [
  'requested',
  'active',
  'expired',
  'ended',
] as const);

@ObjectType({
  description:
    "A person's time-limited acceptance of an incomplete check; holds once a second person approved it",
})
export class Waiver {
  requestedById!: string;
  approvedById!: string | null;

  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  workflowId!: string;

  @Field()
  checkId!: string;

  @Field()
  reason!: string;

  @Field()
  createdAt!: Date;

  @Field()
  expiresAt!: Date;

  @Field(() => Date, { nullable: true })
  approvedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;

  @Field(() => WaiverStateEnum)
  state!: WaiverState;
}

@InputType()
export class WaiverRequestInput implements z.input<typeof waiverRequest> {
  @Field(() => ID)
  workflowId!: string;

  @Field()
  checkId!: string;

  @Field()
  reason!: string;

  @Field(() => String, { description: 'ISO 8601; at most as many days from now as the check allows' })
  expiresAt!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class WaiverApproveInput implements z.input<typeof waiverApprove> {
  @Field(() => ID)
  waiverId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class WaiverEndInput implements z.input<typeof waiverEnd> {
  @Field(() => ID)
  waiverId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ isAbstract: true })
abstract class WaiverPayload {
  @Field(() => Waiver, { nullable: true })
  waiver?: Waiver | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class WaiverRequestPayload extends WaiverPayload {}

@ObjectType()
export class WaiverApprovePayload extends WaiverPayload {}

@ObjectType()
export class WaiverEndPayload extends WaiverPayload {}
