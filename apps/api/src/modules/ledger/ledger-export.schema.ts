import { z } from 'zod';

const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), {
    error: 'must be an instant such as 2026-11-23T09:00:00Z',
  })
  .transform((text) => new Date(text))
  .optional();

/** What an export is of. Times are of checkpoints: it begins after the last one before `from`, and ends with the first one after `to`. */
export const ledgerExportQuery = z.strictObject({
  /** A workflow's id, or `organisation`; without it all chains. */
  chain: z.string().min(1).max(200).optional(),
  from: instant,
  to: instant,
  reasons: z.enum(['true', 'false'], { error: 'must be true or false' }).default('true'),
});
export type LedgerExportQuery = z.infer<typeof ledgerExportQuery>;
