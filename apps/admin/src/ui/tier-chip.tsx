import type { RiskTier } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';
import { ToneChip } from './tone-chip.js';

const toneOfTier: Record<RiskTier, Tone> = { low: 'plain', medium: 'warn', high: 'bad' };
export const tierWords: Record<RiskTier, string> = {
  low: 'Low risk',
  medium: 'Medium risk',
  high: 'High risk',
};

export function TierChip({ tier }: { tier: RiskTier | null }) {
  if (!tier) return <ToneChip tone="plain">No tier yet</ToneChip>;
  return <ToneChip tone={toneOfTier[tier]}>{tierWords[tier]}</ToneChip>;
}
