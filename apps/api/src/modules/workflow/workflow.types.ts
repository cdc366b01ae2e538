import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import type { RiskTier } from './risk.schema.js';
import { RiskTierEnum } from './risk.types.js';

@ObjectType({ description: 'One narrow, measurable LLM feature' })
export class Workflow {
  teamId!: string;
  createdById!: string;
  incarnation!: number;
  epoch!: number;

  @Field(() => ID)
  id!: string;

  @Field({ description: 'Unique within the team, never reused' })
  key!: string;

  @Field()
  name!: string;

  @Field()
  description!: string;

  @Field({ description: 'Seen by its team, auditors, administrators and whoever is on call, by nobody else' })
  restricted!: boolean;

  @Field()
  createdAt!: Date;

  @Field(() => Date, { nullable: true })
  retiredAt!: Date | null;

  @Field(() => RiskTierEnum, { nullable: true, description: 'Null while no contract is published' })
  riskTier!: RiskTier | null;

  @Field(() => RiskTierEnum, { nullable: true, description: 'As raised by hand' })
  raisedTier!: RiskTier | null;
}

@ObjectType()
export class WorkflowConnection extends connectionType(Workflow) {}
