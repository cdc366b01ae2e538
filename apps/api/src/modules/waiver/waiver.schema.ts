import { z } from 'zod';

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();

export const waiverRequest = z.strictObject({
  workflowId: id,
  checkId: z.string().min(1).max(20),
  reason: z.string().trim().min(1, 'Say why it may be passed over for now').max(5000),
  /** Until when; at most as many days from now as the check allows. */
  expiresAt: z.iso.datetime('Give the date as ISO 8601, in UTC'),
  idempotencyKey,
});
export const waiverApprove = z.strictObject({ waiverId: id, idempotencyKey });
export const waiverEnd = z.strictObject({ waiverId: id, idempotencyKey });
