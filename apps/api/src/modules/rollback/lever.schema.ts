import { z } from 'zod';
import { lever as leverKind } from '../workflow/contract.schema.js';

export const fallbackTargets = ['search', 'templates', 'people'] as const;
export const fallbackTarget = z.enum(fallbackTargets);
export type FallbackTarget = z.infer<typeof fallbackTarget>;

const id = z.uuid('This is not an id');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'A digest is sha256: and 64 hexadecimal digits');
const name = z.string().trim().min(1).max(100);

/** One lever as a person pulls it. Which of the fields belong to which kind: lever-rules.schema.ts. */
export const leverInput = z.strictObject({
  kind: leverKind,
  /** fallback: to what. */
  to: fallbackTarget.nullish(),
  /** revertRelease: to which release. */
  releaseId: id.nullish(),
  /** Of the release that will be served, as the preview showed it. */
  digest: digest.nullish(),
  /** revertPrompt, pinModel: in which step; left out, in every one. */
  step: name.nullish(),
  promptVersionId: id.nullish(),
  modelConfigVersionId: id.nullish(),
  /** disableTool: which. */
  tool: name.nullish(),
});
export type LeverInput = z.infer<typeof leverInput>;
