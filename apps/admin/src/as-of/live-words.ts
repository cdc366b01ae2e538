import type { LiveRowFragment } from '../api/generated/documents.js';
import { whoOf } from '../ledger/entry-words.js';
import { promotionKinds } from '../promotions/promotion-words.js';
import { wordOfStage } from '../workflows/stage-choices.js';

/** The name that the stage had then, else the one it has by default. */
export function stageName({ definitions, stageKey }: LiveRowFragment): string {
  return definitions.at(-1)?.revision.name ?? wordOfStage(stageKey);
}

const origins: Record<string, string> = {
  promotion: 'Promoted',
  adoption: 'Adopted, ungated',
  revertRelease: 'Reverted',
  breakGlass: 'Promoted by break-glass',
};

export const originWord = (origin: string): string => origins[origin] ?? origin;

/** "Promoted by …" */
export function executedBy(row: LiveRowFragment): string {
  return `${originWord(row.origin)} by ${whoOf(row.entry)}`;
}

/** "Climb, approved by … and …" */
export function promotionWords({ promotion, reviews }: LiveRowFragment): string {
  if (!promotion) return '';
  const names = reviews.map(({ reviewer }) => reviewer.name);
  const { word } = promotionKinds[promotion.kind];
  return names.length > 0 ? `${word}, approved by ${names.join(' and ')}` : `${word}, approved by nobody`;
}
