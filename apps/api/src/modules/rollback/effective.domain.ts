import { inAppliedOrder, type AppliedOverlay } from './applied-order.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import { covers, type Segment } from './segment.domain.js';
import type { OpenQuarantine } from './standing.domain.js';

/** What lies over the stages of a workflow, in any order. */
export interface LaidOverlays<O extends AppliedOverlay = AppliedOverlay> {
  readonly overlays: readonly (O & { readonly isDrill: boolean })[];
}

/** What a rollback left is served nowhere, wherever it is in quarantine. */
export interface Quarantined {
  readonly quarantines: readonly Pick<OpenQuarantine, 'releaseId' | 'stageKey' | 'segment'>[];
}

/** A stage, and the release that its pointer names. */
export interface PointedStage {
  readonly key: string;
  readonly pointer: { readonly releaseId: string } | null;
}

/**
 * Overlays that are certainly laid over everybody of this segment in this place, the one that wins first. Drills are
 * none of them.
 */
export const overlaysOver = <O extends AppliedOverlay>(
  { overlays }: LaidOverlays<O>,
  stageKey: string | null,
  segment: Segment,
): O[] =>
  inAppliedOrder<O>(
    overlays.filter(
      (overlay) => !overlay.isDrill && overlay.stageKey === stageKey && covers(overlay.segment, segment),
    ),
  );

/** The release that serves this segment in this stage, whatever ends the evaluation before it; null: none. */
export function effectiveRelease(
  laid: LaidOverlays,
  stage: PointedStage,
  segment: Segment = [],
): string | null {
  const levers = overlaysOver(laid, stage.key, segment).flatMap((overlay) => overlay.levers);
  const served = levers.find((lever) => lever.kind === 'serve');
  return served?.releaseId ?? stage.pointer?.releaseId ?? null;
}

export type Outcome = 'release' | 'disabled' | 'fallback' | 'failure';

/** Whether a release is in quarantine for this segment in this stage. */
export const isQuarantinedIn = (
  { quarantines }: Quarantined,
  releaseId: string,
  stageKey: string,
  segment: Segment = [],
): boolean =>
  quarantines.some(
    (one) => one.releaseId === releaseId && one.stageKey === stageKey && covers(one.segment, segment),
  );

/** What a request of this segment gets in this stage. `failure`: it falls through to the next stage, or to nothing. */
export function outcomeIn(
  standing: LaidOverlays & Quarantined,
  stage: PointedStage,
  segment: Segment = [],
): Outcome {
  const [first] = overlaysOver(standing, stage.key, segment);
  const kind = first && overlayKind(first.levers);
  if (kind === 'disable') return 'disabled';
  if (kind === 'fallback') return 'fallback';
  const releaseId = effectiveRelease(standing, stage, segment);
  return releaseId === null || isQuarantinedIn(standing, releaseId, stage.key, segment)
    ? 'failure'
    : 'release';
}
