import { ToneChip } from '../ui/tone-chip.js';

/** Marks a workflow of which nothing is served or changes any more. */
export function RetiredChip({ at }: { at: string | null }) {
  return at && <ToneChip tone="warn">Retired</ToneChip>;
}
