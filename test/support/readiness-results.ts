import { checklistFile } from '../../apps/api/src/modules/checklist/checklist-file.js';
import type { BoundPart, Check } from '../../apps/api/src/modules/checklist/checklist.schema.js';
import { bindingsOf } from '../../apps/api/src/modules/readiness/bindings.domain.js';
import { checkRules } from '../../apps/api/src/modules/readiness/check-rules.js';
import { evaluateReadiness } from '../../apps/api/src/modules/readiness/readiness.domain.js';
import type { AnswerFact, Facts } from '../../apps/api/src/modules/readiness/readiness.facts.js';
import type { CheckResult, Readiness } from '../../apps/api/src/modules/readiness/readiness-result.domain.js';
import type { BoundComponent } from '../../apps/api/src/modules/release/release.domain.js';
import { daysAgo } from './readiness.builder.js';

export const published = checklistFile();

/** An answer of yes to a check, with the evidence it asks for, bound to what these facts hold. */
export function answerTo(check: Check, about: Facts, over: Partial<AnswerFact> = {}): AnswerFact {
  const kind = check.evidence?.kinds[0] ?? 'comment';
  return {
    ...{
      id: `answer-${check.id}`,
      checkId: check.id,
      answer: 'yes',
      comment: '',
      releaseId: about.release.id,
      answeredById: 'somebody',
    },
    evidence: [{ kind, value: kind === 'url' ? 'https://example.com/evidence' : 'evidence' }],
    bindings: bindingsOf(check, about),
    createdAt: new Date(about.evaluatedAt.getTime() - 3_600_000),
    ...over,
  };
}

export const byId = (id: string): Check => {
  const found = published.checks.find((check) => check.id === id);
  if (!found) throw new Error(`No check ${id}`);
  return found;
};

export const evaluate = (about: Facts, rules = checkRules): Readiness =>
  evaluateReadiness(published, rules, about);

export const resultsOf = (readiness: Readiness): CheckResult[] =>
  readiness.gates.flatMap((gate) => gate.checks);

export function resultOf(id: string, about: Facts, rules = checkRules): CheckResult {
  const found = resultsOf(evaluate(about, rules)).find((result) => result.id === id);
  if (!found) throw new Error(`No result for ${id}`);
  return found;
}

export const approval = (about: Facts, reviewerId = 'reviewer') => ({
  ...{ id: `review-${reviewerId}`, reviewerId, verdict: 'approve' as const, digest: about.release.digest },
  ...{ releaseId: about.release.id, roles: ['reviewer'], createdAt: daysAgo(0.5) },
});

const isOfRelease = (part: BoundPart): part is BoundComponent =>
  !part.startsWith('operating.') && !part.startsWith('eval');

/** The same facts after one part changed, in a release that is another one where the part is of the release. */
export function changed(part: BoundPart, before: Facts): Facts {
  if (isOfRelease(part))
    return {
      ...before,
      release: { ...before.release, digests: { ...before.release.digests, [part]: 'sha256:other' } },
    };
  const { operating } = before;
  if (part === 'operating.owner')
    return { ...before, operating: operating && { ...operating, ownerDigest: 'sha256:other' } };
  if (part === 'operating.providers')
    return { ...before, operating: operating && { ...operating, providersDigest: 'sha256:other' } };
  const suites = before.suites.map((one) =>
    part === 'evalSuite' ? { ...one, digest: 'sha256:other' } : { ...one, graderDigest: 'sha256:other' },
  );
  return { ...before, suites };
}
