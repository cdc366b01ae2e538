import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { OnCallLever, RollbackRecommendation } from './on-call-lever.types.js';
import { OnCallStage } from './on-call-stage.types.js';
import { Rollback, RollbackRelease } from './rollback.types.js';

@ObjectType({ description: 'What some stages have in common' })
export class OnCallSameInStages {
  @Field({ description: 'release, disabled, fallback or failure' })
  outcome!: string;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;

  @Field(() => RollbackRelease, {
    nullable: true,
    description:
      'Served; where the outcome is another, what these stages hold and nobody gets; null where they hold different ones',
  })
  release!: RollbackRelease | null;

  @Field(() => [String], { description: 'The stages in which it is so' })
  stageKeys!: string[];
}

@ObjectType({ description: 'The one thing to say of what is served' })
export class OnCallHeadline extends OnCallSameInStages {
  @Field(() => [OnCallSameInStages], {
    description: 'What the other stages do that hold or serve anything, each thing once',
  })
  elsewhere!: OnCallSameInStages[];

  @Field({ description: 'In every stage that holds or serves anything' })
  everywhere!: boolean;

  @Field(() => Date, { nullable: true })
  since!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who brought the release that is served' })
  byName!: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the rollback that has it so; null: none, or several' })
  rollbackNumber!: number | null;
}

@ObjectType({
  description: 'The release that came last into any stage, and what a rollback leaves, served there or not',
})
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

  @Field({ description: 'rollback or report: by what it was opened' })
  origin!: string;

  @Field()
  openedAt!: Date;
}

@ObjectType({ description: 'Instances of production that report with our SDK, and callers beside them' })
export class OnCallInstances {
  @Field(() => Int, { description: 'Running: reported within 30 seconds' })
  total!: number;

  @Field(() => Int, { description: 'Of these, at the newest version' })
  serving!: number;

  @Field(() => Int, { description: 'Of these, at a version that this registry never made' })
  ahead!: number;

  @Field(() => Int, { description: 'Of these, in their failure behaviour, forced or without a snapshot' })
  fallback!: number;

  @Field(() => Int, { description: 'Of these, with a drift finding that is open' })
  drifting!: number;

  @Field(() => Int, { description: 'Not among these: reported within the hour, not within 30 seconds' })
  silent!: number;

  @Field(() => Int, { description: 'Callers without our SDK that fetched within the hour' })
  byOfrep!: number;

  @Field(() => Int, { description: 'With keys of pages, within the hour: counted for nothing' })
  byPages!: number;
}

@ObjectType({ description: 'What one person on call needs to see of a workflow, on one screen' })
export class OnCall {
  workflowId!: string;

  @Field(() => OnCallWorkflow)
  workflow!: OnCallWorkflow;

  @Field(() => [OnCallStage], { description: 'In the order of the rollout' })
  serving!: OnCallStage[];

  @Field(() => OnCallHeadline, { nullable: true, description: 'Null: nothing is in any stage' })
  headline!: OnCallHeadline | null;

  @Field(() => OnCallLive, {
    nullable: true,
    description: 'What would be left; whether it is served, headline says. Null: nothing is live',
  })
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
