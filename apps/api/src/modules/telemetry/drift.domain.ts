import type { Drift, Serving } from './observation.domain.js';

/** By step, the digests of the prompt and the model of a release. */
export type StepDigests = Readonly<Record<string, { prompt: string; model: string }>>;

/** What instances could be served of one version: by stage the digests of releases, and what is in those. */
export interface Served {
  stages: ReadonlyMap<string, ReadonlySet<string>>;
  releases: ReadonlyMap<string, StepDigests>;
}

/**
 * What an instance reports that was not served to it. `exact` is what its version served, null where nobody remembers;
 * `ever` is everything that this workflow ever served. Until an instance has settled (it has only just taken its version
 * over, and may still answer from the one before) and where its version is not remembered, only what was never served is
 * drift: an instance that is behind reports an older version together with what that one served, and is no finding.
 */
export function driftOf(
  serves: readonly Serving[],
  exact: Served | null,
  ever: Served | null,
  isSettled: boolean,
): Drift[] {
  const found = new Map<string, Drift>();
  const add = (drift: Drift) => found.set(`${drift.kind} ${drift.reported}`, drift);
  const strict = exact !== null && isSettled;
  for (const { stage, release, prompts, models } of serves) {
    const known = exact?.releases.get(release) ?? ever?.releases.get(release);
    const inStage = stage === null || !exact || (exact.stages.get(stage)?.has(release) ?? false);
    const wasServed = strict ? exact.releases.has(release) && inStage : known !== undefined;
    if (!wasServed) {
      add({ kind: 'release', reported: release });
      continue;
    }
    for (const [step, prompt] of Object.entries(prompts))
      if (known?.[step]?.prompt !== prompt) add({ kind: 'prompt', reported: prompt });
    for (const [step, model] of Object.entries(models))
      if (known?.[step]?.model !== model) add({ kind: 'model', reported: model });
  }
  return [...found.values()];
}
