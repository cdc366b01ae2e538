import type { RollbackKind } from './rollback.schema.js';
import { deriveRelease, type DerivedRelease } from './derived.domain.js';
import { outcomeIn, overlaysOver } from './effective.domain.js';
import type { AppliedLever } from './standing.domain.js';
import type { LeverInput } from './lever.schema.js';
import type { RollbackObjection } from './rollback-review.domain.js';
import { concernedStages, isLeaving, servingIn, type AskedPlace } from './scope.domain.js';
import type { Standing, StandingRelease, StandingStage } from './standing.domain.js';
import { whyNoTarget, type Left } from './targets.domain.js';

export interface AskedRollback extends AskedPlace {
  readonly kind: RollbackKind;
  readonly levers: readonly LeverInput[];
}

/** What is served instead of what is left: an earlier release, or one that is derived. */
export type Replacement = { readonly release: StandingRelease } | { readonly derived: DerivedRelease };

export interface RollbackPlan {
  readonly workflowId: string;
  readonly asked: AskedRollback;
  /** In the order of the rollout. */
  readonly stages: readonly StandingStage[];
  /** Where a release is left for another one. */
  readonly left: readonly Left[];
  readonly replacement: Replacement | null;
  /** Pointers go back; else an overlay serves the replacement. */
  readonly movesPointers: boolean;
  /** Besides a replacement: disable, fallback, disableTool. */
  readonly levers: readonly AppliedLever[];
  /** The releases that stop serving in its scope. */
  readonly leftReleaseIds: readonly string[];
}

export type Planned = { plan: RollbackPlan } | { objections: RollbackObjection[] };

const refused = (...objections: RollbackObjection[]): Planned => ({ objections });

const endsEvaluation = ({ kind }: Pick<LeverInput, 'kind'>) => kind === 'disable' || kind === 'fallback';

function appliedOf({ kind, to, tool }: LeverInput): AppliedLever[] {
  if (kind === 'disable') return [{ kind }];
  if (kind === 'fallback' && to) return [{ kind, to }];
  return kind === 'disableTool' && tool ? [{ kind, tool }] : [];
}

/** What a lever would find to be so already, everywhere: then it changes nothing. */
function isSoAlready(standing: Standing, stages: readonly StandingStage[], asked: AskedRollback): boolean {
  const [lever] = asked.levers;
  if (asked.levers.length !== 1 || !lever || !endsEvaluation(lever)) return false;
  const places = [...stages.map(({ key }) => key), ...(asked.scope === 'workflow' ? [null] : [])];
  return places.every((key) => {
    const over = overlaysOver(standing, key, asked.segment).flatMap(({ levers }) => levers);
    if (lever.kind === 'disable') return over.some(({ kind }) => kind === 'disable');
    const fallback = over.find((one) => one.kind === 'fallback');
    return !over.some(({ kind }) => kind === 'disable') && fallback?.to === lever.to;
  });
}

function unknownTools(
  standing: Standing,
  serving: readonly Left[],
  levers: readonly LeverInput[],
): RollbackObjection[] {
  const tools = new Set(serving.flatMap(({ releaseId }) => standing.releases.get(releaseId)?.tools ?? []));
  return levers.flatMap(({ kind, tool }, at) =>
    kind === 'disableTool' && !tools.has(tool ?? '')
      ? [
          {
            code: 'NOT_FOUND' as const,
            message: `Nothing that is served there has a tool ${tool ?? ''}`,
            field: `levers.${String(at)}.tool`,
          },
        ]
      : [],
  );
}

function revert(
  standing: Standing,
  serving: readonly Left[],
  levers: readonly LeverInput[],
): { release: StandingRelease; left: Left[] } | RollbackObjection[] {
  const at = levers.findIndex(({ kind }) => kind === 'revertRelease');
  const lever = levers[at];
  const release = standing.releases.get(lever?.releaseId ?? '');
  const field = (name: string) => `levers.${String(at)}.${name}`;
  if (!release)
    return [
      { code: 'NOT_A_ROLLBACK_TARGET', message: 'This was never live there', field: field('releaseId') },
    ];
  if (lever?.digest != null && lever.digest !== release.digest)
    return [
      {
        code: 'TARGET_MOVED',
        message: `${release.alias} has another digest than this`,
        field: field('digest'),
      },
    ];
  const left = serving.filter(({ releaseId }) => releaseId !== release.id);
  if (left.length === 0)
    return [{ code: 'NOTHING_TO_ROLL_BACK', message: `${release.alias} is what is served there already` }];
  const wrong = left.flatMap(
    ({ stage, releaseId }) => whyNoTarget(standing, stage, releaseId, release.id) ?? [],
  );
  if (wrong.length === 0) return { release, left };
  return [...new Set(wrong)].map((message) => ({
    ...{ code: 'NOT_A_ROLLBACK_TARGET' as const, message, field: field('releaseId') },
  }));
}

/** What a rollback would do, or why it cannot be. Pure: the preview and the act decide by the same rule. */
export function planRollback(standing: Standing, asked: AskedRollback): Planned {
  if (standing.retired) return refused({ code: 'WORKFLOW_RETIRED', message: 'This workflow is retired' });
  const found = concernedStages(standing, asked, asked.levers);
  if ('code' in found) return refused(found);
  const { stages } = found;
  const serving = servingIn(standing, stages, asked.segment);
  const tools = unknownTools(standing, serving, asked.levers);
  if (tools.length > 0) return refused(...tools);
  const levers = asked.levers.flatMap(appliedOf);
  const ended = asked.levers.some(endsEvaluation);
  const plan = {
    workflowId: standing.workflowId,
    asked,
    stages,
    levers,
    movesPointers: false,
    replacement: null,
    left: [] as Left[],
  };
  if (!asked.levers.some(isLeaving)) {
    if (isSoAlready(standing, stages, asked))
      return refused({ code: 'NOTHING_TO_ROLL_BACK', message: 'That is so already', field: 'levers' });
    return { plan: { ...plan, leftReleaseIds: ended ? releasesOf(served(standing, serving, asked)) : [] } };
  }
  if (serving.length === 0)
    return refused({ code: 'NOTHING_TO_ROLL_BACK', message: 'Nothing is live there', field: 'stageKeys' });
  if (asked.levers.some(({ kind }) => kind === 'revertRelease')) {
    const reverted = revert(standing, serving, asked.levers);
    if (Array.isArray(reverted)) return refused(...reverted);
    const { release, left } = reverted;
    const movesPointers = asked.kind === 'rollback' && asked.segment.length === 0;
    return {
      plan: { ...plan, left, replacement: { release }, movesPointers, leftReleaseIds: releasesOf(left) },
    };
  }
  const derived = deriveRelease(standing, serving, asked.levers);
  if ('code' in derived) return refused(derived);
  return { plan: { ...plan, left: serving, replacement: { derived }, leftReleaseIds: releasesOf(serving) } };
}

/** Of what stops being served by turning off or falling back: what was served until now. */
const served = (standing: Standing, serving: readonly Left[], { segment }: AskedRollback) =>
  serving.filter(({ stage }) => outcomeIn(standing, stage, segment) === 'release');

const releasesOf = (left: readonly Left[]) => [...new Set(left.map(({ releaseId }) => releaseId))];
