import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

/** Something was committed; fetch again what you show of it. */
@ObjectType('ChangeEvent')
export class ChangeEventType {
  @Field(() => ID, { nullable: true })
  workflowId!: string | null;

  @Field()
  topic!: string;

  @Field()
  subjectKind!: string;

  @Field(() => ID)
  subjectId!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}
