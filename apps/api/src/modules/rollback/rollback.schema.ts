import { z } from 'zod';
import { audienceRule, stageKey } from '../stage/stage.schema.js';
import { leverProblems } from './lever-rules.schema.js';
import { leverInput, type LeverInput } from './lever.schema.js';

export const rollbackKinds = ['rollback', 'drill'] as const;
export type RollbackKind = (typeof rollbackKinds)[number];

/** Stages: those named, or those that serve what is left. Workflow: every stage, and whoever is in none. */
export const rollbackScopes = ['stages', 'workflow'] as const;
export const rollbackScope = z.enum(rollbackScopes);
export type RollbackScope = z.infer<typeof rollbackScope>;

export const rollbackVerdicts = ['justified', 'unjustified'] as const;
export type RollbackVerdict = (typeof rollbackVerdicts)[number];

const id = z.uuid('This is not an id');
const key = z.string().min(8).max(200);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'A digest is sha256: and 64 hexadecimal digits');

const segment = z.array(audienceRule).max(20);
const stageKeys = z
  .array(stageKey)
  .min(1, 'Name at least one stage, or none at all')
  .max(20)
  .refine((keys) => new Set(keys).size === keys.length, 'A stage is named twice');

const place = {
  workflowId: id,
  scope: rollbackScope.default('stages'),
  /** Left out: every stage that serves what is left, or anything at all where no release is left. */
  stageKeys: stageKeys.nullish(),
  /** Who is concerned; empty or left out: everybody. */
  segment: segment.nullish(),
  /** The release to be left; left out, the one that came last into any stage. */
  leaveReleaseId: id.nullish(),
};

type Placed = {
  scope: RollbackScope;
  stageKeys?: readonly string[] | null | undefined;
  segment?: readonly unknown[] | null | undefined;
  levers?: readonly LeverInput[] | null | undefined;
};

function checked(input: Placed, context: z.core.$RefinementCtx, shown: boolean): void {
  if (input.scope === 'workflow' && input.stageKeys)
    context.addIssue({
      code: 'custom',
      message: 'The whole workflow is every stage; name none',
      path: ['stageKeys'],
    });
  const facts = { shown, forSegment: (input.segment ?? []).length > 0 };
  for (const { path, message } of leverProblems(input.levers ?? [], facts))
    context.addIssue({ code: 'custom', message, path: ['levers', ...path] });
}

const levers = z.array(leverInput).min(1, 'Choose at least one lever').max(20);

export const rollbackPreview = z
  .strictObject({ ...place, levers: levers.nullish() })
  .superRefine((input, context) => {
    checked(input, context, false);
  });

export const rollbackTrigger = z
  .strictObject({
    ...place,
    levers,
    reason: z.string().trim().min(1, 'Say why').max(5000),
    /** An incident to join; left out, one is opened. */
    incidentId: id.nullish(),
    idempotencyKey: key,
  })
  .superRefine((input, context) => {
    checked(input, context, true);
  });
export type RollbackTrigger = z.infer<typeof rollbackTrigger>;

export const holdLift = z.strictObject({
  holdId: id,
  note: z.string().trim().min(1, 'Say why promotions may go on').max(5000),
  idempotencyKey: key.nullish(),
});

export const overlayEnd = z.strictObject({
  overlayId: id,
  /** Of the release that would then be served, as it was shown; null: nothing would be. */
  expectedDigest: digest.nullish(),
  idempotencyKey: key.nullish(),
});

export const quarantineClear = z.strictObject({
  quarantineId: id,
  reason: z.string().trim().min(1, 'Say what shows that it is fit to be served').max(5000),
  idempotencyKey: key.nullish(),
});

export const rollbackReview = z.strictObject({
  rollbackId: id,
  verdict: z.enum(rollbackVerdicts),
  comment: z.string().trim().min(1, 'Say what you found').max(10_000),
  idempotencyKey: key.nullish(),
});

/** Minutes that a drill lasts by itself. */
export const drillMinutes = { least: 1, most: 60, usual: 10 } as const;

/** Whom a drill is laid over unless told otherwise: requests that say they are part of it. */
export const drillSegment = [{ attribute: 'holdpoint_drill', operator: 'equals' as const, values: ['true'] }];

export const drillStart = z
  .strictObject({
    workflowId: id,
    stageKeys: stageKeys.nullish(),
    /** Left out: who says holdpoint_drill = true. */
    segment: segment.nullish(),
    levers,
    minutes: z.int().min(drillMinutes.least).max(drillMinutes.most).default(drillMinutes.usual),
    idempotencyKey: key.nullish(),
  })
  .superRefine((input, context) => {
    const facts = { shown: true, forSegment: input.segment?.length !== 0 };
    for (const { path, message } of leverProblems(input.levers, facts))
      context.addIssue({ code: 'custom', message, path: ['levers', ...path] });
  });
export type DrillStart = z.infer<typeof drillStart>;

export const drillEnd = z.strictObject({ rollbackId: id, idempotencyKey: key.nullish() });
