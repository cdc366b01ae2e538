import { z } from 'zod';

/** Only forwards: one that comes back is a new incident. */
export const incidentStates = ['open', 'monitoring', 'resolved'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** What opened it. */
export const incidentOrigins = ['report', 'rollback', 'guard'] as const;
export type IncidentOrigin = (typeof incidentOrigins)[number];

export const incidentLinkKinds = ['promotion', 'release', 'url', 'ticket'] as const;
export const incidentLinkKind = z.enum(incidentLinkKinds);
export type IncidentLinkKind = z.infer<typeof incidentLinkKind>;

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();
const note = z.string().trim().max(10_000);

export const incidentOpen = z.strictObject({
  workflowId: id,
  title: z.string().trim().min(1, 'Say in a few words what is wrong').max(200),
  /** Who sees it through; left out: nobody yet. */
  ownerId: id.nullish(),
  idempotencyKey,
});

const httpAddress = z.url({ protocol: /^https?$/, error: 'This is not an http(s) address' }).max(2000);

export const incidentLink = z
  .strictObject({
    incidentId: id,
    kind: incidentLinkKind,
    /** Id of a promotion or release of the same workflow, an http(s) address, or what names a ticket. */
    value: z.string().trim().min(1, 'Say what it points to').max(2000),
    idempotencyKey,
  })
  .superRefine(({ kind, value }, context) => {
    const shape = kind === 'url' ? httpAddress : kind === 'ticket' ? z.string().max(200) : id;
    const [issue] = shape.safeParse(value).error?.issues ?? [];
    if (issue) context.addIssue({ code: 'custom', message: issue.message, path: ['value'] });
  });

export const incidentMonitor = z.strictObject({ incidentId: id, note: note.default(''), idempotencyKey });

export const incidentResolve = z.strictObject({
  incidentId: id,
  note: note.min(1, 'Say what it was and what ended it'),
  idempotencyKey,
});

export const incidentAssign = z.strictObject({ incidentId: id, ownerId: id, idempotencyKey });
