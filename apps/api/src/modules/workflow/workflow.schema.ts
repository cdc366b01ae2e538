import { z } from 'zod';
import { componentSchemas } from './contract.schema.js';
import { operatingRecord } from './operating.schema.js';
import { riskTier } from './risk.schema.js';

const idempotencyKey = z.string().min(8).max(200).nullish();

export const workflowOrders = ['name_asc', 'name_desc', 'created_desc', 'created_asc'] as const;
export type WorkflowOrder = (typeof workflowOrders)[number];

export const workflowRegister = z.strictObject({
  teamId: z.uuid('Choose a team'),
  /** The second half of the full key `team.workflow`; never reused. */
  key: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes; start with a letter'),
  name: z.string().trim().min(1, 'The name is missing').max(200),
  description: z.string().trim().max(2000).default(''),
  restricted: z.boolean().default(false),
  idempotencyKey,
});

export const workflowTierRaise = z.strictObject({
  workflowId: z.uuid(),
  tier: riskTier,
  reason: z.string().trim().min(1, 'Say why').max(2000),
  idempotencyKey,
});

/** A component as somebody is writing it: an object, whatever is in it so far. At most 200,000 characters of JSON. */
const unfinished = z
  .record(z.string().max(200), z.unknown(), 'Give an object')
  .refine((value) => JSON.stringify(value).length <= 200_000, 'This is too long')
  .nullish();

/** Left out: stays as it is. Null: cleared. `expectedRevision` is 0 while nothing is saved. */
export const contractDraftSave = z.strictObject({
  workflowId: z.uuid(),
  expectedRevision: z.int().min(0),
  ...(Object.fromEntries(Object.keys(componentSchemas).map((kind) => [kind, unfinished])) as Record<
    keyof typeof componentSchemas,
    typeof unfinished
  >),
  idempotencyKey,
});

export const contractPublish = z.strictObject({
  workflowId: z.uuid(),
  expectedRevision: z.int().min(0),
  idempotencyKey,
});

export const operatingRecordSave = z.strictObject({
  workflowId: z.uuid(),
  /** 0 while there is none. */
  expectedVersion: z.int().min(0),
  content: operatingRecord,
  idempotencyKey,
});
