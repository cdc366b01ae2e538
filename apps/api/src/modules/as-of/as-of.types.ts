import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { connectionType } from '../../platform/graphql/connection.js';
import type { liveFilter } from './as-of.schema.js';
import type { TimeWindow } from './time-window.domain.js';

@ObjectType({ description: 'A definition of a stage, and when it held while one release occupied the stage' })
export class DefinitionInForce {
  stageRevisionId!: string;

  @Field()
  since!: Date;

  @Field(() => Date, { nullable: true, description: 'Up to, not including; null while it holds' })
  until!: Date | null;
}

@ObjectType({ description: 'The readiness that a move was allowed on, as its exact bytes' })
export class ReadinessRecord {
  releaseId!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  evaluatedAt!: Date;

  @Field(() => Int)
  checklistVersion!: number;

  @Field(() => Int, { description: 'Checks that were asked for and not complete; 0 but for break-glass' })
  incompleteChecks!: number;

  @Field()
  digest!: string;

  @Field({ description: 'RFC 8785 canonical JSON; what the digest is of' })
  canonical!: string;
}

@ObjectType({ description: 'What an overlay does' })
export class LiveLever {
  @Field({ description: 'disable, fallback, disableTool, or serve: another release in place of the pointer' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;

  @Field(() => String, { nullable: true })
  tool!: string | null;

  @Field(() => ID, { nullable: true, description: 'serve: the release' })
  releaseId!: string | null;
}

@ObjectType({
  description:
    'What a rollback or a drill laid over a stage, from `since` up to, not including, `until`. Turning off goes before falling back, and that before serving; of two alike the later one holds.',
})
export class LiveOverlay {
  ledgerEntryId!: string;

  @Field(() => ID, { description: 'The rollback or drill that laid it' })
  rollbackId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Of the rollback or drill, per workflow' })
  rollbackNumber!: number;

  @Field()
  isDrill!: boolean;

  @Field(() => JsonScalar, { description: 'Audience rules; empty: everybody' })
  segment!: unknown;

  @Field(() => [LiveLever])
  levers!: LiveLever[];

  @Field()
  since!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Null while it lies there, but for a drill, which ends by itself',
  })
  until!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'fix, promotion, overlayEnd, superseded, or retired with its workflow; null while it lies there. A drill says drill from its beginning',
  })
  endedBy!: string | null;

  @Field(() => [LiveOverlay], {
    description:
      'Those that came before it, all of the time asked about, for everybody it was laid over, so that it took effect for nobody; empty where it did',
  })
  overruledBy!: LiveOverlay[];
}

@ObjectType({
  description:
    'A pointer in the time asked about: one release in one stage, with what it stood on, live from `since` up to, not including, `until`. Or, without a release, a stage that held none, or whoever is in no stage, while something lay over it: from `since`, when the first of that was laid, up to `until`, when the last of it ended.',
})
export class LivePointer {
  workflowId!: string;
  /** `team.workflow` */
  fullKey!: string;
  releaseId!: string | null;
  stageRevisionId!: string | null;
  promotionId!: string | null;
  adoptionId!: string | null;
  readinessRecordId!: string | null;
  ledgerEntryId!: string | null;
  endLedgerEntryId!: string | null;
  /** Of what lay over it while nothing was live; null for a pointer. */
  overlayIds!: string[] | null;
  /** The time that was asked about. */
  window!: TimeWindow;

  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Null: whoever is in no stage' })
  stageKey!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of the stage, from 0, in the order of the rollout; null for no stage, which comes last',
  })
  position!: number | null;

  @Field()
  since!: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it is live, or lies there' })
  until!: Date | null;

  @Field({
    description: 'promotion, adoption, revertRelease or breakGlass; overlay where nothing was live',
  })
  origin!: string;
}

@ObjectType({ description: 'Ordered by workflow, stage and time' })
export class LivePointerConnection extends connectionType(LivePointer) {
  @Field({ description: 'The instant that was answered for, or where the interval begins' })
  from!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Where the interval ends, excluded; null for an instant',
  })
  to!: Date | null;
}

@InputType()
export class LiveFilter implements z.input<typeof liveFilter> {
  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team that owns the workflow' })
  teamId?: string | null;

  @Field(() => String, { nullable: true })
  stageKey?: string | null;
}
