import { Field, Float, Int, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';

@ObjectType({ description: 'A signed statement of where every chain of the ledger stood' })
export class LedgerCheckpoint {
  id!: string;

  @Field(() => Float, { description: 'From 1, without a gap' })
  number!: number;

  @Field()
  at!: Date;

  @Field(() => Int, {
    nullable: true,
    description:
      'Chains covered; null for who may not export the ledger, whom counts would tell of what is hidden',
  })
  chains!: number | null;

  @Field(() => Float, { nullable: true, description: 'Entries covered since the beginning; null likewise' })
  entries!: number | null;

  @Field({ description: 'Hex Merkle root (RFC 6962) over the heads of all chains' })
  root!: string;

  @Field()
  prevHash!: string;

  @Field({ description: 'Hex sha256 of the canonical text' })
  hash!: string;

  @Field(() => String, { nullable: true, description: 'What is signed; null likewise' })
  canonical!: string | null;

  @Field({ description: 'Base64 Ed25519 over the canonical text' })
  signature!: string;

  @Field({ description: 'Hex sha256 of the public key' })
  keyId!: string;
}

@ObjectType()
export class LedgerCheckpointConnection extends connectionType(LedgerCheckpoint) {}

export const PushKindEnum = { file: 'file', url: 'url' } as const;
registerEnumType(PushKindEnum, { name: 'LedgerPushKind' });

@ObjectType({ description: 'How far checkpoints have been delivered outside' })
export class LedgerPush {
  @Field(() => PushKindEnum)
  kind!: 'file' | 'url';

  @Field(() => Float, { description: 'The last checkpoint that arrived; 0 for none' })
  lastPushed!: number;

  @Field(() => Date, { nullable: true })
  pushedAt!: Date | null;

  @Field(() => Int, { description: 'Attempts in a row that failed' })
  failures!: number;

  @Field(() => String, { nullable: true, description: 'What the last of them met' })
  lastError!: string | null;
}

@ObjectType({ description: 'What proves the ledger, and how much of it is covered' })
export class LedgerProof {
  @Field(() => String, {
    nullable: true,
    description: 'Id of the key that signs; null where none is configured',
  })
  keyId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SPKI in PEM, as `holdpoint ledger verify --key` takes it',
  })
  publicKey!: string | null;

  @Field(() => LedgerCheckpoint, { nullable: true })
  lastCheckpoint!: LedgerCheckpoint | null;

  @Field(() => Float, { description: 'Entries that no checkpoint covers yet' })
  uncovered!: number;

  @Field(() => [LedgerPush])
  pushes!: LedgerPush[];
}

@ObjectType({ description: 'What an export would hold now' })
export class LedgerExportEstimate {
  @Field(() => Float)
  entries!: number;

  @Field(() => Int)
  checkpoints!: number;

  @Field(() => Float, { description: 'Number of the checkpoint that it begins after; 0 from the beginning' })
  after!: number;

  @Field(() => Float, { description: 'Entries of it that no checkpoint covers yet' })
  uncovered!: number;
}

@InputType()
export class LedgerCheckpointCreateInput {
  @Field(() => String, {
    nullable: true,
    description: 'Accepted, and not needed: a second one has nothing to cover',
  })
  idempotencyKey?: string | null;
}

@ObjectType()
export class LedgerCheckpointCreatePayload {
  @Field(() => LedgerCheckpoint, {
    nullable: true,
    description: 'The last checkpoint, which covers everything until now',
  })
  checkpoint!: LedgerCheckpoint | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
