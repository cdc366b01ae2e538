import type { LiveRowFragment } from '../api/generated/documents.js';
import { whoOf } from '../ledger/entry-words.js';
import { promotionKinds } from '../promotions/promotion-words.js';
import { wordOfStage } from '../workflows/stage-choices.js';

/** The name that the stage had then, else the one it has now. */
export function stageName({ definitions, stageName: now, stageKey }: LiveRowFragment): string {
  if (stageKey === null) return 'In no stage';
  return definitions.at(-1)?.revision.name ?? now ?? wordOfStage(stageKey);
}

const origins: Record<string, string> = {
  promotion: 'Promoted',
  adoption: 'Adopted, ungated',
  revertRelease: 'Reverted',
  breakGlass: 'Promoted by break-glass',
};

export const originWord = (origin: string): string => origins[origin] ?? origin;

/** "Promoted by …"; where nothing was live, who laid what lay there. */
export function executedBy({ origin, entry, overlaidBy }: LiveRowFragment): string {
  if (entry) return `${originWord(origin)} by ${whoOf(entry)}`;
  const who = [...new Set(overlaidBy.map((overlay) => whoOf(overlay.entry)))];
  return `Laid by ${who.join(' and ')}`;
}

/** "Climb, approved by … and …" */
export function promotionWords({ promotion, reviews }: LiveRowFragment): string {
  if (!promotion) return '';
  const names = reviews.map(({ reviewer }) => reviewer.name);
  const { word } = promotionKinds[promotion.kind];
  return names.length > 0 ? `${word}, approved by ${names.join(' and ')}` : `${word}, approved by nobody`;
}
