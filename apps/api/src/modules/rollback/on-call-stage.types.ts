import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';

@ObjectType({ description: 'An overlay that is in force' })
export class OnCallOverlay {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  rollbackId!: string;

  @Field(() => Int, { description: 'Of the rollback or drill, per workflow' })
  rollbackNumber!: number;

  @Field()
  isDrill!: boolean;

  @Field({ description: 'disable, fallback, disableTool or serve' })
  kind!: string;

  @Field()
  since!: Date;

  @Field(() => Date, { nullable: true })
  to!: Date | null;

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: unknown;

  @Field(() => [OnCallOverlay], {
    description:
      'Those that come before it for everybody it is laid over, so that it takes effect for nobody; empty where it does',
  })
  overruledBy!: OnCallOverlay[];
}

@ObjectType({ description: 'A hold that is in force' })
export class OnCallHold {
  @Field(() => ID)
  id!: string;

  @Field()
  since!: Date;

  @Field(() => Int)
  rollbackNumber!: number;
}

@ObjectType({ description: 'One stage as it serves now' })
export class OnCallStage {
  @Field()
  stageKey!: string;

  @Field()
  name!: string;

  @Field(() => Int)
  position!: number;

  @Field({ description: 'Who is in it, in words' })
  audience!: string;

  @Field(() => Float)
  percentage!: number;

  @Field(() => ID, { nullable: true, description: 'What serves everybody in it now; null: nothing' })
  releaseId!: string | null;

  @Field(() => String, { nullable: true })
  alias!: string | null;

  @Field(() => String, { nullable: true })
  digest!: string | null;

  @Field(() => Int, { nullable: true })
  number!: number | null;

  @Field(() => Date, { nullable: true, description: 'Since when that release serves here' })
  since!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who brought it there' })
  byName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'promotion, adoption, revertRelease or breakGlass; overlay for a derived release',
  })
  occupancyOrigin!: string | null;

  @Field({ description: 'release, disabled, fallback or failure: what everybody in it gets' })
  effectiveOutcome!: string;

  @Field(() => OnCallOverlay, { nullable: true, description: 'The one that decides what everybody gets' })
  overlay!: OnCallOverlay | null;

  @Field(() => [OnCallOverlay], {
    description: 'All that are in force, the one that wins first; also for segments',
  })
  overlays!: OnCallOverlay[];

  @Field(() => OnCallHold, { nullable: true })
  hold!: OnCallHold | null;

  @Field({ description: 'What it holds is in quarantine, so that requests fall through to the next stage' })
  quarantined!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of all requests, 0 to 1; null where it cannot be told',
  })
  trafficShare!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Instances that say they serve it; null where none report',
  })
  instances!: number | null;
}
