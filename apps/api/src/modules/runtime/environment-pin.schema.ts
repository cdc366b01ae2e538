import { z } from 'zod';

/** Names of environments are those of keys; production has stages instead. */
export const environmentPin = z.strictObject({
  workflowId: z.uuid('This is not an id'),
  environment: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Small letters, digits and hyphens, at most 40')
    .refine((name) => name !== 'production', 'Production serves what its stages hold'),
  /** Null: the newest release again. */
  releaseId: z.uuid('This is not an id').nullable(),
  idempotencyKey: z.string().min(8).max(200).nullish(),
});
