import { z } from 'zod';

const id = z.uuid('This is not an id');

/** Which of what was live; null and absent mean all. */
export const liveFilter = z.strictObject({
  workflowId: id.nullish(),
  teamId: id.nullish(),
  stageKey: z.string().trim().min(1).max(32).nullish(),
});
export type LiveFilterValues = z.infer<typeof liveFilter>;

const instant = z.iso
  .datetime({ offset: true, error: 'Give a time as ISO 8601 with its offset, such as 2026-11-02T09:30:00Z' })
  .transform((text) => new Date(text));

/** The query of an export: an instant, or an interval [from, to); neither means now. */
export const asOfExportQuery = z.strictObject({
  at: instant.optional(),
  from: instant.optional(),
  to: instant.optional(),
  workflowId: id.optional(),
  teamId: id.optional(),
  stageKey: z.string().trim().min(1).max(32).optional(),
});
