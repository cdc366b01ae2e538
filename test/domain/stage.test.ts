import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultDefinitions } from '../../apps/api/src/modules/stage/stage-defaults.domain.js';
import {
  checksAsked,
  compareDefinitions,
  needsSecondPerson,
  needsWidenPromotion,
} from '../../apps/api/src/modules/stage/stage.domain.js';
import { definitionProblems } from '../../apps/api/src/modules/stage/stage-validity.domain.js';
import { stageDefinition, type StageDefinition } from '../../apps/api/src/modules/stage/stage.schema.js';
import { autonomyModes, toolEffects } from '../../apps/api/src/modules/workflow/risk.schema.js';

const [internal, limited, expanded] = defaultDefinitions('support.reply').map((stage) => stage.definition);
if (!internal || !limited || !expanded) throw new Error('There are four default stages');

const checkId = fc.constantFrom('WF-1', 'WF-2', 'EV-2', 'RO-5', 'TL-1');
const share = fc.integer({ min: 0, max: 100 });
const rule = fc.record({
  attribute: fc.constantFrom('segment', 'plan'),
  operator: fc.constantFrom('in' as const, 'not_in' as const, 'equals' as const),
  values: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
});
const definition: fc.Arbitrary<StageDefinition> = fc
  .record({
    percentage: share,
    rules: fc.array(rule, { maxLength: 2 }),
    bucketBy: fc.constantFrom('user' as const, 'tenant' as const),
    hours: fc.integer({ min: 0, max: 200 }),
    autonomyMode: fc.constantFrom(...autonomyModes),
    toolEffect: fc.constantFrom(...toolEffects),
    added: fc.uniqueArray(checkId),
    removed: fc.uniqueArray(checkId),
  })
  .map((part) => ({
    ...expanded,
    audience: {
      ...expanded.audience,
      percentage: part.percentage,
      rules: part.rules,
      bucketBy: part.bucketBy,
    },
    soak: { ...expanded.soak, hours: part.hours },
    cap: { autonomyMode: part.autonomyMode, toolEffect: part.toolEffect },
    checks: { added: part.added, removed: part.removed },
  }));

/** Who an audience lets in, tried on every attribute value and bucket: an independent reading of the rules. */
function admits(
  { audience }: StageDefinition,
  request: { segment: string; plan: string; bucket: number },
): boolean {
  return (
    request.bucket < audience.percentage &&
    audience.rules.every((r) => {
      const value = r.attribute === 'segment' ? request.segment : request.plan;
      return r.operator === 'not_in' ? !r.values.includes(value) : r.values.includes(value);
    })
  );
}
const requests = ['a', 'b', 'c', 'd'].flatMap((segment) =>
  ['a', 'b', 'c', 'd'].flatMap((plan) => [0, 25, 50, 99].map((bucket) => ({ segment, plan, bucket }))),
);

describe('the stages a workflow starts with', () => {
  it('are valid, and each later one is wider than the one before', () => {
    const stages = defaultDefinitions('support.reply');
    for (const stage of stages) expect(stageDefinition.parse(stage.definition)).toEqual(stage.definition);
    expect(stages.map((stage) => stage.key)).toEqual(['internal', 'limited', 'expanded', 'general']);
    for (const [i, stage] of stages.entries()) {
      const next = stages[i + 1];
      if (next) expect(compareDefinitions(stage.definition, next.definition).effect).toBe('widens');
    }
  });

  it('begin with suggestions and tools that only read', () => {
    expect(internal.cap).toEqual({ autonomyMode: 'suggest', toolEffect: 'read' });
  });
});

