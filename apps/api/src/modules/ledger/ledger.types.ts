import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import type { ledgerFilter } from './ledger.schema.js';
import type { z } from 'zod';

@ObjectType({
  description: 'One act, as it was written: its canonical bytes are what is hashed and exported',
})
export class LedgerEntry {
  @Field(() => ID)
  id!: string;

  @Field({ description: 'Id of a workflow, or "organisation"' })
  chain!: string;

  @Field(() => Float, { description: 'From 1, without a gap' })
  seq!: number;

  @Field()
  at!: Date;

  @Field({ description: 'Noun and past participle: promotion.executed' })
  act!: string;

  @Field({ description: 'user, service, agent or system' })
  actorKind!: string;

  @Field(() => ID, { description: 'Of a person or a key' })
  actorId!: string;

  @Field()
  subjectKind!: string;

  @Field(() => ID)
  subjectId!: string;

  @Field()
  requestId!: string;

  @Field({ description: 'Hex sha256 of the canonical text' })
  hash!: string;

  @Field()
  prevHash!: string;

  @Field({ description: 'RFC 8785 canonical JSON' })
  canonical!: string;
}

@ObjectType({ description: 'The API key by which a service or an agent acted' })
export class LedgerActorKey {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field({ description: 'The first characters of its secret' })
  prefix!: string;
}

@ObjectType()
export class LedgerEntryConnection extends connectionType(LedgerEntry) {}

@ObjectType({ description: 'What following a chain from its first entry to its last showed' })
export class LedgerVerification {
  @Field()
  chain!: string;

  @Field(() => Int)
  entries!: number;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => Float, { nullable: true })
  firstBadSeq!: number | null;

  @Field(() => String, { nullable: true })
  problem!: string | null;

  @Field()
  headHash!: string;
}

@InputType()
export class LedgerFilter implements z.input<typeof ledgerFilter> {
  @Field(() => String, { nullable: true })
  chain?: string | null;

  @Field(() => String, { nullable: true })
  act?: string | null;

  @Field(() => ID, { nullable: true })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Such as promotion' })
  subjectKind?: string | null;

  @Field(() => ID, { nullable: true })
  subjectId?: string | null;

  @Field(() => Date, { nullable: true, description: 'From this instant' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Before this instant' })
  to?: Date | null;
}
