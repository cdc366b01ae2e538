import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { personErase } from './person.schema.js';
import { User } from './person.types.js';

@InputType()
export class PersonEraseInput implements z.input<typeof personErase> {
  @Field(() => ID)
  userId!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Also the free text that the person wrote beside entries of the ledger',
  })
  eraseReasons?: boolean;

  @Field({ description: 'Why; do not name the person' })
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class PersonErasePayload {
  @Field(() => User, { nullable: true })
  user!: User | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
