import { describe, expect, test } from '@jest/globals';
import { silentAfter } from '../../apps/api/src/modules/telemetry/effect.domain.js';
import { instanceState } from '../../apps/api/src/modules/telemetry/instance-state.domain.js';

const now = Date.parse('2026-11-24T12:00:00Z');

describe('what instances report lets screens', () => {
  test('say that an instance is ahead where the registry was restored from an older copy', () => {
    const at = new Date(now);
    const running = {
      ...{ via: 'sdk' as const, environment: 'production', seenAt: at, stoppedAt: null, isFallback: false },
    };
    const state = (epoch: number) =>
      instanceState({ ...running, incarnation: 1, epoch }, { incarnation: 1, epoch: 5 }, at);
    expect([4, 5, 6].map(state)).toEqual(['behind', 'serving', 'ahead']);
  });

  test('say of a caller without our SDK what it last fetched, however long ago: it has nothing to fetch', () => {
    const caller = {
      ...{ via: 'ofrep' as const, environment: 'production', stoppedAt: null, isFallback: false },
      seenAt: new Date(now - 20 * silentAfter),
    };
    const state = (epoch: number) =>
      instanceState({ ...caller, incarnation: 1, epoch }, { incarnation: 1, epoch: 5 }, new Date(now));
    expect([4, 5].map(state)).toEqual(['fetchedOlder', 'fetched']);
  });
});
