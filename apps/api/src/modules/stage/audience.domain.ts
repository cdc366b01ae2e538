import type { Audience } from './stage.schema.js';

type AudienceRule = Audience['rules'][number];

/** `equals` matches any of its values, so it reads as `in`. */
const kindOf = (rule: AudienceRule) => (rule.operator === 'equals' ? 'in' : rule.operator);

/** Does everything that matches `stricter` match `looser`? Only where that can be shown; else no. */
function implies(stricter: AudienceRule, looser: AudienceRule): boolean {
  if (stricter.attribute !== looser.attribute || kindOf(stricter) !== kindOf(looser)) return false;
  if (kindOf(looser) === 'not_in') return looser.values.every((value) => stricter.values.includes(value));
  return stricter.values.every((value) => looser.values.includes(value));
}

/** All rules of an audience must match, so every rule of the wider one must follow from the narrower one. */
const rulesWithin = (inner: readonly AudienceRule[], outer: readonly AudienceRule[]) =>
  outer.every((looser) => inner.some((stricter) => implies(stricter, looser)));

/** A share of one thing is no subset of a share of another, unless it is nobody or everybody. */
const sameBuckets = (inner: Audience, outer: Audience) =>
  inner.bucketBy === outer.bucketBy || inner.percentage === 0 || outer.percentage === 100;

/** Is everyone in `inner` certainly in `outer` too? What cannot be shown counts as no. */
export function audienceWithin(inner: Audience, outer: Audience): boolean {
  if (inner.percentage === 0) return true;
  return (
    inner.percentage <= outer.percentage && sameBuckets(inner, outer) && rulesWithin(inner.rules, outer.rules)
  );
}
