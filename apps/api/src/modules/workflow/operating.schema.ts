import { z } from 'zod';

/** The recurring duties that the boring work is made of. */
export const dutyKinds = [
  'eval_upkeep',
  'output_review',
  'cost',
  'sources',
  'feedback',
  'secrets',
  'tool_permissions',
  'safety_incidents',
  'change_approval',
] as const;
export const dutyKind = z.enum(dutyKinds);
export type DutyKind = z.infer<typeof dutyKind>;

export const duty = z.strictObject({
  kind: dutyKind,
  ownerTeam: z.string().trim().max(100).optional(),
  cadenceDays: z.int().min(1).max(3650).optional(),
  /** ISO date-time of the last time it was done. */
  lastDoneAt: z.iso.datetime().optional(),
});
export type Duty = z.infer<typeof duty>;

export const providerReview = z.strictObject({
  provider: z.string().trim().min(1, 'Name the provider').max(200),
  reviewedAt: z.iso.datetime().optional(),
  recordUrl: z.url().max(2000).optional(),
  notes: z.string().trim().max(2000).optional(),
});

/** Who runs the workflow. In no release digest: changing an on-call number voids no approval. */
export const operatingRecord = z.strictObject({
  /** Key of the owning team. */
  ownerTeam: z.string().trim().min(1, 'Name the owning team').max(100),
  /** User id of the accountable person. */
  accountableUserId: z.uuid('Choose the accountable person'),
  escalationContact: z.string().trim().min(1, 'Say whom to reach when it goes wrong').max(300),
  duties: z
    .array(duty)
    .max(20)
    .refine((all) => new Set(all.map((d) => d.kind)).size === all.length, 'A duty is named twice')
    .default([]),
  providers: z.array(providerReview).max(50).default([]),
  incidentRunbookUrl: z.url().max(2000).optional(),
  deactivationCriteria: z.string().trim().max(2000).optional(),
});
export type OperatingRecordContent = z.infer<typeof operatingRecord>;
