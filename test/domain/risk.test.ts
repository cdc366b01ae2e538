import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  computeTier,
  effectiveTier,
  isAtLeast,
  type TierCore,
  type TierTools,
} from '../../apps/api/src/modules/workflow/risk.domain.js';
import { patterns } from '../../apps/api/src/modules/workflow/contract.schema.js';
import {
  autonomyModes,
  dataClasses,
  riskTiers,
  toolEffects,
} from '../../apps/api/src/modules/workflow/risk.schema.js';

const harmless: TierCore = {
  autonomyMode: 'suggest',
  dataClasses: ['internal'],
  pattern: 'prompt_schema',
  risk: {
    money: false,
    legal: false,
    customerStatus: false,
    permissions: false,
    publicStatement: false,
    crossTenantRetrieval: false,
    humanReviewsEveryOutput: false,
    reason: 'Routing codes only',
  },
};
const withRisk = (risk: Partial<TierCore['risk']>, core: Partial<TierCore> = {}): TierCore => ({
  ...harmless,
  ...core,
  risk: { ...harmless.risk, ...risk },
});
const tool = (
  effect: TierTools['tools'][number]['effect'],
  approval: 'none' | 'human' = 'none',
): TierTools => ({
  tools: [{ name: 'send_mail', effect, approval }],
});

const cores: fc.Arbitrary<TierCore> = fc.record({
  autonomyMode: fc.constantFrom(...autonomyModes),
  dataClasses: fc.uniqueArray(fc.constantFrom(...dataClasses), { minLength: 1 }),
  pattern: fc.constantFrom(...patterns),
  risk: fc.record({
    money: fc.boolean(),
    legal: fc.boolean(),
    customerStatus: fc.boolean(),
    permissions: fc.boolean(),
    publicStatement: fc.boolean(),
    crossTenantRetrieval: fc.boolean(),
    humanReviewsEveryOutput: fc.boolean(),
    reason: fc.constant('Because'),
  }),
});
const toolLists: fc.Arbitrary<TierTools | null> = fc.option(
  fc.record({
    tools: fc.array(
      fc.record({
        name: fc.constant('tool'),
        effect: fc.option(fc.constantFrom(...toolEffects), { nil: undefined }),
        approval: fc.constantFrom('none' as const, 'human' as const),
      }),
      { maxLength: 4 },
    ),
  }),
);

const effects = [
  'money',
  'legal',
  'customerStatus',
  'permissions',
  'publicStatement',
  'crossTenantRetrieval',
] as const;

describe('The risk tier', () => {
  test('of a workflow that only sorts internal text is low, and there is nothing to explain', () => {
    expect(computeTier(harmless, null)).toEqual({ tier: 'low', reasons: [] });
  });

  test.each([
    ['a tool that writes', harmless, tool('write', 'human')],
    ['sensitive data', withRisk({}, { dataClasses: ['sensitive'] }), null],
    ['personal data', withRisk({}, { dataClasses: ['personal'] }), null],
    ['retrieval across tenants', withRisk({ crossTenantRetrieval: true }), null],
    ['autonomous action', withRisk({}, { autonomyMode: 'autonomous' }), null],
    [
      'an effect on money that a person reviews',
      withRisk({ money: true, humanReviewsEveryOutput: true }),
      null,
    ],
    ['an agentic loop', withRisk({}, { pattern: 'agentic_loop' }), null],
    ['public output', withRisk({ publicStatement: true }), null],
  ] as const)('is medium with %s, with the reason', (_what, core, tools) => {
    const result = computeTier(core, tools);
    expect(result.tier).toBe('medium');
    expect(result.reasons.length).toBeGreaterThan(0);
  });

  test.each([
    ['an irreversible tool without approval', harmless, tool('irreversible')],
    ['a tool whose effect nobody declared', harmless, tool(undefined)],
    ['money that nobody reviews', withRisk({ money: true }), null],
    ['permissions that nobody reviews', withRisk({ permissions: true }), null],
    ['legal commitments that nobody reviews', withRisk({ legal: true }), null],
    [
      'autonomous action on the status of a customer',
      withRisk({ customerStatus: true, humanReviewsEveryOutput: true }, { autonomyMode: 'autonomous' }),
      null,
    ],
    [
      'sensitive data in public output',
      withRisk({ publicStatement: true }, { dataClasses: ['sensitive'] }),
      null,
    ],
    [
      'unreviewed retrieval across tenants into personal data',
      withRisk({ crossTenantRetrieval: true }, { dataClasses: ['personal'] }),
      null,
    ],
  ] as const)('is high with %s', (_what, core, tools) => {
    expect(computeTier(core, tools).tier).toBe('high');
  });

  test('names the tools that raise it', () => {
    expect(computeTier(harmless, tool('irreversible')).reasons[0]).toContain('send_mail');
  });

  test('never falls when any answer becomes worse', () => {
    fc.assert(
      fc.property(cores, toolLists, fc.constantFrom(...effects), fc.nat(4), (core, tools, effect, which) => {
        const worse: [TierCore, TierTools | null][] = [
          [{ ...core, risk: { ...core.risk, [effect]: true } }, tools],
          [{ ...core, risk: { ...core.risk, humanReviewsEveryOutput: false } }, tools],
          [{ ...core, autonomyMode: 'autonomous' }, tools],
          [
            { ...core, dataClasses: [...new Set([...core.dataClasses, dataClasses[which] ?? 'sensitive'])] },
            tools,
          ],
          [
            core,
            {
              tools: [
                ...(tools?.tools ?? []),
                { name: 'more', effect: toolEffects[which % 3], approval: 'none' },
              ],
            },
          ],
          [core, tools && { tools: tools.tools.map((t) => ({ ...t, approval: 'none' as const })) }],
          [core, tools && { tools: tools.tools.map((t) => ({ ...t, effect: undefined })) }],
        ];
        const before = computeTier(core, tools).tier;
        return worse.every(([c, t]) => isAtLeast(computeTier(c, t).tier, before));
      }),
      { numRuns: 500 },
    );
  });

  test('can be raised by hand and never lowered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...riskTiers),
        fc.option(fc.constantFrom(...riskTiers)),
        (computed, raised) => {
          const tier = effectiveTier(computed, raised);
          return isAtLeast(tier, computed) && (raised === null || isAtLeast(tier, raised));
        },
      ),
    );
    expect(effectiveTier('low', 'high')).toBe('high');
    expect(effectiveTier('high', 'low')).toBe('high');
    expect(effectiveTier('medium', null)).toBe('medium');
  });
});
