import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, isWithin } from '../../packages/client/src/decide/bucket.js';
import { murmur3 } from '../../packages/client/src/decide/murmur3.js';

const workflowId = '019aa000-0000-7000-8000-000000000001';

describe('the bucket of a key', () => {
  test.each([
    ['', 0],
    ['hello', 0x248bfa47],
    ['hello, world', 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('comes from the hash that every language has: %j', (text, hash) => {
    expect(murmur3(text)).toBe(hash);
  });

  test('is the hash scaled in whole numbers, for whatever key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        const hash = BigInt(murmur3(`${workflowId}:${key}`));
        expect(bucketOf(workflowId, key)).toBe(Number((hash * 100_000n) >> 32n));
      }),
    );
  });

  test('stays in a share that grows', () => {
    const share = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.string(), share, share, (key, one, other) => {
        const bucket = bucketOf(workflowId, key);
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        if (isWithin(bucket, small)) expect(isWithin(bucket, large)).toBe(true);
      }),
    );
  });

  test('fills a tenth with about a tenth', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `user-${String(index)}`);
    const within = keys.filter((key) => isWithin(bucketOf(workflowId, key), 10)).length;
    expect(within / keys.length).toBeGreaterThan(0.09);
    expect(within / keys.length).toBeLessThan(0.11);
  });
});
