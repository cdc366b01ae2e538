import type { RiskTier } from '@holdpoint/contract';
import type { ChecklistQuery } from '../api/generated/documents.js';

type Check = Pick<
  ChecklistQuery['checklist']['checks'][number],
  'area' | 'mode' | 'manualInterim' | 'requiredFrom'
>;

/**
 * How many checks the gates of each stage ask for, those of earlier stages too, and how many of them are computed.
 * Layers that the contract does not have ask for nothing.
 */
export function requiredChecks(
  checks: Check[],
  tier: RiskTier,
  has: { retrieval: boolean; tools: boolean },
  stages: readonly string[],
) {
  const asked = checks.filter(
    ({ area }) => (area !== 'retrieval' || has.retrieval) && (area !== 'tools' || has.tools),
  );
  return stages.map((stageKey, position) => {
    const required = asked.filter(({ requiredFrom }) => {
      const from = (requiredFrom as Record<RiskTier, string | null>)[tier];
      return from !== null && stages.indexOf(from) <= position;
    });
    const computed = required.filter(({ mode, manualInterim }) => mode === 'auto' && !manualInterim);
    return { stageKey, count: required.length, computed: computed.length };
  });
}
