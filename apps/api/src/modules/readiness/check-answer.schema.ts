import { z } from 'zod';

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();
const dueAt = z.iso.datetime('Give the date as ISO 8601, in UTC').nullish();

/** What an answer points to; `value` is a text, an address, the sha256 of a file, or a ticket. */
export const answerEvidence = z
  .strictObject({
    kind: z.enum(['comment', 'url', 'file', 'ticket']),
    value: z.string().trim().min(1, 'Say what it is').max(2000),
    /** Tickets only: when it will be done. */
    dueAt,
  })
  .superRefine(({ kind, value, dueAt: due }, issue) => {
    const wrong = (path: string, message: string) =>
      issue.addIssue({ code: 'custom', path: [path], message });
    if (kind === 'url' && !z.url({ protocol: /^https?$/ }).safeParse(value).success)
      wrong('value', 'Give an address that begins with http:// or https://');
    if (kind === 'file' && !/^sha256:[0-9a-f]{64}$/.test(value))
      wrong('value', 'Give the digest of the file: sha256: and 64 hexadecimal digits');
    if (kind === 'ticket' && !due) wrong('dueAt', 'Say by when the ticket will be done');
    if (kind !== 'ticket' && due) wrong('dueAt', 'Only a ticket has a date');
  });

export const checkAnswer = z.strictObject({
  /** Left out: the organisation's answer, which every workflow inherits. */
  workflowId: id.nullish(),
  checkId: z.string().min(1).max(20),
  /** What it is about; the workflow's latest release where left out. */
  releaseId: id.nullish(),
  answer: z.enum(['yes', 'no', 'not_applicable']),
  comment: z.string().trim().max(5000).default(''),
  evidence: z.array(answerEvidence).max(20).default([]),
  idempotencyKey,
});
export type CheckAnswerContent = z.infer<typeof checkAnswer>;
