import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import { LeverKindEnum, Rollback } from './rollback.types.js';

@ObjectType({ description: 'A lever, and why it cannot be pulled where it cannot' })
export class OnCallLever {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field()
  available!: boolean;

  @Field(() => String, { nullable: true })
  whyNot!: string | null;
}

@ObjectType({ description: 'The one lever to pull, with its reason in words' })
export class RollbackRecommendation {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field()
  reason!: string;

  @Field(() => ID, { nullable: true })
  targetReleaseId!: string | null;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;
}

@ObjectType({ description: 'An overlay that is in force' })
export class OnCallOverlay {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  rollbackId!: string;

  @Field({ description: 'disable, fallback, disableTool or serve' })
  kind!: string;

  @Field()
  since!: Date;

  @Field(() => Date, { nullable: true })
  to!: Date | null;

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: unknown;
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

  @Field(() => OnCallOverlay, { nullable: true, description: 'The newest that changes what everybody gets' })
  overlay!: OnCallOverlay | null;

  @Field(() => [OnCallOverlay], { description: 'All that are in force, the newest last; also for segments' })
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

@ObjectType({ description: 'What is live: the release that came last into any stage' })
export class OnCallLive {
  @Field(() => ID)
  releaseId!: string;

  @Field()
  alias!: string;

  @Field()
  digest!: string;

  @Field(() => Int)
  number!: number;

  @Field()
  since!: Date;

  @Field(() => String, { nullable: true })
  byName!: string | null;

  @Field(() => [String])
  stageKeys!: string[];
}

@ObjectType({ description: 'The newest release that all stages which serve what is live can go back to' })
export class LastGood {
  @Field(() => ID)
  releaseId!: string;

  @Field()
  alias!: string;

  @Field()
  digest!: string;

  @Field(() => Int)
  number!: number;

  @Field()
  wasLiveFrom!: Date;

  @Field(() => Date, { nullable: true })
  until!: Date | null;
}

@ObjectType()
export class OnCallTeam {
  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  onCallContact!: string | null;
}

@ObjectType()
export class OnCallWorkflow {
  @Field(() => ID)
  id!: string;

  @Field()
  fullKey!: string;

  @Field()
  name!: string;

  @Field(() => Date, { nullable: true })
  retiredAt!: Date | null;

  @Field(() => OnCallTeam)
  team!: OnCallTeam;
}

@ObjectType({ description: 'Ordered by incarnation, then epoch' })
export class ServedVersion {
  @Field(() => Int)
  incarnation!: number;

  @Field(() => Int)
  epoch!: number;
}

@ObjectType()
export class OnCallIncident {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  number!: number;

  @Field()
  title!: string;

  @Field()
  state!: string;

  @Field()
  openedAt!: Date;
}

@ObjectType({ description: 'Running instances; null where none report' })
export class OnCallInstances {
  @Field(() => Int)
  total!: number;

  @Field(() => Int, { description: 'At the newest version' })
  serving!: number;

  @Field(() => Int)
  silent!: number;
}

@ObjectType({ description: 'What one person on call needs to see of a workflow, on one screen' })
export class OnCall {
  workflowId!: string;

  @Field(() => OnCallWorkflow)
  workflow!: OnCallWorkflow;

  @Field(() => [OnCallStage], { description: 'In the order of the rollout' })
  serving!: OnCallStage[];

  @Field(() => OnCallLive, { nullable: true, description: 'Null: nothing is live' })
  live!: OnCallLive | null;

  @Field(() => LastGood, { nullable: true })
  lastGood!: LastGood | null;

  @Field(() => RollbackRecommendation, { nullable: true, description: 'Null: there is nothing to roll back' })
  recommendation!: RollbackRecommendation | null;

  @Field(() => [OnCallLever])
  levers!: OnCallLever[];

  @Field(() => ServedVersion)
  version!: ServedVersion;

  @Field(() => [OnCallIncident], { description: 'Not resolved, newest first' })
  openIncidents!: OnCallIncident[];

  @Field(() => Rollback, { nullable: true, description: 'Newest first; drills left out' })
  lastRollback!: Rollback | null;

  @Field(() => OnCallInstances, { nullable: true })
  instances!: OnCallInstances | null;

  @Field()
  viewerCanRollBack!: boolean;

  @Field()
  viewerCanDrill!: boolean;

  @Field()
  evaluatedAt!: Date;
}
