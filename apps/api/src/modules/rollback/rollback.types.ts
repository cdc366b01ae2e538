import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { levers, type Lever as LeverKind } from '../workflow/contract.schema.js';
import {
  rollbackKinds,
  rollbackScopes,
  rollbackVerdicts,
  type RollbackKind,
  type RollbackScope,
  type RollbackVerdict,
} from './rollback.schema.js';
import type { Segment } from './segment.domain.js';
import type { AppliedLever } from './standing.domain.js';

export const LeverKindEnum = registerUnion(
  'LeverKind',
  levers,
  'What an operator can pull to narrow what is served',
);
export const RollbackKindEnum = registerUnion(
  'RollbackKind',
  rollbackKinds,
  'drill: the same, measured, for a few minutes and a test segment; it leaves no incident, hold or quarantine',
);
export const RollbackScopeEnum = registerUnion(
  'RollbackScope',
  rollbackScopes,
  'stages: some of them. workflow: all of them, and whoever is in none',
);
export const RollbackVerdictEnum = registerUnion('RollbackVerdict', rollbackVerdicts);

@ObjectType({ description: 'One lever that was pulled' })
export class RollbackLever {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The release that is served by it: reverted to, or derived',
  })
  releaseId!: string | null;

  @Field(() => String, { nullable: true })
  digest!: string | null;

  @Field(() => String, { nullable: true, description: 'Null: every step' })
  step!: string | null;

  @Field(() => ID, { nullable: true })
  promptVersionId!: string | null;

  @Field(() => ID, { nullable: true })
  modelConfigVersionId!: string | null;

  @Field(() => String, { nullable: true })
  tool!: string | null;
}

@ObjectType({ description: 'A release as a rollback names it' })
export class RollbackRelease {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  number!: number;

  @Field()
  alias!: string;

  @Field()
  digest!: string;
}

@ObjectType({ description: 'Somebody else has looked at a rollback afterwards' })
export class RollbackReview {
  reviewerId!: string;

  @Field(() => RollbackVerdictEnum)
  verdict!: RollbackVerdict;

  @Field()
  comment!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'An act that narrows what is served, or a drill of it' })
export class Rollback {
  workflowId!: string;
  incidentId!: string | null;
  leftReleaseIds!: string[];
  triggeredById!: string;
  responsibleIds!: string[];
  ledgerEntryId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'From 1, per workflow' })
  number!: number;

  @Field(() => RollbackKindEnum)
  kind!: RollbackKind;

  @Field(() => RollbackScopeEnum)
  scope!: RollbackScope;

  @Field(() => [String], { description: 'Every stage concerned, in the order of the rollout' })
  stageKeys!: string[];

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: unknown;

  @Field(() => [RollbackLever])
  levers!: RollbackLever[];

  @Field({ description: 'user, service or agent' })
  triggeredBy!: string;

  @Field({ description: 'When the request arrived' })
  askedAt!: Date;

  @Field({ description: 'When its transaction wrote' })
  appliedAt!: Date;

  @Field(() => Int)
  incarnation!: number;

  @Field(() => Int, { description: 'With the incarnation: the version from which it is in what is served' })
  epoch!: number;

  @Field(() => Date, {
    nullable: true,
    description: 'By when a different person looks at it; null for a drill',
  })
  reviewDueAt!: Date | null;

  @Field(() => RollbackReview, { nullable: true })
  review!: RollbackReview | null;
}

@ObjectType()
export class RollbackConnection extends connectionType(Rollback) {}

@ObjectType({ description: 'What a rollback lays over one stage' })
export class Overlay {
  workflowId!: string;
  rollbackId!: string;
  rollbackNumber!: number;
  isDrill!: boolean;

  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Null: whoever is in no stage' })
  stageKey!: string | null;

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: Segment;

  @Field(() => JsonScalar, { description: 'As decide() applies them: disable, fallback, disableTool, serve' })
  levers!: readonly AppliedLever[];

  @Field({ description: 'disable, fallback, disableTool or serve: what it comes to' })
  kind!: string;

  @Field()
  from!: Date;

  @Field(() => Date, { nullable: true, description: 'Known from the start for a drill' })
  to!: Date | null;

  @Field(() => String, { nullable: true, description: 'fix, promotion, overlayEnd, superseded or drill' })
  endedBy!: string | null;
}

@ObjectType({ description: 'No climb, replace or widening into this stage until it is lifted' })
export class Hold {
  workflowId!: string;
  rollbackId!: string;
  incidentId!: string;
  endedById!: string | null;

  @Field(() => ID)
  id!: string;

  @Field()
  stageKey!: string;

  @Field()
  from!: Date;

  @Field(() => Date, { nullable: true })
  to!: Date | null;

  @Field(() => String, { nullable: true, description: 'lift, or fix' })
  endedBy!: string | null;
}

@ObjectType({ description: 'A release that a rollback left: target of nothing until it is cleared' })
export class Quarantine {
  workflowId!: string;
  rollbackId!: string;
  releaseId!: string;
  clearedById!: string | null;

  @Field(() => ID)
  id!: string;

  @Field()
  stageKey!: string;

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: Segment;

  @Field()
  from!: Date;

  @Field(() => Date, { nullable: true })
  clearedAt!: Date | null;
}
