import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { instanceStates, type InstanceState } from './instance-state.domain.js';
import { driftKinds, type DriftKind } from './observation.domain.js';

export const InstanceStateEnum = registerUnion(
  'InstanceState',
  instanceStates,
  'ahead: says that it serves a version this registry never made; silent: no report for 30 seconds; fetched and fetchedOlder: a caller without our SDK, by whether the newest version is what it last fetched',
);
export const DriftKindEnum = registerUnion('DriftKind', driftKinds);
export const InstanceViaEnum = registerUnion(
  'InstanceVia',
  ['sdk', 'ofrep'] as const,
  'sdk: it reports itself. ofrep: known by what it last fetched',
);
export const EffectStateEnum = registerUnion('EffectState', ['asked', 'applied', 'confirmed'] as const);

@ObjectType({ description: 'A running application' })
export class Instance {
  workflowId!: string;

  @Field(() => ID)
  instanceId!: string;

  @Field({ description: 'What it calls itself' })
  application!: string;

  @Field({ description: 'Name and version of what reports' })
  sdk!: string;

  @Field(() => InstanceViaEnum)
  via!: 'sdk' | 'ofrep';

  @Field({ description: 'Of its key. Only production counts for anything' })
  environment!: string;

  @Field({
    description: 'Reports with a key that anybody can read out of a page: shown, and counted for nothing',
  })
  isPublic!: boolean;

  @Field(() => InstanceStateEnum)
  state!: InstanceState;

  @Field({ description: 'incarnation.epoch; 0.0 for none' })
  servesVersion!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Alias of the release that it reports, of several the first',
  })
  servesAlias!: string | null;

  @Field({ description: 'When it first said that it serves this version' })
  servesSince!: Date;

  @Field(() => [String], { description: 'The levers that it honours' })
  levers!: string[];

  @Field()
  startedAt!: Date;

  @Field()
  seenAt!: Date;

  @Field(() => Date, { nullable: true })
  stoppedAt!: Date | null;
}

@ObjectType()
export class InstanceConnection extends connectionType(Instance) {}

@ObjectType({ description: 'Running instances of production that serve one version' })
export class VersionInstances {
  @Field(() => Int)
  incarnation!: number;

  @Field(() => Int)
  epoch!: number;

  @Field(() => String, { nullable: true, description: 'Alias of the release that most of them report' })
  alias!: string | null;

  @Field(() => Int)
  instances!: number;

  @Field(() => Int, { description: 'Of these, known only by what they last fetched' })
  byOfrep!: number;
}

@ObjectType({ description: 'An instance said that it serves what was not served to it' })
export class DriftFinding {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  instanceId!: string;

  @Field()
  application!: string;

  @Field(() => DriftKindEnum)
  kind!: DriftKind;

  @Field({ description: 'The digest that was reported' })
  reported!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is the digest of, where the registry knows it',
  })
  reportedName!: string | null;

  @Field({ description: 'The version that it said it serves' })
  servesVersion!: string;

  @Field()
  firstAt!: Date;

  @Field()
  lastAt!: Date;

  @Field(() => Int, { description: 'How many reports said so' })
  times!: number;

  @Field(() => Date, { nullable: true, description: 'When it reported again without it; null: open' })
  endedAt!: Date | null;
}

@ObjectType({ description: 'An instance that a rollback waits for' })
export class Straggler {
  @Field(() => ID)
  instanceId!: string;

  @Field()
  application!: string;

  @Field(() => InstanceViaEnum)
  via!: 'sdk' | 'ofrep';

  @Field(() => Int)
  servesIncarnation!: number;

  @Field(() => Int)
  servesEpoch!: number;

  @Field({ description: 'Since when it serves that' })
  since!: Date;

  @Field({ description: 'It has not reported for 30 seconds; never of a caller without our SDK' })
  silent!: boolean;
}

@ObjectType({ description: 'An instance that took a rollback over and does not honour all of its levers' })
export class UnhonouredLevers {
  @Field(() => ID)
  instanceId!: string;

  @Field()
  application!: string;

  @Field(() => [String])
  levers!: string[];
}

@ObjectType({ description: 'Callers without our SDK, counted by what they last fetched' })
export class OfrepEffect {
  @Field(() => Int)
  expected!: number;

  @Field(() => Int)
  fetched!: number;
}

@ObjectType({ description: 'What a rollback has come to: asked, applied, confirmed by n of m' })
export class RollbackEffect {
  @Field(() => EffectStateEnum)
  state!: 'asked' | 'applied' | 'confirmed';

  @Field(() => Int, { description: 'Instances with our SDK that ran in production when it was applied' })
  expected!: number;

  @Field(() => Int, { description: 'Those that serve it and honour every lever that was pulled' })
  confirmed!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds from being asked to the slowest of them so far',
  })
  slowestMs!: number | null;

  @Field(() => Date, { nullable: true })
  completedAt!: Date | null;

  @Field({ description: 'Whether it is still measured; afterwards what there is stands' })
  measuring!: boolean;

  @Field(() => [Straggler], { description: 'Longest behind first; at most 100' })
  stragglers!: Straggler[];

  @Field(() => Int, { description: 'Stragglers that have gone silent' })
  silent!: number;

  @Field(() => OfrepEffect)
  byOfrep!: OfrepEffect;

  @Field(() => [UnhonouredLevers], { description: 'At most 100' })
  unhonoured!: UnhonouredLevers[];
}

@ObjectType({ description: 'Requests of one hour, by what they got' })
export class ServedCount {
  @Field()
  hour!: Date;

  @Field(() => String, { nullable: true, description: 'Null where no stage decided' })
  stageKey!: string | null;

  @Field({ description: 'Digest of a release, or disabled, fallback or failure' })
  served!: string;

  @Field(() => String, { nullable: true })
  alias!: string | null;

  @Field(() => InstanceViaEnum, { description: 'Whether instances reported them or replicas answered them' })
  source!: 'sdk' | 'ofrep';

  @Field(() => Float)
  requests!: number;
}

@ObjectType({ description: 'Requests that got a release that was left, while it was live' })
export class RequestsServed {
  @Field(() => String, { nullable: true })
  stageKey!: string | null;

  @Field()
  served!: string;

  @Field(() => String, { nullable: true })
  alias!: string | null;

  @Field(() => Float)
  requests!: number;
}
