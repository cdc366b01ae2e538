import { z } from 'zod';

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes; start with a letter');
const idempotencyKey = z.string().min(8).max(200).nullish();

export const promptFormats = ['text', 'chat'] as const;
export const promptFormat = z.enum(promptFormats);
export type PromptFormatName = z.infer<typeof promptFormat>;

export const messageRoles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
export type MessageRole = (typeof messageRoles)[number];
export const promptMessage = z.strictObject({
  role: z.enum(messageRoles, 'Choose system, developer, user, assistant or tool'),
  content: z.string().max(200_000),
});

/** At most 200,000 characters of text, or 200 messages with as many in all. */
export const promptContent = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('text'), text: z.string().min(1, 'The text is missing').max(200_000) }),
  z.strictObject({
    format: z.literal('chat'),
    messages: z
      .array(promptMessage)
      .min(1, 'A chat prompt needs at least one message')
      .max(200)
      .refine(
        (all) => all.reduce((sum, m) => sum + m.content.length, 0) <= 200_000,
        'The messages are too long',
      ),
  }),
]);
export type PromptText = z.infer<typeof promptContent>;

export const promptCreate = z.strictObject({
  teamId: z.uuid(),
  key,
  name: z.string().trim().min(1, 'The name is missing').max(200),
  idempotencyKey,
});

/** `text` for the text format, `messages` for chat; `expectedVersion` is the latest version that the author saw. */
export const promptVersionCreate = z
  .strictObject({
    promptId: z.uuid(),
    expectedVersion: z.int().min(0).nullish(),
    format: promptFormat,
    text: z.string().nullish(),
    messages: z.array(promptMessage).nullish(),
    commitMessage: z.string().trim().min(1, 'Say what changed and why').max(2000),
    idempotencyKey,
  })
  .superRefine(({ format, text, messages }, context) => {
    const [given, other] = format === 'text' ? ([text, messages] as const) : ([messages, text] as const);
    const [field, unused] =
      format === 'text' ? (['text', 'messages'] as const) : (['messages', 'text'] as const);
    if (other != null)
      context.addIssue({
        code: 'custom',
        path: [unused],
        message: `A prompt of the format ${format} has no ${unused}`,
      });
    const content = promptContent.safeParse({ format, [field]: given ?? undefined });
    for (const issue of content.error?.issues ?? [])
      context.addIssue({
        code: 'custom',
        path: issue.path,
        message: given == null ? `A prompt of the format ${format} needs ${field}` : issue.message,
      });
  });
