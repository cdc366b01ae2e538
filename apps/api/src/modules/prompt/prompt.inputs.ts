import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { MessageRole, PromptFormatName, promptCreate, promptVersionCreate } from './prompt.schema.js';
import { MessageRoleEnum, Prompt, PromptFormatEnum, PromptVersion } from './prompt.types.js';

@InputType()
export class PromptCreateInput implements z.input<typeof promptCreate> {
  @Field(() => ID)
  teamId!: string;

  @Field({ description: 'Unique within the team' })
  key!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class PromptMessageInput {
  @Field(() => MessageRoleEnum)
  role!: MessageRole;

  @Field()
  content!: string;
}

@InputType()
export class PromptVersionCreateInput implements z.input<typeof promptVersionCreate> {
  @Field(() => ID)
  promptId!: string;

  @Field(() => Int, { nullable: true, description: 'The latest version that the author saw, 0 for none' })
  expectedVersion?: number | null;

  @Field(() => PromptFormatEnum)
  format!: PromptFormatName;

  @Field(() => String, { nullable: true, description: 'For the text format' })
  text?: string | null;

  @Field(() => [PromptMessageInput], { nullable: true, description: 'For the chat format' })
  messages?: PromptMessageInput[] | null;

  @Field()
  commitMessage!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class PromptCreatePayload {
  @Field(() => Prompt, { nullable: true })
  prompt!: Prompt | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class PromptVersionCreatePayload {
  @Field(() => PromptVersion, { nullable: true })
  promptVersion!: PromptVersion | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
