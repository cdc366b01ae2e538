import type { ReleaseInStageFragment } from '../api/generated/documents.js';

/** Stages whose pointers name a release, whatever lies over them: a promotion goes on from there. */
export const occupiedKeys = ({ inStages }: { inStages: readonly ReleaseInStageFragment[] }): string[] =>
  inStages.filter(({ occupies }) => occupies).map(({ stageKey }) => stageKey);
