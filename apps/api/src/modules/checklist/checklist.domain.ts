import type { RiskTier } from '../workflow/risk.schema.js';
import {
  checklistStages,
  type Check,
  type CheckMode,
  type Checklist,
  type ChecklistStage,
} from './checklist.schema.js';

/**
 * The stage of a workflow that a stage of the checklist means: the one of that key, else the one in that place of its
 * rollout, the last where it has fewer. Null for a workflow without stages.
 */
export function stageMeant(stage: ChecklistStage, stageKeysInOrder: readonly string[]): string | null {
  if (stageKeysInOrder.includes(stage)) return stage;
  const place = Math.min(checklistStages.indexOf(stage), stageKeysInOrder.length - 1);
  return stageKeysInOrder[place] ?? null;
}

/** Whether the checklist asks for the check on entering a stage: from the stage it names on, at every later one too. */
export function asksFor(
  check: Check,
  tier: RiskTier,
  stageKeysInOrder: readonly string[],
  stageKey: string,
): boolean {
  const from = stageMeant(check.requiredFrom[tier], stageKeysInOrder);
  const [first, here] = [stageKeysInOrder.indexOf(from ?? ''), stageKeysInOrder.indexOf(stageKey)];
  return first >= 0 && here >= first;
}

/** Ids that the checklist asks for at a stage and tier, before what the stage itself adds or takes away. */
export const requiredIds = (
  { checks }: Pick<Checklist, 'checks'>,
  tier: RiskTier,
  stageKeysInOrder: readonly string[],
  stageKey: string,
): string[] =>
  checks.filter((check) => asksFor(check, tier, stageKeysInOrder, stageKey)).map((check) => check.id);

export interface AnswerParts {
  /** A rule decides, or decides its half. */
  rule: boolean;
  /** A person answers, or answers their half. */
  person: boolean;
}

/** Who answers a check at this tier, with what is interim in this version of the product. */
export function answerParts(check: Check, tier: RiskTier): AnswerParts {
  const computes = check.auto !== null && check.interim?.covers !== 'all';
  if (check.mode === 'external') return { rule: false, person: false };
  if (check.byTier[tier] === 'auto') return { rule: true, person: false };
  if (check.mode === 'manual') return { rule: false, person: true };
  return { rule: computes, person: check.mode === 'hybrid' || check.interim !== null };
}

/** How the check is answered at this tier, in one word. */
export function modeAt(check: Check, tier: RiskTier): CheckMode {
  const { rule, person } = answerParts(check, tier);
  if (rule) return person ? 'hybrid' : 'auto';
  return person ? 'manual' : 'external';
}

/** Whether nobody has to do anything for it but the work itself: a rule alone decides, and not over reviews. */
export const isComputed = (check: Check, tier: RiskTier): boolean =>
  modeAt(check, tier) === 'auto' && check.auto?.source === 'registry';

export const checkById = ({ checks }: Pick<Checklist, 'checks'>, id: string): Check | null =>
  checks.find((check) => check.id === id) ?? null;
