import './plain-words.schema.js';
import type { z } from 'zod';
import { Refusal } from './refusal.js';

/**
 * Parses an input at the edge.
 * @throws Refusal `INVALID_INPUT`, one error per issue, `field` = `[root, ...path]`.
 */
export function parse<T>(schema: z.ZodType<T>, input: unknown, root = 'input'): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw Refusal.many(
    result.error.issues.map((issue) => ({
      code: 'INVALID_INPUT',
      message: issue.message,
      field: [root, ...issue.path.map(String), ...(issue.code === 'unrecognized_keys' ? issue.keys : [])],
    })),
  );
}
