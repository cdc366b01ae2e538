import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { componentKinds, type ComponentKind } from './contract.schema.js';
import type { RiskTier } from './risk.schema.js';
import { RiskTierEnum } from './risk.types.js';

export const ComponentKindEnum = registerUnion('ComponentKind', componentKinds);

@ObjectType({ description: 'One part of what the workflow promises. Immutable' })
export class ContractComponent {
  workflowId!: string;
  authorId!: string;
  canonical!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => ComponentKindEnum)
  kind!: ComponentKind;

  @Field(() => Int)
  number!: number;

  @Field()
  digest!: string;

  @Field(() => JsonScalar)
  content!: unknown;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'The components that hold together' })
export class Contract {
  @Field(() => ContractComponent, { nullable: true })
  core!: ContractComponent | null;

  @Field(() => ContractComponent, { nullable: true })
  output!: ContractComponent | null;

  @Field(() => ContractComponent, { nullable: true })
  retrieval!: ContractComponent | null;

  @Field(() => ContractComponent, { nullable: true })
  tools!: ContractComponent | null;

  @Field(() => ContractComponent, { nullable: true })
  budgets!: ContractComponent | null;

  @Field()
  complete!: boolean;
}

@ObjectType({ description: 'What keeps a draft from being published' })
export class MissingField {
  @Field(() => ComponentKindEnum)
  component!: ComponentKind;

  @Field(() => [String], { description: 'Inside the component; empty for the component itself' })
  path!: string[];

  @Field()
  message!: string;
}

@ObjectType({ description: 'What the draft would be, were it published as it is' })
export class TierPreview {
  @Field(() => RiskTierEnum, { nullable: true, description: 'Null until the risk questions are answered' })
  tier!: RiskTier | null;

  @Field(() => [String])
  reasons!: string[];
}

@ObjectType({ description: 'The contract as somebody is writing it' })
export class ContractDraft {
  workflowId!: string;
  updatedById!: string | null;

  @Field(() => Int, { description: '0 while nothing is saved' })
  revision!: number;

  @Field(() => JsonScalar, { nullable: true })
  core!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  output!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  retrieval!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  tools!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  budgets!: unknown;

  @Field(() => [MissingField])
  missing!: MissingField[];

  @Field(() => TierPreview)
  tierPreview!: TierPreview;

  @Field(() => Date, { nullable: true })
  updatedAt!: Date | null;
}
