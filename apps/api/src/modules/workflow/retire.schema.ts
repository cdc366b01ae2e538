import { z } from 'zod';

export const workflowRetire = z.strictObject({
  workflowId: z.uuid(),
  reason: z.string().trim().min(1, 'Say why').max(2000),
  idempotencyKey: z.string().min(8).max(200).nullish(),
});
