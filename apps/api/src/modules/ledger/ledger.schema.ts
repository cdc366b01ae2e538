import { z } from 'zod';

const words = z.string().trim().min(1).max(200).nullish();

export const ledgerFilter = z.strictObject({
  chain: words,
  act: words,
  actorId: words,
  subjectKind: words,
  subjectId: words,
  from: z.date().nullish(),
  to: z.date().nullish(),
});
export type LedgerFilterValues = z.infer<typeof ledgerFilter>;

export const ledgerReasonErase = z.strictObject({
  entryId: z.uuid('Choose an entry'),
  reason: z.string().trim().min(1, 'Say why').max(2000, 'A reason has at most 2,000 characters'),
  idempotencyKey: z.string().min(8).max(200).nullish(),
});
