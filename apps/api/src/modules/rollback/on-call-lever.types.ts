import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import { LeverKindEnum } from './rollback.types.js';

@ObjectType({ description: 'One of the things that a lever can be told' })
export class LeverChoice {
  @Field({
    description: 'fallback: to what. disableTool: its name. pinModel: id of the model config version',
  })
  value!: string;

  @Field()
  label!: string;
}

@ObjectType({ description: 'A lever, and why it cannot be pulled where it cannot' })
export class OnCallLever {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field()
  available!: boolean;

  @Field(() => String, { nullable: true })
  whyNot!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it would change nothing for anybody now, though it can be pulled',
  })
  noEffect!: string | null;

  @Field(() => [LeverChoice], {
    description: 'What it must be told, the usual first; empty for a lever that needs nothing',
  })
  choices!: readonly LeverChoice[];
}

@ObjectType({ description: 'The one lever to pull, with its reason in words' })
export class RollbackRecommendation {
  @Field(() => LeverKindEnum)
  kind!: LeverKind;

  @Field()
  reason!: string;

  @Field(() => ID, { nullable: true })
  targetReleaseId!: string | null;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;
}
