import { z } from 'zod';
import { autonomyMode, toolEffect } from '../workflow/risk.schema.js';

export const defaultStageKeys = ['internal', 'limited', 'expanded', 'general'] as const;
export const stageKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'A stage key is lower-case letters, digits and dashes');

/** One rule on an attribute of the request; all rules of an audience must match. */
export const audienceRule = z.strictObject({
  attribute: z.string().trim().min(1).max(100),
  operator: z.enum(['in', 'not_in', 'equals', 'starts_with', 'ends_with']),
  values: z.array(z.string().max(300)).min(1, 'Give at least one value').max(1000),
});

/** Who belongs to a stage: rules on attributes *and* a percentage of what they match. */
export const audience = z.strictObject({
  description: z.string().trim().min(1, 'Say in words who is in this audience').max(500),
  rules: z.array(audienceRule).max(20).default([]),
  /** 0–100, in steps of 0.001. */
  percentage: z.number().min(0).max(100),
  /** What the percentage is taken over. */
  bucketBy: z.enum(['user', 'tenant', 'conversation']).default('user'),
});
export type Audience = z.infer<typeof audience>;

/** The definition of a stage; an immutable revision holds one. */
export const stageDefinition = z.strictObject({
  name: z.string().trim().min(1).max(100),
  audience,
  /** No stage may be defined wider than this share of all traffic, in percent (RO-1). */
  maxExposurePercent: z.number().min(0).max(100),
  /** The switch one person can turn off. Holdpoint serves what a workflow decides under its full key, `team.workflow`. */
  flagKey: z.string().trim().min(1).max(200),
  soak: z.strictObject({
    /** Hours a release must have spent here before the next stage (climb). */
    hours: z.number().min(0).max(8760),
    /** Hours a replacement spends here before it follows on. */
    replaceHours: z.number().min(0).max(8760),
    minRequests: z.int().min(0).max(1_000_000_000),
    /** Days of signed daily review asked for before the next stage. */
    dailyReviews: z.int().min(0).max(90),
    /** Share of outputs a person reviews, 0–1, by tier. */
    reviewRate: z.strictObject({
      low: z.number().min(0).max(1),
      medium: z.number().min(0).max(1),
      high: z.number().min(0).max(1),
    }),
  }),
  /** Checks asked here earlier than the checklist would, and checks taken away (needs a second person). */
  checks: z.strictObject({
    added: z.array(z.string().max(20)).max(100).default([]),
    removed: z.array(z.string().max(20)).max(100).default([]),
  }),
  expectedRequestsPerDay: z.number().min(0).max(1e12),
  cap: z.strictObject({ autonomyMode, toolEffect }),
  /** Whether keys of browsers (`runtime-public`) are served this stage; left out where they are not. */
  public: z.boolean().optional(),
});
export type StageDefinition = z.infer<typeof stageDefinition>;

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();

export const stageRevise = z.strictObject({
  workflowId: id,
  stageKey,
  /** Number of the revision in force that this one was written from. */
  expectedRevision: z.int().min(1),
  definition: stageDefinition,
  reason: z.string().trim().max(5000).default(''),
  idempotencyKey,
});

export const stageRevisionApprove = z.strictObject({ stageRevisionId: id, idempotencyKey });

export const workflowAdopt = z.strictObject({
  workflowId: id,
  releaseId: id,
  stageKeys: z
    .array(stageKey)
    .min(1, 'Name at least one stage in which it is live')
    .max(20)
    .refine((keys) => new Set(keys).size === keys.length, 'A stage is named twice'),
  reason: z.string().trim().min(1, 'Say how it came to be live').max(5000),
  idempotencyKey,
});
