import { z } from 'zod';

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes; start with a letter');
const idempotencyKey = z.string().min(8).max(200).nullish();

type Parameter = null | boolean | number | string | Parameter[] | { [key: string]: Parameter };
const parameter: z.ZodType<Parameter> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string().max(10_000),
    z.array(parameter).max(200),
    z.record(z.string().max(200), parameter),
  ]),
);

const between = (min: number, max: number, what: string) =>
  z
    .number(`${what} is a number`)
    .min(min, `${what} is at least ${min}`)
    .max(max, `${what} is at most ${max}`);

/**
 * What a provider's API takes beside the prompt. Common ones have their known bounds; others are kept as they are,
 * because providers add them faster than a registry could follow.
 */
export const modelParameters = z
  .looseObject({
    temperature: between(0, 2, 'Temperature').optional(),
    top_p: between(0, 1, 'top_p').optional(),
    top_k: z.int('top_k is a whole number').min(0).optional(),
    max_tokens: z.int('max_tokens is a whole number').min(1, 'max_tokens is at least 1').optional(),
    max_output_tokens: z.int('max_output_tokens is a whole number').min(1).optional(),
    seed: z.int('seed is a whole number').optional(),
    frequency_penalty: between(-2, 2, 'frequency_penalty').optional(),
    presence_penalty: between(-2, 2, 'presence_penalty').optional(),
    stop: z.union([z.string().max(200), z.array(z.string().max(200)).max(16)]).optional(),
  })
  .refine((all) => Object.keys(all).length <= 50, 'At most 50 parameters')
  .superRefine((all, context) => {
    for (const [name, value] of Object.entries(all)) {
      const result = parameter.safeParse(value);
      if (!result.success) context.addIssue({ code: 'custom', path: [name], message: 'Not a JSON value' });
    }
  });

const month = '(?:0[1-9]|1[0-2])';
const day = '(?:0[1-9]|[12][0-9]|3[01])';
/** A date that a provider puts into a snapshot's name: 2026-03-01, 20250514, 0613 (month and day), 2411 (year, month). */
const dated = new RegExp(
  `(?:^|[-_.@:/])(?:20[0-9]{2}-?${month}-?${day}|${month}${day}|2[0-9]${month})(?:$|[-_.@:])`,
);
const contentAddressed = /@?sha256[:-][0-9a-f]{12,}/;

/**
 * Whether a model's name can come to mean another model: it holds no date and no content hash, or says `latest`.
 * A version such as `-001` does not count as a date: nothing in the name says that it stays.
 */
export function isAlias(model: string): boolean {
  if (/(?:^|[-_.@:/])latest$/i.test(model)) return true;
  return !dated.test(model) && !contentAddressed.test(model);
}

export const modelConfigCreate = z.strictObject({
  teamId: z.uuid(),
  key,
  name: z.string().trim().min(1, 'The name is missing').max(200),
  idempotencyKey,
});

export const modelConfigVersionCreate = z
  .strictObject({
    modelConfigId: z.uuid(),
    expectedVersion: z.int().min(0).nullish(),
    provider: z.string().trim().min(1, 'Name the provider').max(100),
    model: z.string().trim().min(1, 'Name the model').max(200).regex(/^\S+$/, 'A model name has no spaces'),
    parameters: modelParameters,
    /** For a model name that moves, and for no other: why that is accepted (AR-2). */
    aliasAcceptedReason: z.string().trim().min(1, 'Say why the moving name is accepted').max(2000).nullish(),
    commitMessage: z.string().trim().min(1, 'Say what changed and why').max(2000),
    idempotencyKey,
  })
  .superRefine(({ model, aliasAcceptedReason }, context) => {
    const [moves, accepted] = [isAlias(model), aliasAcceptedReason != null];
    if (moves === accepted || /\s/.test(model)) return;
    const message = moves
      ? `${model} holds no date, so it can come to mean another model. Name the dated snapshot, or say why the moving name is accepted`
      : 'This name does not move, so there is nothing to accept';
    context.addIssue({ code: 'custom', path: ['aliasAcceptedReason'], message });
  });
