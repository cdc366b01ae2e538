import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';

@ObjectType({ description: 'A place in the production rollout' })
export class Stage {
  currentRevisionId!: string;

  @Field(() => ID)
  workflowId!: string;

  @Field()
  key!: string;

  @Field(() => Int, { description: 'From 0, in the order of the rollout' })
  position!: number;
}

@ObjectType({ description: 'An immutable definition of a stage' })
export class StageRevision {
  workflowId!: string;
  stageKey!: string;
  createdById!: string;
  approvedById!: string | null;
  approvedAt!: Date | null;
  /** Waits for a second person, or for a promotion of the occupant. */
  waits!: boolean;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  revision!: number;

  @Field()
  name!: string;

  @Field(() => JsonScalar)
  definition!: unknown;

  @Field()
  digest!: string;

  @Field({
    description:
      'Against the one in force when it was written: initial, narrows, widens, thins, neutral or mixed',
  })
  effect!: string;

  @Field()
  reason!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: "A second person's word that fewer checks may be asked" })
export class StageRevisionApproval {
  approvedById!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'One half-open interval in which a release occupied a stage' })
export class Occupancy {
  workflowId!: string;
  releaseId!: string;
  stageRevisionId!: string;
  promotionId!: string | null;
  readinessRecordId!: string | null;

  @Field(() => ID)
  id!: string;

  @Field()
  stageKey!: string;

  @Field()
  from!: Date;

  @Field(() => Date, { nullable: true })
  to!: Date | null;

  @Field({ description: 'promotion, adoption, revertRelease or breakGlass' })
  origin!: string;
}

@ObjectType()
export class OccupancyConnection extends connectionType(Occupancy) {}
