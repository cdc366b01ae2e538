import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Context } from '../../packages/client/src/decide/audience.js';
import { bucketOf } from '../../packages/client/src/decide/bucket.js';
import { decide, type Decision } from '../../packages/client/src/decide/decide.js';
import { murmur3 } from '../../packages/client/src/decide/murmur3.js';
import type { Snapshot } from '../../packages/client/src/decide/snapshot.js';

test('the published vectors hold', () => {
  const file = new URL('../../packages/client/vectors/decide.json', import.meta.url);
  const { buckets, decisions } = JSON.parse(readFileSync(file, 'utf8')) as {
    buckets: { salt: string; key: string; hash: number; bucket: number }[];
    decisions: { name: string; snapshot: Snapshot; context: Context; now: number; decision: Decision }[];
  };
  expect(buckets.length).toBeGreaterThan(5);
  expect(decisions.length).toBeGreaterThan(10);
  for (const { salt, key, hash, bucket } of buckets) {
    expect({ key, hash: murmur3(`${salt}:${key}`), bucket: bucketOf(salt, key) }).toEqual({
      key,
      hash,
      bucket,
    });
  }
  for (const { name, snapshot: given, context, now: at, decision } of decisions) {
    expect({ name, decision: decide(given, context, at) }).toEqual({ name, decision });
  }
});
