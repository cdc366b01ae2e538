import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { messageRoles, promptFormats, type MessageRole, type PromptFormatName } from './prompt.schema.js';

export const PromptFormatEnum = registerUnion('PromptFormat', promptFormats);
export const MessageRoleEnum = registerUnion('MessageRole', messageRoles);

@ObjectType({ description: 'A text or chat template with {{variables}}, owned by a team' })
export class Prompt {
  teamId!: string;

  @Field(() => ID)
  id!: string;

  @Field()
  key!: string;

  @Field()
  name!: string;

  @Field(() => Int, { description: '0 while it has no version' })
  lastVersion!: number;
}

@ObjectType()
export class PromptConnection extends connectionType(Prompt) {}

@ObjectType()
export class PromptMessage {
  @Field(() => MessageRoleEnum)
  role!: MessageRole;

  @Field()
  content!: string;
}

@ObjectType({ description: 'Where something looks like a secret; never the secret itself' })
export class SecretFinding {
  @Field()
  kind!: string;

  @Field(() => Int, { description: 'From 1; in a chat, counted through all messages' })
  line!: number;
}

@ObjectType({ description: 'Immutable' })
export class PromptVersion {
  promptId!: string;
  authorId!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => PromptFormatEnum)
  format!: PromptFormatName;

  @Field(() => String, { nullable: true, description: 'Of the text format' })
  text!: string | null;

  @Field(() => [PromptMessage], { nullable: true, description: 'Of the chat format' })
  messages!: PromptMessage[] | null;

  @Field()
  digest!: string;

  @Field(() => [String])
  variables!: string[];

  @Field()
  commitMessage!: string;

  @Field(() => [SecretFinding])
  secretFindings!: SecretFinding[];

  @Field()
  createdAt!: Date;
}

@ObjectType()
export class PromptVersionConnection extends connectionType(PromptVersion) {}
