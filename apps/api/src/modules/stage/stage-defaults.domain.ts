import type { StageDefinition, defaultStageKeys } from './stage.schema.js';

export type DefaultStageKey = (typeof defaultStageKeys)[number];

/** Default share of outputs that a person reviews, by tier: review thins out as a stage grows. */
const reviewRate = (low: number, medium: number, high: number) => ({ low, medium, high });

/**
 * The definitions a new workflow starts with, first stage first. Suggestions come before autonomy and
 * read-only tools before tools that write, so the early stages cap both.
 */
export function defaultDefinitions(
  fullKey: string,
): readonly { key: DefaultStageKey; definition: StageDefinition }[] {
  const flagKey = fullKey;
  return [
    {
      key: 'internal',
      definition: {
        name: 'Internal',
        audience: {
          description: 'People of this organisation, with production-like data',
          rules: [{ attribute: 'audience', operator: 'equals', values: ['internal'] }],
          percentage: 100,
          bucketBy: 'user',
        },
        maxExposurePercent: 5,
        flagKey,
        soak: {
          hours: 24,
          replaceHours: 1,
          minRequests: 50,
          dailyReviews: 0,
          reviewRate: reviewRate(0.1, 0.5, 1),
        },
        checks: { added: [], removed: [] },
        expectedRequestsPerDay: 100,
        cap: { autonomyMode: 'suggest', toolEffect: 'read' },
      },
    },
    {
      key: 'limited',
      definition: {
        name: 'Limited',
        audience: {
          description: 'A narrow customer segment; a person reviews the riskier outputs',
          rules: [{ attribute: 'segment', operator: 'in', values: ['early-access'] }],
          percentage: 100,
          bucketBy: 'tenant',
        },
        maxExposurePercent: 10,
        flagKey,
        soak: {
          hours: 72,
          replaceHours: 2,
          minRequests: 200,
          dailyReviews: 3,
          reviewRate: reviewRate(0.05, 0.2, 1),
        },
        checks: { added: [], removed: [] },
        expectedRequestsPerDay: 500,
        cap: { autonomyMode: 'act_with_approval', toolEffect: 'write' },
      },
    },
    {
      key: 'expanded',
      definition: {
        name: 'Expanded',
        audience: {
          description: 'A growing share of all customers',
          rules: [],
          percentage: 25,
          bucketBy: 'tenant',
        },
        maxExposurePercent: 50,
        flagKey,
        soak: {
          hours: 168,
          replaceHours: 4,
          minRequests: 1000,
          dailyReviews: 5,
          reviewRate: reviewRate(0.02, 0.1, 0.5),
        },
        checks: { added: [], removed: [] },
        expectedRequestsPerDay: 2500,
        cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' },
      },
    },
    {
      key: 'general',
      definition: {
        name: 'General',
        audience: {
          description: 'Everyone the workflow is for',
          rules: [],
          percentage: 100,
          bucketBy: 'tenant',
        },
        maxExposurePercent: 100,
        flagKey,
        soak: {
          hours: 0,
          replaceHours: 0,
          minRequests: 0,
          dailyReviews: 0,
          reviewRate: reviewRate(0.01, 0.05, 0.2),
        },
        checks: { added: [], removed: [] },
        expectedRequestsPerDay: 10000,
        cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' },
      },
    },
  ];
}
