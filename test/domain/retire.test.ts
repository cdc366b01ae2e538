import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextIncarnation } from '../../apps/api/src/modules/workflow/incarnation.domain.js';
import {
  quietDays,
  retireNotes,
  retireObjection,
} from '../../apps/api/src/modules/workflow/retire.domain.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const facts = {
  retiredAt: null,
  servingStages: [{ key: 'internal', name: 'Internal' }],
  lastRequestAt: null,
  servingSince: daysAgo(100),
};

describe('a workflow', () => {
  test('can be retired exactly when nobody is served a release by it, or nobody has asked for two weeks', () => {
    const age = fc.option(fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.subarray(['internal', 'general']), age, age, (keys, request, since) => {
        const servingStages = keys.map((key) => ({ key, name: key.toUpperCase() }));
        const lastRequestAt = request === null ? null : daysAgo(request);
        const servingSince = since === null ? null : daysAgo(since);
        const objection = retireObjection(
          { retiredAt: null, servingStages, lastRequestAt, servingSince },
          now,
        );
        const quiet = Math.min(request ?? Infinity, since ?? Infinity) >= quietDays;
        expect(objection === null).toBe(servingStages.length === 0 || quiet);
      }),
    );
  });

  test('says what it waits for', () => {
    expect(retireObjection({ ...facts, lastRequestAt: daysAgo(3) }, now)?.message).toContain('2026-11-20');
    expect(retireObjection({ ...facts, retiredAt: now }, now)?.code).toBe('WORKFLOW_RETIRED');
  });
});

describe('who may retire a workflow is told', () => {
  const quiet = { ...facts, servingStages: [] };
  const effects = {
    ...{ endingStages: ['internal'], servedInstead: [{ kind: 'fallback' as const, to: 'people' }] },
    ...{ asking: 14, openIncidents: 2, fallback: 'templates' },
  };
  test('why it is allowed, who still asks, what they get then, and which incidents stay open', () => {
    expect(retireNotes(quiet, effects)).toEqual([
      'It may be retired: nobody gets a release, because it falls back to people in every stage that holds one.',
      '14 instances of production still ask. Those with our SDK go on with what they hold; whoever fetches through OFREP, or starts without a stored snapshot, will be told that it is unknown and serves its own failure behaviour, by the contract templates, where now it is people.',
      '2 incidents stay open, and can still be closed afterwards.',
    ]);
  });
  test('of a change only where there is one, and of nobody where nobody asks', () => {
    const [, asks] = retireNotes(quiet, { ...effects, fallback: 'people' });
    expect(asks).toMatch(/by the contract people\.$/);
    expect(retireNotes(quiet, { ...effects, asking: 0, openIncidents: 0 })).toHaveLength(1);
    expect(retireNotes(quiet, { ...effects, endingStages: [], servedInstead: [] })[0]).toBe(
      'It may be retired: no stage holds a release.',
    );
    expect(retireNotes(facts, effects)[0]).toBe('It may be retired: nobody has asked for 14 days.');
  });
});

test('an incarnation only grows: above the one before, and with time', () => {
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2080-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), instant, (current, at) => {
      const next = nextIncarnation(current, at);
      expect(next).toBeGreaterThan(current);
      expect(next).toBeLessThan(2_147_483_647);
      expect(nextIncarnation(current, new Date(at.getTime() + 1000))).toBeGreaterThanOrEqual(next);
    }),
  );
});
