import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import { ReadinessType } from '../readiness/readiness.types.js';
import { Hold, Overlay, Quarantine, Rollback } from './rollback.types.js';

@ObjectType({ isAbstract: true })
abstract class Payload {
  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class RollbackTriggerPayload extends Payload {
  @Field(() => Rollback, { nullable: true })
  rollback?: Rollback | null;
}

@ObjectType()
export class HoldLiftPayload extends Payload {
  @Field(() => Hold, { nullable: true })
  hold?: Hold | null;
}

@ObjectType()
export class OverlayEndPayload extends Payload {
  @Field(() => Overlay, { nullable: true })
  overlay?: Overlay | null;

  @Field(() => ReadinessType, {
    nullable: true,
    description: 'Of the release that is then served; where nothing ended, what stands in its way',
  })
  readiness?: ReadinessType | null;
}

@ObjectType()
export class QuarantineClearPayload extends Payload {
  @Field(() => Quarantine, { nullable: true })
  quarantine?: Quarantine | null;
}

@ObjectType()
export class RollbackReviewPayload extends Payload {
  @Field(() => Rollback, { nullable: true })
  rollback?: Rollback | null;
}

@ObjectType()
export class DrillStartPayload extends Payload {
  @Field(() => Rollback, { nullable: true })
  rollback?: Rollback | null;
}

@ObjectType()
export class DrillEndPayload extends Payload {
  @Field(() => Rollback, { nullable: true })
  rollback?: Rollback | null;
}
