import type { PreviewFactsFragment } from '../api/generated/documents.js';
import { leverWords } from './live-words.js';

/** What all levers of a preview do together, as part of a sentence: "go back to #2 first and turn it off" */
export function actWords({ levers, stages }: Pick<PreviewFactsFragment, 'levers' | 'stages'>): string {
  const names = new Map(stages.map((stage) => [stage.getsReleaseId ?? '', stage.getsAlias ?? '']));
  return levers.map((lever) => leverWords(lever, names)).join(' and ');
}

type PromptChange = PreviewFactsFragment['prompts'][number];

const versionWords = (one: PromptChange['before']) =>
  one ? `${one.prompt.name}, version ${String(one.version)}` : null;

/** Which prompt version a step runs and would run: "Reply prompt, version 3" and "version 2" where it is the same prompt. */
export function promptWords({ before, after }: PromptChange): { before: string; after: string } {
  const isSame = before !== null && before.prompt.id === after?.prompt.id;
  return {
    before: versionWords(before) ?? 'no such step',
    after: isSame ? `version ${String(after.version)}` : (versionWords(after) ?? 'no such step'),
  };
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
