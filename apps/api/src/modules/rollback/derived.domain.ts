import { parseBundle, releaseBundle, releaseDigest, type ReleaseBundle } from '../release/release.domain.js';
import type { LeverInput } from './lever.schema.js';
import type { RollbackObjection } from './rollback-review.domain.js';
import type { PinnedStep, Standing, StandingRelease } from './standing.domain.js';
import { lastGood, targetsIn, type Left } from './targets.domain.js';

/** A release made of components that were live, to be served by an overlay. */
export interface DerivedRelease {
  readonly from: StandingRelease;
  readonly bundle: ReleaseBundle;
  readonly digest: string;
  readonly steps: readonly { name: string; promptVersionId: string; modelConfigVersionId: string }[];
}

type Step = Pick<
  PinnedStep,
  'name' | 'promptVersionId' | 'promptDigest' | 'modelConfigVersionId' | 'modelDigest'
>;

const no = (
  code: RollbackObjection['code'],
  message: string,
  at: number,
  field: string,
): RollbackObjection => ({ code, message, field: `levers.${String(at)}.${field}` });

const sameVariables = (one: readonly string[], other: readonly string[]) =>
  [...new Set(one)].sort().join('\n') === [...new Set(other)].sort().join('\n');

/** Releases that could be gone back to in every stage, and that promise the same output: what they run was live there. */
function sources(standing: Standing, from: StandingRelease, left: readonly Left[]): StandingRelease[] {
  const [first, ...others] = left.map(({ stage, releaseId }) =>
    targetsIn(standing, stage, releaseId).map((target) => target.releaseId),
  );
  return (first ?? [])
    .filter((id) => others.every((ids) => ids.includes(id)))
    .flatMap((id) => standing.releases.get(id) ?? [])
    .filter((release) => release.outputId === from.outputId);
}

/** One version of a model config that can be pinned. */
export interface PinnableModel {
  readonly modelConfigVersionId: string;
  readonly model: string;
  /** The release that ran it there, the latest live one. */
  readonly alias: string;
  /** Where it would take the place of another one. */
  readonly steps: readonly string[];
}

/** The model config versions that these stages could pin instead of what they run, the latest live first. */
export function pinnableModels(standing: Standing, left: readonly Left[]): PinnableModel[] {
  const ids = new Set(left.map(({ releaseId }) => releaseId));
  const from = standing.releases.get(left[0]?.releaseId ?? '');
  if (!from || ids.size > 1) return [];
  const found = new Map<string, PinnableModel>();
  for (const { alias, steps } of sources(standing, from, left))
    for (const { name, modelConfigVersionId, model } of steps) {
      const runs = from.steps.find((step) => step.name === name);
      if (!runs || runs.modelConfigVersionId === modelConfigVersionId) continue;
      const known = found.get(modelConfigVersionId) ?? { modelConfigVersionId, model, alias, steps: [] };
      if (!known.steps.includes(name))
        found.set(modelConfigVersionId, { ...known, steps: [...known.steps, name] });
    }
  return [...found.values()];
}

const stepsNamed = (from: StandingRelease, step: string | null | undefined) =>
  from.steps.filter(({ name }) => step == null || name === step);

interface Sources {
  from: StandingRelease;
  /** Usable ones, the latest live first. */
  usable: readonly StandingRelease[];
  /** What "last good" is, where a prompt is not named. */
  good: StandingRelease | null;
}

function promptOf(lever: LeverInput, step: PinnedStep, { usable, good }: Sources): PinnedStep | null {
  const among = lever.promptVersionId == null ? (good ? [good] : []) : usable;
  return (
    among
      .flatMap((release) => release.steps)
      .find(
        (one) =>
          one.name === step.name &&
          (lever.promptVersionId == null || one.promptVersionId === lever.promptVersionId) &&
          sameVariables(one.variables, step.variables),
      ) ?? null
  );
}

const modelOf = (lever: LeverInput, step: PinnedStep, { usable }: Sources): PinnedStep | null =>
  usable
    .flatMap((release) => release.steps)
    .find((one) => one.name === step.name && one.modelConfigVersionId === lever.modelConfigVersionId) ?? null;

function pulled(
  steps: readonly Step[],
  lever: LeverInput,
  at: number,
  found: Sources,
): readonly Step[] | RollbackObjection {
  const { from } = found;
  const named = stepsNamed(from, lever.step);
  if (named.length === 0) return no('NOT_FOUND', `${from.alias} has no step ${lever.step ?? ''}`, at, 'step');
  const isPrompt = lever.kind === 'revertPrompt';
  const replaced = new Map<string, PinnedStep>();
  for (const step of named) {
    const other = isPrompt ? promptOf(lever, step, found) : modelOf(lever, step, found);
    if (other) replaced.set(step.name, other);
  }
  if (replaced.size === 0)
    return no(
      'NOT_A_ROLLBACK_TARGET',
      isPrompt
        ? 'No such prompt was live there before, with the same variables and output schema'
        : 'No such model was live there before, with the same output schema',
      at,
      isPrompt ? 'promptVersionId' : 'modelConfigVersionId',
    );
  return steps.map((step) => {
    const other = replaced.get(step.name);
    if (!other) return step;
    const { promptVersionId, promptDigest, modelConfigVersionId, modelDigest } = other;
    return isPrompt
      ? { ...step, promptVersionId, promptDigest }
      : { ...step, modelConfigVersionId, modelDigest };
  });
}

/** What a revert of prompts and a pin of models come to, for stages that all leave the same release. */
export function deriveRelease(
  standing: Standing,
  left: readonly Left[],
  levers: readonly LeverInput[],
): DerivedRelease | RollbackObjection {
  const leftIds = [...new Set(left.map(({ releaseId }) => releaseId))];
  const from = standing.releases.get(leftIds[0] ?? '');
  if (!from || leftIds.length > 1)
    return {
      code: 'NOT_A_ROLLBACK_TARGET',
      message: 'These stages serve different releases; name stages that serve the same one',
      field: 'stageKeys',
    };
  const usable = sources(standing, from, left);
  const goodId = lastGood(standing, left)?.releaseId;
  const good = usable.find(({ id }) => id === goodId) ?? null;
  let steps: readonly Step[] = from.steps;
  for (const [at, lever] of levers.entries()) {
    if (lever.kind !== 'revertPrompt' && lever.kind !== 'pinModel') continue;
    const next = pulled(steps, lever, at, { from, usable, good });
    if ('code' in next) return next;
    steps = next;
  }
  const { components } = parseBundle(from.canonical);
  const bundle = releaseBundle(
    components,
    steps.map(({ name, promptDigest, modelDigest }) => ({ name, prompt: promptDigest, model: modelDigest })),
  );
  const digest = releaseDigest(bundle);
  if (digest === from.digest)
    return {
      code: 'NOTHING_TO_ROLL_BACK',
      message: `That is what ${from.alias} runs already`,
      field: 'levers',
    };
  const moved = levers.findIndex((lever) => lever.digest != null && lever.digest !== digest);
  if (moved >= 0)
    return no(
      'TARGET_MOVED',
      'What would be served is another release than the preview showed',
      moved,
      'digest',
    );
  return {
    ...{ from, bundle, digest },
    steps: steps.map(({ name, promptVersionId, modelConfigVersionId }) => ({
      ...{ name, promptVersionId, modelConfigVersionId },
    })),
  };
}
