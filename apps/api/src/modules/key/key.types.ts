import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { keyKinds, keyStates, type KeyKind, type KeyState } from './key.schema.js';

export const KeyKindEnum = registerUnion('KeyKind', keyKinds, 'Who acts by it');
export const KeyStateEnum = registerUnion(
  'KeyState',
  keyStates,
  'ending: rotated, and works until its end; expired and revoked work no more',
);

@ObjectType({ description: 'A key of CI, of a running application or of an agent; its secret is shown once' })
export class ApiKey {
  createdById!: string;
  teamIds!: string[];
  workflowIds!: string[];

  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => KeyKindEnum)
  kind!: KeyKind;

  @Field({ description: 'The first characters of the secret, by which keys are told apart' })
  prefix!: string;

  @Field()
  environment!: string;

  @Field(() => [String], { description: 'ci, runtime, runtime-public, narrow, read' })
  scopes!: string[];

  @Field(() => KeyStateEnum)
  state!: KeyState;

  @Field()
  createdAt!: Date;

  @Field()
  expiresAt!: Date;

  @Field(() => Date, { nullable: true })
  revokedAt!: Date | null;

  @Field({
    description: 'Whether its maker may still sign in; otherwise it reads and serves but changes nothing',
  })
  answeredFor!: boolean;

  @Field(() => ID, { nullable: true, description: 'The key that it took over from' })
  replacesId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The key that takes over from it' })
  replacedById!: string | null;

  @Field(() => Date, { nullable: true, description: 'To the minute; null while it was never used' })
  lastUsedAt!: Date | null;
}

@ObjectType()
export class ApiKeyConnection extends connectionType(ApiKey) {}
