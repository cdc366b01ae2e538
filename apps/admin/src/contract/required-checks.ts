import type { RiskTier } from '@holdpoint/contract';
import type { ChecklistQuery } from '../api/generated/documents.js';

type Check = ChecklistQuery['checklist']['checks'][number];

/** Per stage, how many checks become required there. Layers that the contract does not have ask for nothing. */
export function requiredChecks(checks: Check[], tier: RiskTier, has: { retrieval: boolean; tools: boolean }) {
  const stages = new Map<string, { count: number; computed: number }>();
  for (const check of checks) {
    if (check.area === 'retrieval' && !has.retrieval) continue;
    if (check.area === 'tools' && !has.tools) continue;
    const stage = (check.requiredFrom as Record<RiskTier, string | null>)[tier];
    if (!stage) continue;
    const entry = stages.get(stage) ?? { count: 0, computed: 0 };
    entry.count += 1;
    if (check.mode === 'auto' && !check.manualInterim) entry.computed += 1;
    stages.set(stage, entry);
  }
  return stages;
}
