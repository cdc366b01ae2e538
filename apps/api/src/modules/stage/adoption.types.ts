import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A check that was missing when the workflow was adopted; owed by a date' })
export class AdoptionDebt {
  @Field()
  checkId!: string;

  @Field()
  stageKey!: string;

  @Field()
  dueAt!: Date;
}

@ObjectType({
  description: 'A workflow that was live before it came here, recorded once as live and ungated',
})
export class Adoption {
  workflowId!: string;
  releaseId!: string;
  adoptedById!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => [String])
  stageKeys!: string[];

  @Field()
  reason!: string;

  @Field(() => [AdoptionDebt])
  debts!: AdoptionDebt[];

  @Field()
  createdAt!: Date;
}
