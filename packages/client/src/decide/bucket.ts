import { murmur3 } from './murmur3.js';

/** How many buckets there are: a thousandth of a percent each. */
export const buckets = 100_000;

/**
 * The bucket of a key, from 0 to 99,999. The same recipe as flagd's, so that every language gives the same answer:
 * murmur3 of `salt:key`, scaled to the number of buckets. The salt is the workflow's immutable id.
 */
export function bucketOf(salt: string, key: string): number {
  // Exact: below 2^49.
  return Math.floor((murmur3(`${salt}:${key}`) * buckets) / 4_294_967_296);
}

/** A share begins at bucket 0, so that growing it moves nobody out. @param percentage 0 to 100, in thousandths */
export function isWithin(bucket: number, percentage: number): boolean {
  return bucket < Math.round(percentage * (buckets / 100));
}
