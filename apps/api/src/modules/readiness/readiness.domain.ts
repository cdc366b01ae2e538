import { followsLive } from '../promotion/promotion.schema.js';
import { checksAsked } from '../stage/stage.domain.js';
import { modeAt, requiredIds, stageMeant } from '../checklist/checklist.domain.js';
import type { Check, CheckArea, Checklist } from '../checklist/checklist.schema.js';
import { findingOf } from './check-finding.domain.js';
import type { RuleTable } from './check-rules.js';
import { linkTo } from './links.js';
import { orderStatus } from './order-status.domain.js';
import { promotionKindOf, type Facts, type WaiverFact } from './readiness.facts.js';
import { isComplete, type CheckResult, type Gate, type Readiness } from './readiness-result.domain.js';
import { addDays, day } from './rule.js';

/** The waiver that holds for a check: of one that can be waived, for no longer than it may be. */
function waiverFor(check: Check, { waivers, evaluatedAt }: Facts): WaiverFact | null {
  if (!check.waiver.allowed) return null;
  const holds = (one: WaiverFact) =>
    one.checkId === check.id &&
    one.approvedById !== one.requestedById &&
    one.expiresAt > evaluatedAt &&
    one.expiresAt <= addDays(one.createdAt, check.waiver.maxDays);
  return waivers.find(holds) ?? null;
}

/** How the workflow is run is not mended by holding back a change of prompts: there it only warns. */
const onlyWarns = (check: Check, facts: Facts) =>
  check.about === 'standing' &&
  followsLive(promotionKindOf(facts)) &&
  !check.freshness.invalidatedBy.includes('prompts');

interface Asked {
  /** Of the stages, in the order of the rollout. */
  keys: readonly string[];
  asked: ReadonlySet<string>;
}

function resultOf(check: Check, rules: RuleTable, facts: Facts, { keys, asked }: Asked): CheckResult {
  const finding = findingOf(check, rules, facts);
  const waiver = isComplete(finding.status) ? null : waiverFor(check, facts);
  const status = waiver ? 'waived' : finding.status;
  return {
    id: check.id,
    text: check.text,
    about: check.about,
    mode: modeAt(check, facts.tier),
    status,
    requiredHere: asked.has(check.id),
    requiredFrom: stageMeant(check.requiredFrom[facts.tier], keys),
    reason: waiver
      ? `Waived until ${day(waiver.expiresAt)}: ${waiver.reason}. Without that: ${finding.reason}`
      : finding.reason,
    measured: finding.measured,
    required: finding.required,
    evidence: finding.evidence,
    evaluatedFrom: finding.evaluatedFrom,
    expiresAt: waiver ? waiver.expiresAt : finding.expiresAt,
    inherited: finding.inherited,
    warningOnly: !isComplete(status) && onlyWarns(check, facts),
    clearedBy: check.answeredBy,
    link: finding.link,
    answerId: finding.answerId,
    waiver: waiver
      ? {
          id: waiver.id,
          reason: waiver.reason,
          expiresAt: waiver.expiresAt,
          requestedBy: waiver.requestedById,
          approvedBy: waiver.approvedById,
        }
      : null,
  };
}

/** A stage may name a check that this checklist does not have. It is asked for, and nobody can say that it holds. */
const unknownResult = (id: string, facts: Facts): CheckResult => ({
  id,
  text: `Check ${id}, which this checklist does not have`,
  about: 'change',
  mode: 'external',
  status: 'error',
  reason: `The stage asks for ${id}, and the checklist has no such check`,
  measured: null,
  required: null,
  evidence: [],
  evaluatedFrom: null,
  expiresAt: null,
  inherited: false,
  requiredHere: true,
  requiredFrom: facts.stage.key,
  warningOnly: false,
  clearedBy: 'member',
  link: linkTo({ to: 'stage' }, id, facts),
  waiver: null,
  answerId: null,
});

const blocks = (result: CheckResult) =>
  result.requiredHere && !isComplete(result.status) && !result.warningOnly;

function gateOf(
  area: { id: CheckArea; title: string; question: string },
  results: readonly CheckResult[],
): Gate {
  const required = results.filter((result) => result.requiredHere);
  return {
    area: area.id,
    title: area.title,
    question: area.question,
    complete: !required.some(blocks),
    required: required.length,
    completeCount: required.filter((result) => isComplete(result.status)).length,
    checks: [...required, ...results.filter((result) => !result.requiredHere)],
  };
}

/**
 * All gates of one release for one stage at one instant. Pure: equal facts give equal bytes. Complete when every
 * required check is; a stage that asks for nothing is never complete.
 */
export function evaluateReadiness(checklist: Checklist, rules: RuleTable, facts: Facts): Readiness {
  const keys = facts.stages.map((stage) => stage.key);
  const { definition } = facts.stage;
  const asked = new Set(checksAsked(requiredIds(checklist, facts.tier, keys, facts.stage.key), definition));
  const unknown = definition.checks.added
    .filter((id) => asked.has(id) && !checklist.checks.some((check) => check.id === id))
    .map((id) => unknownResult(id, facts));
  const results = new Map<CheckArea, CheckResult[]>(checklist.areas.map((area) => [area.id, []]));
  for (const check of checklist.checks)
    results.get(check.area)?.push(resultOf(check, rules, facts, { keys, asked }));
  results.get(checklist.areas.at(-1)?.id ?? 'ownership')?.push(...unknown);
  const gates = checklist.areas.map((area) => gateOf(area, results.get(area.id) ?? []));
  return {
    workflowId: facts.workflowId,
    releaseId: facts.release.id,
    releaseDigest: facts.release.digest,
    stageKey: facts.stage.key,
    stageRevision: facts.stage.revision,
    stageRevisionId: facts.stage.revisionId,
    tier: facts.tier,
    checklistVersion: checklist.version,
    evaluatedAt: facts.evaluatedAt,
    complete: asked.size > 0 && gates.every((gate) => gate.complete),
    gates,
    order: orderStatus(facts),
  };
}

/** Required checks that stand in the way, in checklist order. */
export const incompleteChecks = ({ gates }: Pick<Readiness, 'gates'>): CheckResult[] =>
  gates.flatMap((gate) => gate.checks.filter(blocks));
