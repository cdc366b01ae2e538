import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import type {
  RollbackScope,
  RollbackVerdict,
  drillEnd,
  holdLift,
  overlayEnd,
  quarantineClear,
  rollbackReview,
} from './rollback.schema.js';
import { LeverKindEnum, RollbackScopeEnum, RollbackVerdictEnum } from './rollback.types.js';

@InputType()
export class LeverInput {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to?: string | null;

  @Field(() => ID, { nullable: true, description: 'revertRelease: the release to go back to' })
  releaseId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the release that will be served, as the preview showed it',
  })
  digest?: string | null;

  @Field(() => String, { nullable: true, description: 'revertPrompt, pinModel: left out, every step' })
  step?: string | null;

  @Field(() => ID, { nullable: true, description: 'revertPrompt; left out, those of the last good release' })
  promptVersionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'pinModel' })
  modelConfigVersionId?: string | null;

  @Field(() => String, { nullable: true, description: 'disableTool' })
  tool?: string | null;
}

@InputType({ isAbstract: true })
abstract class RollbackPlace {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => RollbackScopeEnum, { defaultValue: 'stages' })
  scope?: RollbackScope;

  @Field(() => [String], {
    nullable: true,
    description: 'Left out: every stage that serves the release to be left, or anything at all',
  })
  stageKeys?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Audience rules; left out: everybody' })
  segment?: unknown;

  @Field(() => ID, { nullable: true, description: 'Left out: the release that came last into any stage' })
  leaveReleaseId?: string | null;
}

@InputType()
export class RollbackPreviewInput extends RollbackPlace {
  @Field(() => [LeverInput], { nullable: true, description: 'Left out: the one that is recommended' })
  levers?: LeverInput[] | null;
}

@InputType()
export class RollbackTriggerInput extends RollbackPlace {
  @Field(() => [LeverInput])
  levers!: LeverInput[];

  @Field()
  reason!: string;

  @Field(() => ID, { nullable: true, description: 'One that is not resolved; left out, one is opened' })
  incidentId?: string | null;

  @Field({ description: 'Repeat it when the answer was lost: it says what happened' })
  idempotencyKey!: string;
}

@InputType()
export class HoldLiftInput implements z.input<typeof holdLift> {
  @Field(() => ID)
  holdId!: string;

  @Field()
  note!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class OverlayEndInput implements z.input<typeof overlayEnd> {
  @Field(() => ID)
  overlayId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of the release that would then be served, as it was shown; null: none',
  })
  expectedDigest?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class QuarantineClearInput implements z.input<typeof quarantineClear> {
  @Field(() => ID)
  quarantineId!: string;

  @Field()
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class RollbackReviewInput implements z.input<typeof rollbackReview> {
  @Field(() => ID)
  rollbackId!: string;

  @Field(() => RollbackVerdictEnum)
  verdict!: RollbackVerdict;

  @Field()
  comment!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class DrillStartInput {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => [String], { nullable: true, description: 'Left out: every stage that serves anything' })
  stageKeys?: string[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Left out: who says holdpoint_drill = true' })
  segment?: unknown;

  @Field(() => [LeverInput])
  levers!: LeverInput[];

  @Field(() => Int, { defaultValue: 10, description: '1 to 60' })
  minutes?: number;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class DrillEndInput implements z.input<typeof drillEnd> {
  @Field(() => ID)
  rollbackId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}
