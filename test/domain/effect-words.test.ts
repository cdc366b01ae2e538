import { expect, test } from '@jest/globals';
import { effectInWords, type EffectFacts } from '../../apps/api/src/modules/rollback/effect-words.domain.js';

const nobody: EffectFacts = {
  ...{ expected: 0, confirmed: 0, slowestMs: null, completedAt: null, stragglers: [], unhonoured: [] },
  byOfrep: { expected: 0, fetched: 0 },
};
const missing = (count: number): EffectFacts['stragglers'] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ instanceId: `host-${String(at)}`, application: 'desk', via: 'sdk' as const },
    ...{ servesIncarnation: 1, servesEpoch: 1, since: 0, silent: at === 0 },
  }));

test('a rollback that nobody had to follow says so', () => {
  expect(effectInWords(nobody)).toEqual(['No instance with our SDK was running']);
});

test('of a fleet that is missing a few are named, and callers by OFREP are counted', () => {
  const callers = missing(2).map((one) => ({ ...one, via: 'ofrep' as const, instanceId: 'caller' }));
  const effect = {
    ...{ ...nobody, expected: 20, confirmed: 12, slowestMs: 840 },
    ...{ stragglers: [...callers, ...missing(8)], byOfrep: { expected: 3, fetched: 1 } },
  };
  expect(effectInWords(effect)).toEqual([
    'Confirmed by 12 of 20 instances, the slowest so far after 0.8 s; by OFREP 1 of 3 fetched it',
    'Still missing: desk host-0 (silent), desk host-1, desk host-2, desk host-3, desk host-4, and 3 more',
  ]);
});

test('who took it over and does not honour it is not missing, and is named all the same', () => {
  const unhonoured = [{ instanceId: 'host-1', application: 'desk', levers: ['disableTool'] }];
  const effect = { ...nobody, expected: 1, slowestMs: null, unhonoured };
  expect(effectInWords(effect)).toEqual([
    'Confirmed by 0 of 1 instance',
    'Has it and does not honour all of it: desk host-1 (disableTool)',
  ]);
});
