import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { registerUnion } from '../../platform/graphql/register-union.js';
import type { RiskTier } from '../workflow/risk.schema.js';
import { RiskTierEnum } from '../workflow/risk.types.js';
import {
  checkStatuses,
  type CheckStatus,
  type Gate,
  type CheckResult,
  type Readiness,
} from './readiness-result.domain.js';

export const CheckStatusEnum = registerUnion(
  'CheckStatus',
  checkStatuses,
  'pass, waived and not_applicable are complete; everything else blocks',
);

@ObjectType({ description: 'Something a result rests on' })
export class EvidenceRef {
  @Field({ description: 'eval_run, review, comment, url, file or ticket' })
  kind!: string;

  @Field()
  label!: string;

  @Field(() => String, { nullable: true, description: 'A console path or an address' })
  href!: string | null;
}

@ObjectType()
export class WaiverRef {
  @Field(() => ID)
  id!: string;

  @Field()
  reason!: string;

  @Field()
  expiresAt!: Date;

  @Field(() => ID)
  requestedBy!: string;

  @Field(() => ID)
  approvedBy!: string;
}

@ObjectType('CheckResult', { description: 'One check of one release for one stage' })
export class CheckResultType implements CheckResult {
  @Field(() => ID, { description: 'Such as EV-2' })
  id!: string;

  @Field()
  text!: string;

  @Field(() => String, { description: 'change, soak or standing' })
  about!: CheckResult['about'];

  @Field(() => String, { description: 'How it is answered at this tier: auto, manual, hybrid or external' })
  mode!: CheckResult['mode'];

  @Field(() => CheckStatusEnum)
  status!: CheckStatus;

  @Field()
  requiredHere!: boolean;

  @Field(() => String, { nullable: true, description: 'Stage whose entry asks for it first at this tier' })
  requiredFrom!: string | null;

  @Field({ description: 'One sentence: why this status' })
  reason!: string;

  @Field(() => String, { nullable: true })
  measured!: string | null;

  @Field(() => String, { nullable: true })
  required!: string | null;

  @Field(() => [EvidenceRef])
  evidence!: EvidenceRef[];

  @Field(() => Date, { nullable: true, description: 'Time of the newest thing it rests on' })
  evaluatedFrom!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it goes stale' })
  expiresAt!: Date | null;

  @Field({ description: "Rests on the organisation's answer, or on the soak of the release it replaces" })
  inherited!: boolean;

  @Field({ description: 'Incomplete, but in the way of nothing: a standing check on a replace' })
  warningOnly!: boolean;

  @Field(() => String, { description: 'Role that can clear it' })
  clearedBy!: CheckResult['clearedBy'];

  @Field({ description: 'Console path that leads to where it can be cleared' })
  link!: string;

  @Field(() => WaiverRef, { nullable: true })
  waiver!: WaiverRef | null;

  @Field(() => ID, { nullable: true })
  answerId!: string | null;
}

@ObjectType('Gate', { description: 'The checks of one area that a stage requires at the risk tier' })
export class GateType implements Gate {
  @Field(() => String)
  area!: Gate['area'];

  @Field()
  title!: string;

  @Field()
  question!: string;

  @Field()
  complete!: boolean;

  @Field(() => Int, { description: 'Checks that this stage requires' })
  required!: number;

  @Field(() => Int, { description: 'How many of those are complete' })
  completeCount!: number;

  @Field(() => [CheckResultType], { description: 'Those required here first, then those of later stages' })
  checks!: CheckResultType[];
}

@ObjectType({ description: 'What forbids entry besides the checks: order, lost updates, a short soak' })
export class OrderStatus {
  @Field()
  ok!: boolean;

  @Field(() => String, { nullable: true })
  code!: string | null;

  @Field(() => String, { nullable: true })
  message!: string | null;
}

@ObjectType('Readiness', {
  description: 'All gates of one release for one stage at one instant. Equal states give equal bytes.',
})
export class ReadinessType implements Readiness {
  stageRevisionId!: string;

  @Field(() => ID)
  workflowId!: string;

  @Field(() => ID)
  releaseId!: string;

  @Field()
  releaseDigest!: string;

  @Field()
  stageKey!: string;

  @Field(() => Int)
  stageRevision!: number;

  @Field(() => RiskTierEnum)
  tier!: RiskTier;

  @Field(() => Int)
  checklistVersion!: number;

  @Field()
  evaluatedAt!: Date;

  @Field({ description: 'Every gate is complete; what else forbids entry is in order' })
  complete!: boolean;

  @Field(() => [GateType], { description: 'In the order of the checklist' })
  gates!: GateType[];

  @Field(() => OrderStatus)
  order!: OrderStatus;
}
