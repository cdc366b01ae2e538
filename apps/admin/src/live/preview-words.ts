import type { PreviewFactsFragment } from '../api/generated/documents.js';
import { leverWords } from './live-words.js';

/** What all levers of a preview do together, as part of a sentence: "go back to #2 first and turn it off" */
export function actWords({ levers, stages }: Pick<PreviewFactsFragment, 'levers' | 'stages'>): string {
  const names = new Map(stages.map((stage) => [stage.getsReleaseId ?? '', stage.getsAlias ?? '']));
  return levers.map((lever) => leverWords(lever, names)).join(' and ');
}

/** Whether a preview is of exactly what is recommended, and not only of its lever. */
export function isRecommended({
  levers,
  recommendation,
}: Pick<PreviewFactsFragment, 'levers' | 'recommendation'>) {
  const [lever, ...others] = levers;
  if (!lever || others.length > 0 || lever.kind !== recommendation?.kind) return false;
  return lever.kind === 'revertRelease'
    ? lever.releaseId === recommendation.targetReleaseId
    : lever.to === recommendation.to;
}
