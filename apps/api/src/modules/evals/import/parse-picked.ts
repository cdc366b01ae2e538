import type { z } from 'zod';
import { Refusal } from '../../../platform/refusal/refusal.js';
import { placeInFile, type FilePath } from './file-refusal.js';

/** Errors named at once; a file that is wrong throughout would give thousands. */
const shown = 10;

/** @throws Refusal FILE_INVALID, one error per issue, each with its place in the file */
export const parsePicked = <T>(schema: z.ZodType<T>, value: unknown, place: FilePath): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw Refusal.many(
    result.error.issues.slice(0, shown).map((issue) => {
      const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const path = [...place, ...issue.path.map((part) => (typeof part === 'symbol' ? '?' : part)), ...extra];
      return {
        code: 'FILE_INVALID' as const,
        message: `${issue.message} (at ${placeInFile(path)})`,
        field: ['file', ...path.map(String)],
      };
    }),
  );
};
