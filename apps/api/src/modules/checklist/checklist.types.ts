import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';

@ObjectType({ description: 'One of the ten areas of the launch checklist' })
export class ChecklistArea {
  @Field(() => ID)
  id!: string;

  @Field()
  title!: string;

  @Field()
  question!: string;
}

@ObjectType('Check', { description: 'One question of a published checklist' })
export class CheckType {
  @Field(() => ID, { description: 'Such as EV-2' })
  id!: string;

  @Field()
  area!: string;

  @Field()
  text!: string;

  @Field({ description: 'change, soak or standing' })
  about!: string;

  @Field({ description: 'auto, manual, hybrid or external' })
  mode!: string;

  @Field({ description: 'A person answers what this version of the product cannot compute yet' })
  manualInterim!: boolean;

  @Field(() => String, { nullable: true, description: 'What cannot be computed yet' })
  interimReason!: string | null;

  @Field(() => JsonScalar, { description: 'By risk tier, the stage whose entry asks for it first' })
  requiredFrom!: Record<string, string>;

  @Field({ description: 'When it asks anything: always, layer retrieval, pattern agentic_loop …' })
  appliesWhen!: string;

  @Field(() => String, { nullable: true, description: 'When its rule passes; null where there is none' })
  passWhen!: string | null;

  @Field(() => [String], { description: 'What its rule reads' })
  reads!: string[];

  @Field(() => [String], { description: 'Tiers at which the rule alone decides' })
  ruleAloneAt!: string[];

  @Field(() => [String], { description: 'comment, url, file or ticket' })
  evidenceKinds!: string[];

  @Field(() => String, { nullable: true })
  evidenceDescription!: string | null;

  @Field({ description: 'For a first release a ticket with a due date is enough to enter internal' })
  ticketSuffices!: boolean;

  @Field(() => Int, { nullable: true })
  maxAgeDays!: number | null;

  @Field(() => [String], { description: 'An answer falls when one of these changes' })
  invalidatedBy!: string[];

  @Field()
  waivable!: boolean;

  @Field(() => Int)
  waiverMaxDays!: number;

  @Field({ description: 'member, reviewer, risk_reviewer or security_reviewer' })
  answeredBy!: string;

  @Field({ description: 'The organisation may answer once, for every workflow' })
  organisationAnswer!: boolean;

  @Field({ description: 'Whose entry asks for it first, in words' })
  requiresText!: string;

  @Field(() => JsonScalar, {
    description: 'Items of other frameworks that it gives evidence for; claims no conformity',
  })
  mappings!: Record<string, string[]>;
}

@ObjectType('Checklist', { description: 'A published, immutable version of the launch checklist' })
export class ChecklistType {
  @Field(() => Int)
  version!: number;

  @Field()
  digest!: string;

  @Field()
  publishedAt!: Date;

  @Field(() => [ChecklistArea])
  areas!: ChecklistArea[];

  @Field(() => [CheckType], { description: 'In the order of the areas' })
  checks!: CheckType[];

  @Field()
  disclaimer!: string;
}
