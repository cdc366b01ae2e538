import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ReadinessType } from '../readiness/readiness.types.js';
import { RollbackRecommendation } from './on-call-lever.types.js';
import { RollbackLever, RollbackRelease } from './rollback.types.js';

@ObjectType({ description: 'What one stage leaves and gets' })
export class PreviewStage {
  @Field()
  stageKey!: string;

  @Field({ description: 'release, disabled, fallback or failure: what is served now' })
  before!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'What it holds and would leave, whether that is served or not',
  })
  leavesReleaseId!: string | null;

  @Field(() => String, { nullable: true })
  leavesAlias!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Null where nothing is served, or the release is yet to be made',
  })
  getsReleaseId!: string | null;

  @Field(() => String, { nullable: true })
  getsAlias!: string | null;

  @Field(() => String, { nullable: true, description: 'Also of a derived release that is yet to be made' })
  getsDigest!: string | null;

  @Field({ description: 'release, disabled, fallback or failure' })
  outcome!: string;

  @Field(() => Float, { nullable: true })
  trafficShare!: number | null;
}

@ObjectType({ description: 'A step that would run another prompt version' })
export class PreviewPrompt {
  beforeId!: string | null;
  afterId!: string | null;

  @Field({ description: 'Its name' })
  step!: string;
}

@ObjectType()
export class NotRolledBack {
  @Field()
  what!: string;

  @Field()
  why!: string;
}

@ObjectType()
export class PreviewWarning {
  @Field({
    description: 'OVERRULED, OUTPUT_SCHEMA, VARIABLES, MODEL_RETIRED, EVIDENCE_AGED or LEVER_NOT_HONOURED',
  })
  code!: string;

  @Field()
  message!: string;
}

@ObjectType()
export class PreviewBlocker {
  @Field({ description: 'The code with which rollbackTrigger would refuse' })
  code!: string;

  @Field()
  message!: string;

  @Field(() => [String], { nullable: true })
  field!: string[] | null;
}

@ObjectType({ description: 'A release that was live in the stages concerned' })
export class RollbackTarget extends RollbackRelease {
  @Field(() => String, {
    nullable: true,
    description: 'Why it cannot be gone back to from what is left there; null where it can',
  })
  whyNot!: string | null;
}

@ObjectType({ description: 'What a rollback would and would not change. Nothing has happened' })
export class RollbackPreview {
  @Field(() => [PreviewStage])
  stages!: PreviewStage[];

  @Field(() => [RollbackLever], { description: 'To be pulled as they are, with the digests shown here' })
  levers!: RollbackLever[];

  @Field(() => [PreviewPrompt], { description: 'Which prompt versions change; empty: none does' })
  prompts!: PreviewPrompt[];

  @Field(() => Float, {
    nullable: true,
    description: 'Of all requests, those for which something changes, 0 to 1; null where it cannot be told',
  })
  shareOfTraffic!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Running instances that have to follow; null where none report',
  })
  instances!: number | null;

  @Field(() => [NotRolledBack])
  notRolledBack!: NotRolledBack[];

  @Field(() => [PreviewWarning])
  warnings!: PreviewWarning[];

  @Field(() => ID, { nullable: true })
  leavesReleaseId!: string | null;

  @Field(() => ID, { nullable: true })
  targetReleaseId!: string | null;

  @Field(() => String, { nullable: true })
  targetDigest!: string | null;

  @Field(() => [RollbackTarget], {
    description: 'What can be named to go back to, the one that was live last first; whatever the levers',
  })
  targets!: RollbackTarget[];

  @Field(() => RollbackRecommendation, { nullable: true })
  recommendation!: RollbackRecommendation | null;

  @Field(() => [PreviewBlocker], { description: 'Empty: rollbackTrigger would do it' })
  blockers!: PreviewBlocker[];
}

@ObjectType({ description: 'What ending an overlay would come to. Nothing has happened' })
export class OverlayEndPreview {
  @Field(() => RollbackRelease, {
    nullable: true,
    description: 'What would then be served, to be given back by its digest; null: nobody would get more',
  })
  release!: RollbackRelease | null;

  @Field(() => ReadinessType, { nullable: true, description: 'Of that release, as overlayEnd judges it' })
  readiness!: ReadinessType | null;

  @Field(() => [PreviewBlocker], { description: 'Besides the gates' })
  blockers!: PreviewBlocker[];
}
