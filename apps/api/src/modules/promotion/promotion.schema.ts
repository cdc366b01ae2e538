import { z } from 'zod';
import { stageKey } from '../stage/stage.schema.js';

/**
 * Climb: the next stage. Replace: follow the parent through the stages it is in. Widen: the occupant, more widely. Fix:
 * whatever mends an incident, through the stages that something is in.
 */
export const promotionKinds = ['climb', 'replace', 'widen', 'fix'] as const;
export const promotionKind = z.enum(promotionKinds);
export type PromotionKind = z.infer<typeof promotionKind>;

/** Both follow what is live through its stages, with one review and a short soak of their own. */
export const followsLive = (kind: PromotionKind): boolean => kind === 'replace' || kind === 'fix';

export const promotionStates = ['open', 'executed', 'withdrawn'] as const;
export type PromotionState = (typeof promotionStates)[number];

export const reviewVerdicts = ['approve', 'request_changes', 'comment'] as const;
export const reviewVerdict = z.enum(reviewVerdicts);
export type ReviewVerdict = z.infer<typeof reviewVerdict>;

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();
/** A digest as the server gives it. */
export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'A digest is sha256: and 64 hexadecimal digits');

/** A case of the evals that was added so that what is mended would be noticed. */
export const addedCase = z.strictObject({ suiteId: id, caseId: z.string().trim().min(1).max(500) });
export type AddedCase = z.infer<typeof addedCase>;

export const promotionRequest = z
  .strictObject({
    workflowId: id,
    releaseId: id,
    toStage: stageKey,
    kind: promotionKind.default('climb'),
    note: z.string().trim().max(5000).default(''),
    /** For a widening: the pending revision; left out, the newest one that waits. */
    stageRevisionId: id.nullish(),
    /** For a fix: the incident that it mends, and the case that was added for it. */
    incidentId: id.nullish(),
    addedCase: addedCase.nullish(),
    idempotencyKey,
  })
  .superRefine(({ kind, incidentId, addedCase: added }, context) => {
    const issue = (path: string, message: string) => {
      context.addIssue({ code: 'custom', message, path: [path] });
    };
    if (kind === 'fix') {
      if (!incidentId) issue('incidentId', 'A fix names the incident that it mends');
      if (!added) issue('addedCase', 'A fix names the case that was added to the evals for it');
    } else {
      if (incidentId) issue('incidentId', 'Only a fix names an incident');
      if (added) issue('addedCase', 'Only a fix names an added case');
    }
  });

export const promotionRetarget = z.strictObject({
  promotionId: id,
  expectedRevision: z.int().min(1),
  releaseId: id,
  idempotencyKey,
});

export const promotionReview = z
  .strictObject({
    promotionId: id,
    /** What the reviewer was shown. */
    digest,
    verdict: reviewVerdict,
    comment: z.string().trim().max(10_000).default(''),
    /** Says once that answers which a small change has made stale still hold for it. */
    confirmsAnswers: z.boolean().default(false),
    idempotencyKey,
  })
  .refine((review) => review.verdict === 'approve' || review.comment !== '', {
    message: 'Say what you ask for',
    path: ['comment'],
  })
  .refine((review) => review.verdict === 'approve' || !review.confirmsAnswers, {
    message: 'Answers are confirmed with an approval',
    path: ['confirmsAnswers'],
  });

export const promotionExecute = z.strictObject({
  promotionId: id,
  /** What the person who presses the button was shown. */
  expectedDigest: digest,
  idempotencyKey,
});

export const promotionWithdraw = z.strictObject({
  promotionId: id,
  reason: z.string().trim().min(1, 'Say why it is withdrawn').max(5000),
  idempotencyKey,
});

export type PromotionReview = z.infer<typeof promotionReview>;
