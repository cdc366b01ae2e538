import { effectiveRelease, outcomeIn, overlaysOver } from './effective.domain.js';
import type { RollbackObjection } from './rollback-review.domain.js';
import type { OpenOverlay, Standing, StandingRelease, StandingStage } from './standing.domain.js';
import { isQuarantined } from './targets.domain.js';

/** What ending an overlay would come to. `widens` null: nothing more would be served than is. */
export interface EndPlan {
  readonly widens: { readonly stage: StandingStage; readonly release: StandingRelease } | null;
  readonly objections: readonly RollbackObjection[];
}

const toolsOff = (overlays: readonly OpenOverlay[]) =>
  new Set(
    overlays.flatMap(({ levers }) => levers.flatMap((one) => (one.kind === 'disableTool' ? [one.tool] : []))),
  );

/** Whether somebody would be served a release, or a tool, that they are not served now. */
function wouldWiden(before: Standing, after: Standing, stage: StandingStage, overlay: OpenOverlay): boolean {
  if (outcomeIn(after, stage, overlay.segment) !== 'release') return false;
  if (outcomeIn(before, stage, overlay.segment) !== 'release') return true;
  const [was, is] = [before, after].map((one) => effectiveRelease(one, stage, overlay.segment));
  if (was !== is) return true;
  const [off, stillOff] = [before, after].map((one) =>
    toolsOff(overlaysOver(one, stage.key, overlay.segment)),
  );
  return [...(off ?? [])].some((tool) => stillOff?.has(tool) !== true);
}

/**
 * What would be served to whom this overlay is laid over, were it gone, and what forbids that besides the gates: a hold
 * on the stage, a quarantine, another release than was shown.
 * @param expectedDigest of what was shown; undefined: nothing was said
 */
export function planOverlayEnd(
  standing: Standing,
  overlay: OpenOverlay,
  expectedDigest: string | null | undefined,
): EndPlan {
  const after = { ...standing, overlays: standing.overlays.filter(({ id }) => id !== overlay.id) };
  const stage = standing.stages.find(({ key }) => key === overlay.stageKey);
  const widens = stage && wouldWiden(standing, after, stage, overlay);
  const releaseId = stage && effectiveRelease(after, stage, overlay.segment);
  const release = releaseId ? standing.releases.get(releaseId) : undefined;
  const quarantined =
    stage && release && outcomeIn({ ...after, quarantines: [] }, stage, overlay.segment) === 'release'
      ? isQuarantined(standing, release.id)
      : false;
  if (quarantined && release)
    return {
      widens: null,
      objections: [
        {
          code: 'QUARANTINED',
          message: `${release.alias} would be served, which a rollback left; promote a fix instead`,
          field: 'overlayId',
        },
      ],
    };
  if (!widens || !release) return { widens: null, objections: [] };
  const hold = standing.holds.find(({ stageKey }) => stageKey === stage.key);
  const moved = expectedDigest !== undefined && expectedDigest !== release.digest;
  return {
    widens: { stage, release },
    objections: [
      ...(hold
        ? [
            {
              code: 'STAGE_ON_HOLD' as const,
              message: `${stage.name} is on hold since rollback #${String(hold.rollbackNumber)}; lift the hold first`,
            },
          ]
        : []),
      ...(moved
        ? [
            {
              code: 'TARGET_MOVED' as const,
              message: `${release.alias} would be served, not what was shown`,
              field: 'expectedDigest',
            },
          ]
        : []),
    ],
  };
}
