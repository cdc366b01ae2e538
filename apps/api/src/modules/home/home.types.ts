import { Field, ObjectType } from '@nestjs/graphql';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { waitingKinds, type WaitingKind } from './waiting.domain.js';

export const WaitingKindEnum = registerUnion('WaitingKind', waitingKinds);

@ObjectType({ description: 'Something that waits for the viewer' })
export class WaitingItem {
  workflowId!: string;
  promotionId!: string | null;

  @Field(() => WaitingKindEnum)
  kind!: WaitingKind;

  @Field({ description: 'What is asked about, beside the workflow: a release, a check, a stage' })
  title!: string;

  @Field({ description: 'One sentence: what is asked, or why it waits' })
  detail!: string;

  @Field(() => String, { nullable: true })
  checkId!: string | null;

  @Field(() => Date, { nullable: true, description: 'By when it is owed; null: no date' })
  dueAt!: Date | null;

  @Field({ description: 'Its date has passed' })
  overdue!: boolean;

  @Field({ description: 'Since when it waits' })
  since!: Date;

  @Field({ description: 'Console path that leads to where it can be done' })
  link!: string;
}

@ObjectType({ description: 'What a live release rests on and will soon have expired' })
export class StaleItem {
  workflowId!: string;

  @Field()
  checkId!: string;

  @Field()
  text!: string;

  @Field()
  staleAt!: Date;

  @Field()
  link!: string;
}
