import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'What everybody in a stage gets now, but for segments that something is laid over. Drills left out',
})
export class StageServed {
  releaseId!: string | null;

  @Field({ description: 'release, disabled, fallback or failure' })
  outcome!: string;

  @Field(() => String, { nullable: true, description: 'fallback: search, templates or people' })
  to!: string | null;

  @Field(() => Date, { nullable: true, description: 'Since when a rollback has it so; null: none does' })
  since!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Of the rollback that has it so; null: none does' })
  rollbackNumber!: number | null;
}
