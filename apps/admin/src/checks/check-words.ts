import type { CheckDefinitionFragment, RiskTier } from '../api/generated/documents.js';
import { wordOfStage } from '../workflows/stage-choices.js';

const modes: Record<string, string> = {
  auto: 'Computed',
  manual: 'Answered by a person',
  hybrid: 'Computed and answered',
  external: 'Reported by another system',
};

export function modeWords(check: Pick<CheckDefinitionFragment, 'mode' | 'manualInterim'>): string {
  return `${modes[check.mode] ?? check.mode}${check.manualInterim && check.mode === 'auto' ? ', for now by a person' : ''}`;
}

/** "from Limited": the stage whose entry asks for it first, at this tier. */
export function requiredFromText(
  check: Pick<CheckDefinitionFragment, 'requiredFrom'>,
  tier: RiskTier | null,
): string {
  if (!tier) return '';
  const stage = (check.requiredFrom as Partial<Record<RiskTier, string>>)[tier];
  return stage ? `from ${wordOfStage(stage)}` : 'not asked at this tier';
}

/** Whether a person can answer it at all. */
export function isAnswerable(
  check: Pick<CheckDefinitionFragment, 'mode' | 'manualInterim' | 'ruleAloneAt'>,
  tier: RiskTier | null,
): boolean {
  if (tier && check.ruleAloneAt.includes(tier)) return false;
  return check.mode === 'manual' || check.mode === 'hybrid' || check.manualInterim;
}

export const answerWords: Record<string, string> = { yes: 'Yes', no: 'No', not_applicable: 'Not applicable' };
