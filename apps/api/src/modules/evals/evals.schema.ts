import { z } from 'zod';
import { comparator } from '../workflow/contract.schema.js';

export const metricName = z.string().trim().min(1, 'Name the metric').max(100);

/** One metric a release must meet. Scores are 0–1 unless the suite's team says otherwise in `description`. */
export const gateMetric = z
  .strictObject({
    name: metricName,
    description: z.string().trim().max(500).default(''),
    comparator: comparator.default('gte'),
    threshold: z.number(),
    greaterIsBetter: z.boolean().default(true),
    minSamples: z.int().min(1).max(10_000_000).default(1),
    /** How much worse than the baseline it may be (EV-3), as an absolute difference of the mean. */
    tolerance: z.number().min(0).default(0),
    /** Scored by a model: EV-5 then asks how the grader was checked. */
    modelGraded: z.boolean().default(false),
  })
  .refine((metric) => metric.greaterIsBetter === metric.comparator.startsWith('g'), {
    path: ['greaterIsBetter'],
    message: 'Say greaterIsBetter: false for a metric that may be at most its threshold, true for the others',
  });
export type GateMetric = z.infer<typeof gateMetric>;

/** The categories of the practice list that EV-1 counts. Others may be used freely. */
export const requiredCategories = [
  'success',
  'not_enough_evidence',
  'policy_boundary',
  'historical',
  'past_failure',
  'high_trust',
] as const;

export const suiteDefinition = z.strictObject({
  description: z.string().trim().max(2000).default(''),
  metrics: z
    .array(gateMetric)
    .min(1, 'A suite gates on at least one metric')
    .max(50)
    .refine((all) => new Set(all.map((m) => m.name)).size === all.length, 'A metric is named twice'),
  /** Least number of cases per category; a category not named here is not required. */
  minCasesPerCategory: z.record(z.string().min(1).max(100), z.int().min(0).max(1_000_000)).default({}),
  maxErrorRate: z.number().min(0).max(1).default(0),
  /** Digest or name of the data set; a change of it is a new version. */
  dataset: z.string().trim().max(500).default(''),
  grader: z
    .strictObject({ model: z.string().trim().max(200), rubric: z.string().trim().max(5000).default('') })
    .optional(),
  /** Plugin ids that suffice as a red-team smoke subset below high tier, for a change of prompts only. */
  redteamSmoke: z.array(z.string().max(200)).max(100).default([]),
});
export type SuiteDefinition = z.infer<typeof suiteDefinition>;

export const caseOutcomes = ['pass', 'fail', 'error', 'skip'] as const;
export const severities = ['critical', 'high', 'medium', 'low', 'informational'] as const;

const counts = z.strictObject({
  cases: z.int(),
  passed: z.int(),
  failed: z.int(),
  errored: z.int(),
  skipped: z.int(),
});

/** What a run keeps for the gates, so that no gate ever reads its cases. Sums, so that runs can be pooled. */
export const runAggregates = z.strictObject({
  /** Per metric: sum of scores and how many cases had one. */
  metrics: z.record(z.string(), z.strictObject({ sum: z.number(), count: z.int() })),
  categories: z.record(z.string(), counts),
  /** Expected status value → passing cases that expected it (OUT-3). */
  expectedStatuses: z.record(z.string(), z.int()),
  /** Red team: failing cases by severity, and plugin ids seen. */
  failingSeverities: z.record(z.string(), z.int()),
  plugins: z.array(z.string()),
  /** Milliseconds; null where no case had one. */
  latencyP95Ms: z.number().nullable(),
  latencySamples: z.int(),
});
export type RunAggregates = z.infer<typeof runAggregates>;

/** Bounds that keep sums over a million cases exact and inside their columns. */
const score = z.number().min(-1e9).max(1e9);
const tokenCount = z.int().min(0).max(1_000_000_000);
export const caseBounds = {
  score,
  tokenCount,
  latencyMs: z.number().min(0).max(2_147_483_000),
  costUsd: z.number().min(0).max(100_000),
};
export const evalDigest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'A digest is sha256: and 64 lower-case hexadecimal digits');

/** One case of a plain run. */
export const plainCase = z.strictObject({
  caseId: z.string().min(1).max(300),
  repeat: z.int().min(0).max(1_000_000).default(0),
  category: z.string().max(100).optional(),
  tags: z.array(z.string().max(100)).max(50).default([]),
  outcome: z.enum(caseOutcomes),
  score: score.optional(),
  metrics: z
    .array(
      z.strictObject({
        name: metricName,
        score,
        pass: z.boolean().optional(),
        threshold: score.optional(),
        reason: z.string().max(2000).optional(),
      }),
    )
    .max(100)
    .default([]),
  expectedStatus: z.string().max(200).optional(),
  severity: z.enum(severities).optional(),
  /** Red team: which kind of attack it is. */
  pluginId: z.string().min(1).max(200).optional(),
  latencyMs: caseBounds.latencyMs.optional(),
  costUsd: caseBounds.costUsd.optional(),
  tokensIn: tokenCount.optional(),
  tokensOut: tokenCount.optional(),
  /** What was asked and answered stays where it was; these tell whether two cases had the same. */
  inputDigest: evalDigest.optional(),
  outputDigest: evalDigest.optional(),
  reason: z.string().max(2000).optional(),
});
export type PlainCase = z.infer<typeof plainCase>;

export const runKinds = ['regular', 'redteam'] as const;
export type RunKind = (typeof runKinds)[number];
export const runStatuses = ['completed', 'abandoned'] as const;

/** A moment that a database and a reader both take for one. */
const moment = z.iso
  .datetime()
  .refine((text) => text >= '2000' && text < '2200', 'A time between the years 2000 and 2200');

/** The plain documented JSON: `{"holdpoint": "eval-run@1", …, "cases": […]}`; keys in any order. */
export const plainRunHeader = z.strictObject({
  holdpoint: z.literal('eval-run@1', 'A plain run says "holdpoint": "eval-run@1"'),
  label: z.string().max(300).default(''),
  /** What was measured. Without it, the upload has to name the release. */
  evalDigest: evalDigest.optional(),
  kind: z.enum(runKinds).optional(),
  status: z.enum(runStatuses).default('completed'),
  startedAt: moment.optional(),
  finishedAt: moment.optional(),
  /** The file's own totals; a difference from what its cases add up to is flagged. */
  totals: counts.partial().optional(),
});
export const plainRun = plainRunHeader.extend({ cases: z.array(plainCase) });
