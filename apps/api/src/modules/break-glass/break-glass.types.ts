import { Field, ID, ObjectType } from '@nestjs/graphql';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { grantStates, type GrantState } from './break-glass.domain.js';
import { breakGlassVerdicts, type BreakGlassVerdict } from './break-glass.schema.js';

export const BreakGlassVerdictEnum = registerUnion('BreakGlassVerdict', breakGlassVerdicts);
export const GrantStateEnum = registerUnion(
  'BreakGlassGrantState',
  grantStates,
  'over: its incident is resolved',
);

@ObjectType({
  description:
    'A permission given by name: to pass named incomplete gates of one workflow once, for one incident',
})
export class BreakGlassGrant {
  workflowId!: string;
  incidentId!: string;
  personId!: string;
  grantedById!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  reason!: string;

  @Field()
  createdAt!: Date;

  @Field({ description: 'At most 24 hours after it was given' })
  expiresAt!: Date;

  @Field(() => Date, { nullable: true })
  revokedAt!: Date | null;

  @Field(() => GrantStateEnum)
  state!: GrantState;
}

@ObjectType({ description: 'What a different person found afterwards' })
export class BreakGlassReview {
  reviewerId!: string;

  @Field(() => BreakGlassVerdictEnum)
  verdict!: BreakGlassVerdict;

  @Field()
  comment!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'The one move that a grant admitted although checks were incomplete' })
export class BreakGlassUse {
  workflowId!: string;
  promotionId!: string;
  releaseId!: string;
  readinessRecordId!: string;
  executedById!: string;
  grantedById!: string;
  incidentId!: string;
  grantId!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  stageKey!: string;

  @Field(() => [String], { description: 'The checks that were incomplete and named' })
  checkIds!: string[];

  @Field()
  reason!: string;

  @Field()
  createdAt!: Date;

  @Field({
    description: 'By when a different person looks at it; later, nothing of the workflow widens or climbs',
  })
  reviewDueAt!: Date;

  @Field(() => BreakGlassReview, { nullable: true })
  review!: BreakGlassReview | null;
}

@ObjectType({ description: 'A required check that is incomplete, and whether a grant may pass it' })
export class BreakGlassCheck {
  @Field(() => ID)
  id!: string;

  @Field()
  text!: string;

  @Field({ description: 'Why it is incomplete' })
  reason!: string;

  @Field({ description: 'False for the review by a second person and for what cannot be waived' })
  passable!: boolean;
}

@ObjectType({ description: 'What a grant in the viewer’s name would do for a promotion' })
export class BreakGlassOffer {
  @Field(() => BreakGlassGrant)
  grant!: BreakGlassGrant;

  @Field(() => [BreakGlassCheck], { description: 'Every one of them has to be named' })
  checks!: BreakGlassCheck[];

  @Field(() => String, { nullable: true, description: 'Why it cannot be used now, in a sentence' })
  obstacle!: string | null;
}
