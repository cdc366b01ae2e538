import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerParts } from '../../apps/api/src/modules/checklist/checklist.domain.js';
import { canonicalReadiness } from '../../apps/api/src/modules/readiness/canonical-readiness.domain.js';
import { checkRules } from '../../apps/api/src/modules/readiness/check-rules.js';
import { incompleteChecks } from '../../apps/api/src/modules/readiness/readiness.domain.js';
import type { Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { riskTiers } from '../../apps/api/src/modules/workflow/risk.schema.js';
import { daysAgo, facts, now, stageAt } from '../support/readiness.builder.js';
import {
  answerTo,
  approval,
  byId,
  evaluate,
  published,
  resultOf,
  resultsOf,
} from '../support/readiness-results.js';

const tiers = fc.constantFrom(...riskTiers);
const stages = fc.constantFrom('internal', 'limited', 'expanded', 'general');
const checks = fc.constantFrom(...published.checks);
const at = (stageKey: string, over: Partial<Facts> = {}) => {
  const about = facts(over);
  const stage = about.stages.find((one) => one.key === stageKey) ?? about.stage;
  return { ...about, stage, previous: about.stages[stage.position - 1] ?? null };
};
const reviewed = (about: Facts): Facts => ({
  ...about,
  promotion: about.promotion && { ...about.promotion, reviews: [approval(about)] },
});

describe('a low-tier workflow on its way to internal', () => {
  test('waits for a review only, once the contract, the release and the evals are there', () => {
    const readiness = evaluate(facts());
    expect(incompleteChecks(readiness).map((check) => check.id)).toEqual(['RO-5']);
    expect(readiness.complete).toBe(false);
  });

  test('is complete once somebody else approved exactly this release', () => {
    const readiness = evaluate(reviewed(facts()));
    expect(incompleteChecks(readiness)).toEqual([]);
    expect(readiness.complete).toBe(true);
    expect(readiness.gates.reduce((sum, gate) => sum + gate.required, 0)).toBe(10);
  });

  test('is shown the checks of later stages too, as not required here', () => {
    const later = resultsOf(evaluate(facts())).filter((check) => !check.requiredHere);
    expect(later).toHaveLength(37);
    expect(later.find((check) => check.id === 'WF-5')?.requiredFrom).toBe('expanded');
  });
});

describe('nothing unknown passes', () => {
  test('without rules and without answers no check passes', () => {
    fc.assert(
      fc.property(tiers, stages, (tier, stage) => {
        const about = at(stage, { tier });
        for (const result of resultsOf(evaluate(about, {})))
          expect(['pending', 'not_applicable']).toContain(result.status);
        expect(evaluate(about, {}).complete).toBe(false);
      }),
    );
  });

  test('a rule that throws is an error, and blocks', () => {
    fc.assert(
      fc.property(checks, tiers, stages, (check, tier, stage) => {
        const broken = {
          ...checkRules,
          [check.id]: () => {
            throw new Error('lost');
          },
        };
        const about = reviewed(at(stage, { tier }));
        const result = resultOf(check.id, about, broken);
        const ruled = answerParts(check, tier).rule && result.status !== 'not_applicable';
        if (ruled) expect(result.status).toBe('error');
        if (ruled && result.requiredHere) expect(evaluate(about, broken).complete).toBe(false);
      }),
    );
  });

  test('a stage that asks for nothing is never complete', () => {
    const everything = published.checks.map((check) => check.id);
    const stage = stageAt('internal');
    const bare = {
      ...stage,
      definition: { ...stage.definition, checks: { added: [], removed: everything } },
    };
    expect(evaluate(facts({ stage: bare })).complete).toBe(false);
  });

  test('a check that the stage names and the checklist does not have is an error, and blocks', () => {
    const stage = stageAt('internal');
    const odd = { ...stage, definition: { ...stage.definition, checks: { added: ['XX-9'], removed: [] } } };
    const readiness = evaluate(reviewed(facts({ stage: odd })));
    expect(incompleteChecks(readiness).map((check) => [check.id, check.status])).toEqual([['XX-9', 'error']]);
  });

  test('a required check that is not complete leaves the readiness incomplete', () => {
    fc.assert(
      fc.property(tiers, stages, (tier, stage) => {
        const readiness = evaluate(at(stage, { tier }));
        const open = resultsOf(readiness).some(
          (check) => check.requiredHere && !['pass', 'waived', 'not_applicable'].includes(check.status),
        );
        expect(readiness.complete).toBe(!open);
      }),
    );
  });
});

test('a higher tier leaves no fewer checks to complete', () => {
  fc.assert(
    fc.property(stages, (stage) => {
      const asked = riskTiers.map((tier) =>
        evaluate(at(stage, { tier })).gates.reduce((sum, gate) => sum + gate.required, 0),
      );
      expect(asked).toEqual([...asked].sort((a, b) => a - b));
    }),
  );
});

describe('waivers', () => {
  const waiver = (checkId: string, over = {}) => ({
    ...{
      id: 'waiver',
      checkId,
      reason: 'the dashboard comes next week',
      requestedById: 'a',
      approvedById: 'b',
    },
    ...{ createdAt: daysAgo(1), expiresAt: daysAgo(-5), ...over },
  });

  test('make an incomplete check waived, never passed, and only where the check can be waived', () => {
    fc.assert(
      fc.property(checks, tiers, stages, (check, tier, stage) => {
        const about = at(stage, { tier });
        const before = resultOf(check.id, about);
        const after = resultOf(check.id, { ...about, waivers: [waiver(check.id)] });
        if (['pass', 'not_applicable'].includes(before.status)) expect(after).toEqual(before);
        else expect(after.status).toBe(check.waiver.allowed ? 'waived' : before.status);
        if (after.status === 'waived') expect(after.waiver?.approvedBy).toBe('b');
      }),
    );
  });

  test.each([
    ['that is over', { expiresAt: now }],
    ['that outlasts what the check allows', { expiresAt: daysAgo(-60) }],
    ['that its own requester approved', { approvedById: 'a' }],
  ])('do nothing %s', (_, over) => {
    expect(resultOf('OB-5', at('limited', { waivers: [waiver('OB-5', over)] })).status).toBe('pending');
    expect(resultOf('OB-5', at('limited', { waivers: [waiver('OB-5')] })).status).toBe('waived');
  });
});

describe('standing checks', () => {
  const overdue = { ...facts(), operating: null };
  test('block a climb', () => {
    expect(incompleteChecks(evaluate(overdue)).map((check) => check.id)).toContain('OW-1');
  });

  test('only warn on a replace', () => {
    const replace = reviewed({
      ...overdue,
      promotion: { id: 'p', kind: 'replace', requesterIds: [], reviews: [], authorIds: [] },
    });
    const result = resultOf('OW-1', replace);
    expect([result.status, result.warningOnly]).toEqual(['fail', true]);
    expect(evaluate(replace).complete).toBe(true);
  });
});

test('equal facts give equal bytes, whatever order their parts were written in', () => {
  fc.assert(
    fc.property(tiers, stages, fc.subarray(published.checks), (tier, stage, answered) => {
      const about = at(stage, { tier });
      const answers = answered.map((check) => answerTo(check, about));
      const one = canonicalReadiness(evaluate({ ...about, answers }));
      const backwards = Object.fromEntries(
        Object.entries({ ...about, answers: [...answers] }).reverse(),
      ) as unknown as Facts;
      expect(canonicalReadiness(evaluate(backwards))).toEqual(one);
    }),
    { numRuns: 40 },
  );
});

test('no reason speaks of time in a way that ages', () => {
  const told = ['internal', 'limited', 'expanded', 'general'].flatMap((stage) =>
    resultsOf(evaluate(at(stage))),
  );
  for (const { reason } of told)
    expect(reason).not.toMatch(/\bago\b|\byesterday\b|\btoday\b|\bin \d+ (day|hour)/);
});

test('a check shows where it can be cleared', () => {
  expect(resultOf('WF-1', facts()).link).toBe('/workflows/workflow/contract?field=core.userJob');
  expect(resultOf('OB-5', at('limited')).link).toBe('/workflows/workflow/checks/OB-5?release=release-1');
  expect(resultOf('RO-5', facts()).link).toBe('/promotions/promotion');
  expect(byId('OB-5').answeredBy).toBe('member');
});
