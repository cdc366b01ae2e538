import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checklistFile } from '../../apps/api/src/modules/checklist/checklist-file.js';
import {
  answerParts,
  asksFor,
  isComputed,
  modeAt,
  requiredIds,
  stageMeant,
} from '../../apps/api/src/modules/checklist/checklist.domain.js';
import { checkAreas, checklistStages } from '../../apps/api/src/modules/checklist/checklist.schema.js';
import { riskTiers, type RiskTier } from '../../apps/api/src/modules/workflow/risk.schema.js';

const published = checklistFile();
const stages = [...checklistStages];
const count = <T extends string>(values: readonly T[]) =>
  Object.fromEntries([...new Set(values)].sort().map((v) => [v, values.filter((w) => w === v).length]));
const idsAt = (tier: RiskTier, stage: string) => requiredIds(published, tier, stages, stage);

describe('the published checklist', () => {
  test('has 47 checks in ten areas, in the order of the areas', () => {
    expect(published.checks).toHaveLength(47);
    expect(published.areas.map((area) => area.id)).toEqual([...checkAreas]);
    const places = published.checks.map((check) => checkAreas.indexOf(check.area));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(count(published.checks.map((check) => check.area))).toEqual({
      architecture: 3,
      evals: 5,
      observability: 6,
      output: 3,
      ownership: 5,
      retrieval: 4,
      rollout: 6,
      safety: 5,
      tools: 5,
      workflow: 5,
    });
  });

  test('counts by mode, by what a check is about and by whether it can be waived are as published', () => {
    expect(count(published.checks.map((check) => check.mode))).toEqual({ auto: 25, hybrid: 10, manual: 12 });
    expect(count(published.checks.map((check) => check.about))).toEqual({
      change: 25,
      soak: 9,
      standing: 13,
    });
    expect(published.checks.filter((check) => !check.waiver.allowed)).toHaveLength(15);
  });

  test.each([
    ['low', { expanded: 4, internal: 10, limited: 33 }],
    ['medium', { expanded: 4, internal: 25, limited: 18 }],
    ['high', { expanded: 4, internal: 28, limited: 15 }],
  ] as const)('at %s risk each stage asks for as many new checks as published', (tier, expected) => {
    expect(count(published.checks.map((check) => check.requiredFrom[tier]))).toEqual(expected);
  });

  test('a low-tier workflow reaches internal on ten checks, nine of them computed and the tenth a review', () => {
    const ids = idsAt('low', 'internal');
    expect(ids).toEqual(['WF-1', 'WF-2', 'WF-3', 'AR-2', 'OUT-1', 'EV-2', 'SF-3', 'RO-1', 'RO-5', 'OW-1']);
    const checks = published.checks.filter((check) => ids.includes(check.id));
    expect(checks.every((check) => modeAt(check, 'low') === 'auto')).toBe(true);
    expect(checks.filter((check) => !isComputed(check, 'low')).map((check) => check.id)).toEqual(['RO-5']);
  });

  test('what is interim is exactly what this version has no source for', () => {
    const interim = published.checks.filter((check) => check.manualInterim);
    expect(interim.filter((c) => c.interim?.covers === 'all').map((c) => c.id)).toEqual([
      'WF-5',
      'TL-5',
      'OB-1',
      'OB-2',
      'OB-6',
      'RO-3',
      'RO-6',
    ]);
    expect(interim.filter((c) => c.interim?.covers === 'rest').map((c) => c.id)).toEqual([
      'OUT-2',
      'RT-2',
      'OB-3',
      'RO-4',
    ]);
    for (const tier of riskTiers)
      expect(interim.every((check) => answerParts(check, tier).person)).toBe(true);
  });
});

const tiers = fc.constantFrom(...riskTiers);
const places = fc.constantFrom(...published.checks);

test('a higher tier never asks for fewer checks at any stage', () => {
  for (const stage of stages) {
    const [low, medium, high] = riskTiers.map((tier) => new Set(idsAt(tier, stage)));
    expect([...(low ?? [])].every((id) => medium?.has(id))).toBe(true);
    expect([...(medium ?? [])].every((id) => high?.has(id))).toBe(true);
  }
});

test('a check once asked for is asked for at every later stage, whatever the stages are called', () => {
  const rollouts = fc.uniqueArray(fc.constantFrom(...stages, 'canary', 'beta', 'pilot'), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(tiers, places, rollouts, (tier, check, keys) => {
      const asked = keys.map((key) => asksFor(check, tier, keys, key));
      const first = asked.indexOf(true);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(asked.slice(first).every(Boolean)).toBe(true);
    }),
  );
});

test('every check is answered by a rule, a person or both', () => {
  fc.assert(
    fc.property(tiers, places, (tier, check) => {
      const { rule, person } = answerParts(check, tier);
      expect(rule || person).toBe(true);
      if (person) expect(check.evidence).not.toBeNull();
    }),
  );
});

test('a stage of the checklist means the stage of that key, else the one in its place', () => {
  expect(stageMeant('limited', ['internal', 'limited'])).toBe('limited');
  expect(stageMeant('limited', ['staff', 'pilot', 'all'])).toBe('pilot');
  expect(stageMeant('general', ['staff', 'pilot'])).toBe('pilot');
  expect(stageMeant('internal', [])).toBeNull();
});
