import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A check by name' })
export class CheckRef {
  @Field(() => ID)
  id!: string;

  @Field()
  area!: string;

  @Field()
  text!: string;

  @Field({ description: 'How it is answered at this tier' })
  mode!: string;
}

@ObjectType({ description: 'What one stage will require at a tier' })
export class RequiredCheckCount {
  @Field()
  stageKey!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => Int, { description: 'How many of them nobody has to answer' })
  computed!: number;

  @Field(() => [CheckRef], { description: 'Those that this stage is the first to ask' })
  checks!: CheckRef[];
}
