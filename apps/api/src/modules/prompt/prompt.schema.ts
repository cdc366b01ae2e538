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

/**
 * Where a text opens a variable and does not close it, in lines and columns from 1; null where it does not. Such a
 * variable is sent to the model as it stands, braces and all.
 */
export function unclosedVariable(text: string): { line: number; column: number; start: string } | null {
  for (const { index, 0: braces } of text.matchAll(/\{{2,}/g)) {
    const from = index + braces.length;
    const [close, next] = [text.indexOf('}}', from), text.indexOf('{{', from)];
    if (close !== -1 && (next === -1 || close < next)) continue;
    const before = text.slice(0, index).split('\n');
    const start = /^\{+\s*[\w.-]{0,40}/.exec(text.slice(index))?.[0] ?? braces;
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, start };
  }
  return null;
}

const closed = (text: string, context: z.RefinementCtx, path: PropertyKey[] = []) => {
  const open = unclosedVariable(text);
  if (!open) return;
  const message = `Line ${String(open.line)}, column ${String(open.column)}: the variable ${open.start} is not closed with }}. Braces that the model is to read go into a variable's value`;
  context.addIssue({ code: 'custom', path, message });
};

/** At most 200,000 characters of text, or 200 messages with as many in all. */
export const promptContent = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('text'),
    text: z
      .string()
      .min(1, 'The text is missing')
      .max(200_000)
      .superRefine((text, context) => closed(text, context)),
  }),
  z.strictObject({
    format: z.literal('chat'),
    messages: z
      .array(promptMessage)
      .min(1, 'A chat prompt needs at least one message')
      .max(200)
      .refine(
        (all) => all.reduce((sum, m) => sum + m.content.length, 0) <= 200_000,
        'The messages are too long',
      )
      .superRefine((all, context) => all.forEach((m, at) => closed(m.content, context, [at, 'content']))),
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
