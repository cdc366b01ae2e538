import { z } from 'zod';

export const breakGlassVerdicts = ['justified', 'unjustified'] as const;
export const breakGlassVerdict = z.enum(breakGlassVerdicts);
export type BreakGlassVerdict = z.infer<typeof breakGlassVerdict>;

/** Hours that a grant may live: named, and no longer than a day. */
export const grantHours = { most: 24, usual: 4 } as const;

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();

export const breakGlassGrant = z.strictObject({
  /** Open or monitoring; the grant is for its workflow. */
  incidentId: id,
  personId: id,
  reason: z.string().trim().min(1, 'Say why the gates cannot be waited for').max(5000),
  hours: z
    .number()
    .positive('A grant lives for some time')
    .max(grantHours.most, `A grant lives ${String(grantHours.most)} hours at most`)
    .default(grantHours.usual),
  idempotencyKey,
});

export const breakGlassRevoke = z.strictObject({ grantId: id, idempotencyKey });

export const promotionBreakGlass = z.strictObject({
  promotionId: id,
  /** What the person who presses the button was shown. */
  expectedDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'A digest is sha256: and 64 hexadecimal digits'),
  /** Exactly the required checks that are incomplete. */
  checkIds: z
    .array(z.string().min(1).max(20))
    .min(1, 'Name every check that is passed over')
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'Name each check once'),
  grantId: id,
  reason: z.string().trim().min(1, 'Say why this cannot wait for its gates').max(5000),
  idempotencyKey,
});

export const breakGlassReview = z.strictObject({
  useId: id,
  verdict: breakGlassVerdict,
  comment: z.string().trim().min(1, 'Say what you found').max(10_000),
  idempotencyKey,
});
