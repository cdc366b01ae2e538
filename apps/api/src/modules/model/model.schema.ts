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

export const modelConfigCreate = z.strictObject({
  teamId: z.uuid(),
  key,
  name: z.string().trim().min(1, 'The name is missing').max(200),
  idempotencyKey,
});

export const modelConfigVersionCreate = z.strictObject({
  modelConfigId: z.uuid(),
  expectedVersion: z.int().min(0).nullish(),
  provider: z.string().trim().min(1, 'Name the provider').max(100),
  model: z.string().trim().min(1, 'Name the model').max(200).regex(/^\S+$/, 'A model name has no spaces'),
  parameters: modelParameters,
  /** Only for a model name that moves: why that is accepted. */
  aliasAcceptedReason: z.string().trim().min(1, 'Say why the moving name is accepted').max(2000).nullish(),
  commitMessage: z.string().trim().min(1, 'Say what changed and why').max(2000),
  idempotencyKey,
});
