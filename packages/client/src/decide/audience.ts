import { bucketOf, isWithin } from './bucket.js';
import type { AudienceRule, BucketBy, SnapshotStage } from './snapshot.js';

/** What an application says of a request. Attributes are compared as text. */
export interface Context {
  /** Who asks; the bucketing key of `user` where no `user` is given. */
  targetingKey?: string | undefined;
  /** The stage itself, where the audience is decided elsewhere. */
  stage?: string | undefined;
  [attribute: string]: string | number | boolean | undefined;
}

/** Of what is no text, number or truth value nothing is known: contexts come from outside. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

/** From this many values on a set is quicker than looking through them. */
const many = 8;
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether it is one of them; lists that are long are made a set of once. */
function isAmong(value: string, values: readonly string[]): boolean {
  if (values.length < many) return values.includes(value);
  let set = sets.get(values);
  if (!set) sets.set(values, (set = new Set(values)));
  return set.has(value);
}

function matches({ attribute, operator, values }: AudienceRule, context: Context): boolean {
  const value = textOf(context[attribute]);
  // Of somebody of whom nothing is known, nothing can be said either way.
  if (value === undefined) return false;
  switch (operator) {
    case 'in':
    case 'equals':
      return isAmong(value, values);
    case 'not_in':
      return !isAmong(value, values);
    case 'starts_with':
      return values.some((one) => value.startsWith(one));
    case 'ends_with':
      return values.some((one) => value.endsWith(one));
  }
}

export const matchesAll = (rules: readonly AudienceRule[], context: Context): boolean =>
  rules.length === 0 || rules.every((rule) => matches(rule, context));

function bucketKey(bucketBy: BucketBy, context: Context): string | undefined {
  const own = textOf(context[bucketBy]);
  return own === undefined && bucketBy === 'user' ? context.targetingKey : own;
}

/** Whether a request is in a stage's audience. Without a key to bucket by, only stages of 100 % take it. */
export function belongs(salt: string, stage: SnapshotStage, context: Context): boolean {
  if (!matchesAll(stage.rules, context)) return false;
  if (stage.percentage >= 100) return true;
  if (stage.percentage <= 0) return false;
  const key = bucketKey(stage.bucketBy, context);
  return key !== undefined && key !== '' && isWithin(bucketOf(salt, key), stage.percentage);
}
