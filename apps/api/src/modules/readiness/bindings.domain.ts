import { digestOf } from '../../platform/digest/digest.js';
import type { BoundPart, Check } from '../checklist/checklist.schema.js';
import type { AnswerFact, Facts } from './readiness.facts.js';

const none = 'none';

const suiteDigests = new WeakMap<Facts['suites'], { suite: string; grader: string }>();

/** The same for every check of one set of facts, and the only parts that have to be hashed. */
function digestsOfSuites(suites: Facts['suites']): { suite: string; grader: string } {
  let known = suiteDigests.get(suites);
  if (!known) {
    known = {
      suite: digestOf(Object.fromEntries(suites.map((one) => [one.key, one.digest]))),
      grader: digestOf(Object.fromEntries(suites.map((one) => [one.key, one.graderDigest]))),
    };
    suiteDigests.set(suites, known);
  }
  return known;
}

type Bound = Pick<Facts, 'release' | 'operating' | 'suites'>;

/** The digest of one part that an answer can be about; 'none' where the workflow has no such part. */
function partDigest(part: BoundPart, { release, operating, suites }: Bound): string {
  switch (part) {
    case 'operating.owner':
      return operating?.ownerDigest ?? none;
    case 'operating.providers':
      return operating?.providersDigest ?? none;
    case 'evalSuite':
      return digestsOfSuites(suites).suite;
    case 'evalGrader':
      return digestsOfSuites(suites).grader;
    default:
      return release.digests[part];
  }
}

/** Exactly the digests that an answer to this check is bound to, no more and no less. */
export const bindingsOf = (check: Pick<Check, 'freshness'>, facts: Bound): Record<string, string> =>
  Object.fromEntries(check.freshness.invalidatedBy.map((part) => [part, partDigest(part, facts)]));

/**
 * The parts that changed since the answer was given. A part that the check names and the answer lacks counts as
 * changed; a part that the check does not name changes nothing.
 */
export const changedParts = (
  check: Pick<Check, 'freshness'>,
  answer: Pick<AnswerFact, 'bindings'>,
  facts: Bound,
): BoundPart[] =>
  check.freshness.invalidatedBy.filter((part) => answer.bindings[part] !== partDigest(part, facts));
