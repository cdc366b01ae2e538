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
