import type { RollbackPlan } from './rollback.domain.js';
import type { Standing } from './standing.domain.js';

/** A step that would run another prompt version. */
export interface PromptChange {
  readonly step: string;
  /** Null: the release that is left has no such step. */
  readonly beforeId: string | null;
  /** Null: what is served instead has none. */
  readonly afterId: string | null;
}

type Prompts = readonly { readonly name: string; readonly promptVersionId: string }[];

function changesOf(before: Prompts, after: Prompts): PromptChange[] {
  const idIn = (steps: Prompts, step: string) =>
    steps.find(({ name }) => name === step)?.promptVersionId ?? null;
  return [...new Set([...before, ...after].map(({ name }) => name))]
    .map((step) => ({ step, beforeId: idIn(before, step), afterId: idIn(after, step) }))
    .filter(({ beforeId, afterId }) => beforeId !== afterId);
}

/** Which prompt versions a plan changes, each change once, however many stages leave the same. */
export function promptChanges(standing: Standing, { left, replacement }: RollbackPlan): PromptChange[] {
  if (!replacement) return [];
  const after = 'release' in replacement ? replacement.release.steps : replacement.derived.steps;
  const leftIds = [...new Set(left.map(({ releaseId }) => releaseId))];
  const found = leftIds.flatMap((id) => changesOf(standing.releases.get(id)?.steps ?? [], after));
  return [...new Map(found.map((one) => [`${one.step}\n${String(one.beforeId)}`, one])).values()];
}
