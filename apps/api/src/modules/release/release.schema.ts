import { z } from 'zod';

/** A name people say: `r12-3fa81c`, `shorter-answers`. Starts with a letter, so that it is never taken for a number. */
export const releaseAlias = z
  .string()
  .trim()
  .regex(
    /^[a-z](?:[a-z0-9]|[-.](?=[a-z0-9])){0,62}$/,
    'Use lower-case letters, digits, and single dots or dashes between them; start with a letter',
  );

export const stepName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,39}$/,
    'Use lower-case letters, digits, dash or underscore; start with a letter',
  );

export const releaseStepInput = z.strictObject({
  name: stepName,
  promptVersionId: z.uuid('Choose a prompt version'),
  modelConfigVersionId: z.uuid('Choose a model config version'),
});

/** Components to pin instead of those of the latest publication. Core and output are always there. */
export const releaseComponentIds = z.strictObject({
  core: z.uuid(),
  output: z.uuid(),
  retrieval: z.uuid().nullish(),
  tools: z.uuid().nullish(),
  budgets: z.uuid().nullish(),
});

export const releaseCreate = z.strictObject({
  workflowId: z.uuid(),
  alias: releaseAlias.nullish(),
  /** The release it was made from; null says that it was made from none. Never guessed. */
  parentReleaseId: z.uuid('Say which release it was made from, or null for none').nullable(),
  notes: z.string().trim().max(10_000).default(''),
  steps: z
    .array(releaseStepInput)
    .min(1, 'A release needs at least one step')
    .max(20)
    .refine((steps) => new Set(steps.map((s) => s.name)).size === steps.length, 'A step is named twice'),
  componentIds: releaseComponentIds.nullish(),
  idempotencyKey: z.string().min(8).max(200).nullish(),
});
export type ReleaseCreate = z.infer<typeof releaseCreate>;
