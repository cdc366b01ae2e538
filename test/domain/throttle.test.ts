import { describe, expect, test } from '@jest/globals';
import {
  afterAttempt,
  longestWaitMs,
  type Throttled,
  waitLeft,
} from '../../apps/api/src/platform/identity/throttle.domain.js';

const rule = { free: 5, forgottenAfterMs: 60 * 60_000 };
const start = new Date('2026-11-23T10:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

/** A guesser who comes back the moment it is allowed. @returns the waits, in seconds */
function waits(attempts: number): number[] {
  let kept: Throttled | null = null;
  let now = start;
  const found: number[] = [];
  for (let i = 0; i < attempts; i += 1) {
    kept = afterAttempt(kept, now, rule);
    const wait = waitLeft(kept, now);
    found.push(wait / 1000);
    now = new Date(now.getTime() + wait);
  }
  return found;
}

describe('guessing', () => {
  test('is free a few times, then each wait is twice the one before, up to a quarter of an hour', () => {
    expect(waits(14)).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  test('never keeps a person out for good, however often it was tried', () => {
    expect(Math.max(...waits(500)) * 1000).toBe(longestWaitMs);
  });

  test('is forgotten after an hour of peace, and not before', () => {
    const kept: Throttled = { failures: 9, windowStart: start, blockedUntil: later(32_000) };
    expect(afterAttempt(kept, later(32_000 + rule.forgottenAfterMs), rule).failures).toBe(1);
    expect(afterAttempt(kept, later(31_000 + rule.forgottenAfterMs), rule).failures).toBe(10);
  });
});
