import { z } from 'zod';
import { caseBounds, evalDigest } from '../evals.schema.js';
import { keys, list, pick, whole } from './selection.js';

/**
 * What is read of a promptfoo result file, version 3. Prompts, outputs and the configuration are not:
 * the configuration may hold secrets from the environment.
 */
export const promptfooSelection = keys({
  metadata: pick(
    'metadata',
    keys({ promptfooVersion: whole, evaluationCreatedAt: whole, exportedAt: whole }),
  ),
  results: keys({
    version: pick('version'),
    timestamp: pick('timestamp'),
    prompts: list(
      pick(
        'prompt',
        keys({
          raw: whole,
          label: whole,
          provider: whole,
          config: keys({ holdpointEvalDigest: whole }),
          metrics: keys({
            testPassCount: whole,
            testFailCount: whole,
            testErrorCount: whole,
            namedScores: whole,
          }),
        }),
      ),
    ),
    results: list(
      pick(
        'row',
        keys({
          promptIdx: whole,
          testIdx: whole,
          success: whole,
          score: whole,
          failureReason: whole,
          error: whole,
          namedScores: whole,
          latencyMs: whole,
          cost: whole,
          tokenUsage: keys({ prompt: whole, completion: whole }),
          vars: whole,
          response: keys({ output: whole }),
          testCase: keys({ metadata: whole }),
          metadata: whole,
          gradingResult: keys({
            reason: whole,
            namedScoreWeights: whole,
            componentResults: list(
              keys({
                pass: whole,
                score: whole,
                reason: whole,
                assertion: keys({ metric: whole, threshold: whole, weight: whole }),
              }),
            ),
          }),
        }),
      ),
    ),
    stats: pick('stats', keys({ successes: whole, failures: whole, errors: whole, durationMs: whole })),
  }),
});

const count = z.int().min(0);
const metadata = z.record(z.string(), z.unknown()).nullish();

export const promptfooRow = z.object({
  promptIdx: count.max(100_000),
  testIdx: count.nullish(),
  success: z.boolean(),
  score: caseBounds.score.nullish(),
  failureReason: z.int().nullish(),
  error: z.string().nullish(),
  /** null where a score was no number. */
  namedScores: z.record(z.string().min(1).max(100), caseBounds.score.nullable()).nullish(),
  latencyMs: caseBounds.latencyMs.nullish(),
  cost: caseBounds.costUsd.nullish(),
  tokenUsage: z
    .object({ prompt: caseBounds.tokenCount.nullish(), completion: caseBounds.tokenCount.nullish() })
    .nullish(),
  vars: z.unknown().optional(),
  response: z.object({ output: z.unknown().optional() }).nullish(),
  testCase: z.object({ metadata }).nullish(),
  metadata,
  gradingResult: z
    .object({
      reason: z.string().nullish(),
      namedScoreWeights: z.record(z.string(), z.number()).nullish(),
      componentResults: z
        .array(
          z
            .object({
              pass: z.boolean().nullish(),
              score: caseBounds.score.nullish(),
              reason: z.string().nullish(),
              assertion: z
                .object({
                  metric: z.string().nullish(),
                  threshold: z.unknown().optional(),
                  weight: z.number().nullish(),
                })
                .nullish(),
            })
            .nullable(),
        )
        .nullish(),
    })
    .nullish(),
});
export type PromptfooRow = z.infer<typeof promptfooRow>;

export const promptfooPrompt = z.object({
  raw: z.unknown().optional(),
  label: z.string().nullish(),
  provider: z.string().nullish(),
  config: z.object({ holdpointEvalDigest: evalDigest.nullish() }).nullish(),
  metrics: z
    .object({
      testPassCount: count.nullish(),
      testFailCount: count.nullish(),
      testErrorCount: count.nullish(),
      namedScores: z.record(z.string(), z.number().nullable()).nullish(),
    })
    .nullish(),
});
export type PromptfooPrompt = z.infer<typeof promptfooPrompt>;

export const promptfooStats = z.object({
  successes: count.nullish(),
  failures: count.nullish(),
  errors: count.nullish(),
  durationMs: z.number().min(0).max(1e12).nullish(),
});

export const promptfooMetadata = z.object({
  promptfooVersion: z.string().max(100).nullish(),
  evaluationCreatedAt: z.string().nullish(),
  exportedAt: z.string().nullish(),
});
