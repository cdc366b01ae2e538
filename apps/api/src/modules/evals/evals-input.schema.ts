import { z } from 'zod';
import { runKinds, suiteDefinition } from './evals.schema.js';

const idempotencyKey = z.string().min(8).max(200).nullish();

export const evalSuiteCreate = z.strictObject({
  workflowId: z.uuid('Choose a workflow'),
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes; start with a letter'),
  name: z.string().trim().min(1, 'Name the suite').max(200),
  idempotencyKey,
});

export const evalSuiteVersionCreate = z.strictObject({
  suiteId: z.uuid('Choose a suite'),
  /** The version that was read; 0 where there is none yet. */
  expectedVersion: z.int().min(0).max(2_147_483_647),
  definition: suiteDefinition,
  idempotencyKey,
});

/** Cases that GraphQL takes; more go through an upload. */
export const casesThroughGraphql = 500;

export const evalRunImport = z.strictObject({
  workflowId: z.uuid('Choose a workflow'),
  suiteId: z.uuid('Choose a suite'),
  releaseId: z.uuid('Choose a release').nullish(),
  plain: z.looseObject({
    cases: z
      .array(z.unknown(), 'List the cases')
      .max(casesThroughGraphql, `More than ${String(casesThroughGraphql)} cases: upload a file`),
  }),
  idempotencyKey,
});

export const uploadFormats = ['promptfoo', 'plain'] as const;
export type UploadFormat = (typeof uploadFormats)[number];

/** The query of POST /api/eval-uploads. */
export const evalUploadQuery = z.strictObject({
  workflowId: z.uuid('Name the workflow'),
  suiteId: z.uuid('Name the suite'),
  releaseId: z.uuid('A release is named by its id').optional(),
  format: z.enum(uploadFormats, 'The format is promptfoo or plain'),
  /** Left out: regular, unless the cases name red-team plugins. */
  kind: z.enum(runKinds, 'The kind is regular or redteam').optional(),
  fileName: z.string().trim().min(1).max(255).default('results.json'),
  /** An id chosen by the client, so that it can ask for progress while it sends. */
  uploadId: z.uuid('An upload id is a UUID').optional(),
  /** Which prompts of the file (label, or place from 0) are what was measured. */
  prompt: z
    .union([z.string().min(1).max(300), z.array(z.string().min(1).max(300)).max(100)])
    .transform((one) => (typeof one === 'string' ? [one] : one))
    .default([]),
  idempotencyKey: z.string().min(8).max(200).optional(),
});
export type EvalUploadQuery = z.infer<typeof evalUploadQuery>;
