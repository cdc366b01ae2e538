import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { ledgerReasonErase } from './ledger.schema.js';
import { LedgerEntry } from './ledger.types.js';

@InputType()
export class LedgerReasonEraseInput implements z.input<typeof ledgerReasonErase> {
  @Field(() => ID)
  entryId!: string;

  @Field({ description: 'Why it has to go; do not repeat it' })
  reason!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class LedgerReasonErasePayload {
  @Field(() => LedgerEntry, { nullable: true })
  entry!: LedgerEntry | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