describe('what a revision of a stage does', () => {
  it('is nothing when nothing that matters changes', () => {
    fc.assert(
      fc.property(definition, (it) => {
        const renamed = { ...it, name: 'Another name', flagKey: 'other', expectedRequestsPerDay: 7 };
        expect(compareDefinitions(it, renamed)).toEqual({
          effect: 'neutral',
          widens: [],
          narrows: [],
          thins: [],
        });
      }),
    );
  });

  it('is a widening whenever a percentage grows', () => {
    fc.assert(
      fc.property(definition, share, (it, more) => {
        fc.pre(more > it.audience.percentage);
        const grown = { ...it, audience: { ...it.audience, percentage: more } };
        expect(compareDefinitions(it, grown).effect).toBe('widens');
        expect(compareDefinitions(grown, it).effect).toBe('narrows');
      }),
    );
  });

  it('is never a narrowing when someone gets in who did not before', () => {
    fc.assert(
      fc.property(definition, definition, (before, other) => {
        const after = { ...before, audience: { ...other.audience, bucketBy: before.audience.bucketBy } };
        const newcomer = requests.some((request) => admits(after, request) && !admits(before, request));
        if (newcomer) expect(compareDefinitions(before, after).widens).toContain('audience');
      }),
      { numRuns: 500 },
    );
  });

  it('is thinner whenever a check is taken away, in whichever of the two lists', () => {
    fc.assert(
      fc.property(definition, checkId, (it, id) => {
        const { added, removed } = it.checks;
        if (added.includes(id)) {
          const after = { ...it, checks: { removed, added: added.filter((other) => other !== id) } };
          expect(compareDefinitions(it, after).effect).toBe('thins');
          expect(compareDefinitions(after, it).effect).toBe('narrows');
        }
        if (!removed.includes(id)) {
          const after = { ...it, checks: { added, removed: [...removed, id] } };
          expect(compareDefinitions(it, after).effect).toBe('thins');
          expect(compareDefinitions(after, it).effect).toBe('narrows');
        }
      }),
    );
  });

  it('asks nobody when it only narrows', () => {
    fc.assert(
      fc.property(definition, definition, fc.boolean(), (before, after, occupied) => {
        const { effect, widens, thins } = compareDefinitions(before, after);
        const asks = needsSecondPerson(effect) || needsWidenPromotion(effect, occupied);
        if (widens.length === 0 && thins.length === 0) expect(asks).toBe(false);
        if (thins.length > 0) expect(needsSecondPerson(effect)).toBe(true);
        if (widens.length > 0) expect(needsWidenPromotion(effect, true)).toBe(true);
        expect(needsWidenPromotion(effect, false)).toBe(false);
      }),
    );
  });

  it('widens when a soak is shorter, a review rate lower, a cap higher, pages are let in, or buckets are drawn anew', () => {
    const widening: StageDefinition[] = [
      { ...limited, soak: { ...limited.soak, hours: 1 } },
      { ...limited, soak: { ...limited.soak, replaceHours: 0 } },
      { ...limited, soak: { ...limited.soak, dailyReviews: 0 } },
      { ...limited, soak: { ...limited.soak, minRequests: 1 } },
      { ...limited, soak: { ...limited.soak, reviewRate: { ...limited.soak.reviewRate, high: 0.5 } } },
      { ...limited, cap: { ...limited.cap, toolEffect: 'irreversible' } },
      { ...limited, cap: { ...limited.cap, autonomyMode: 'autonomous' } },
      { ...limited, maxExposurePercent: 11 },
      { ...limited, audience: { ...limited.audience, rules: [] } },
      { ...limited, public: true },
    ];
    for (const after of widening) expect(compareDefinitions(limited, after).effect).toBe('widens');
    const open = { ...limited, public: true };
    expect(compareDefinitions(open, limited).effect).toBe('narrows');
    expect(compareDefinitions(limited, { ...limited, public: false }).effect).toBe('neutral');
    const redrawn: StageDefinition = { ...expanded, audience: { ...expanded.audience, bucketBy: 'user' } };
    expect(compareDefinitions(expanded, redrawn).effect).toBe('widens');
    const both = { ...redrawn, checks: { added: [], removed: ['WF-1'] } };
    expect(compareDefinitions(expanded, both).effect).toBe('mixed');
  });
});

describe('a stage that asks nothing', () => {
  const checklist = {
    checkIds: ['A-1', 'A-2', 'B-1'],
    required: { low: ['A-1'], medium: ['A-1', 'A-2'], high: ['A-1', 'A-2'] },
  };
  const removing = (...removed: string[]) => ({ ...internal, checks: { added: [], removed } });

  it('is refused, even if only one tier would be asked nothing', () => {
    expect(definitionProblems(removing('A-1'), checklist).map((p) => p.code)).toEqual([
      'STAGE_WITHOUT_CHECKS',
    ]);
    expect(definitionProblems(removing('A-2'), checklist)).toEqual([]);
    expect(
      definitionProblems({ ...internal, checks: { added: ['B-1'], removed: ['A-1'] } }, checklist),
    ).toEqual([]);
    expect(
      checksAsked(['A-1'], { ...internal, checks: { added: ['B-1', 'A-2'], removed: ['A-2'] } }),
    ).toEqual(['A-1', 'B-1']);
  });

  it('cannot name checks that do not exist, or reach more than its cap', () => {
    expect(definitionProblems(removing('Z-9'), checklist)[0]).toMatchObject({
      code: 'UNKNOWN_CHECK',
      path: ['checks', 'removed', '0'],
    });
    const wide = { ...expanded, audience: { ...expanded.audience, percentage: 60 } };
    expect(definitionProblems(wide, checklist)[0]?.path).toEqual(['audience', 'percentage']);
  });
});
