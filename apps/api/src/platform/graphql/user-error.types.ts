import { Field, ObjectType } from '@nestjs/graphql';

/** An expected refusal. `code` is stable, `message` is for people, `field` is the path in the input. */
@ObjectType('UserError')
export class UserErrorType {
  @Field()
  code!: string;

  @Field()
  message!: string;

  @Field(() => [String], { nullable: true })
  field!: string[] | null;
}
