import type { FallbackTarget } from './lever.schema.js';
import type { AppliedOverlay } from './applied-order.domain.js';
import {
  effectiveRelease,
  outcomeIn,
  overlaysOver,
  type LaidOverlays,
  type Outcome,
  type PointedStage,
  type Quarantined,
} from './effective.domain.js';
import { overlayKind } from './overlay-kind.domain.js';

/** What everybody in a stage gets, but for segments that something is laid over. */
export interface ServedIn<O> {
  readonly outcome: Outcome;
  /** Served there, or what would be if nothing ended the evaluation or was in quarantine; null: nothing. */
  readonly releaseId: string | null;
  /** Where it falls back: to what. */
  readonly to: FallbackTarget | null;
  /** What decides that, where it is not the pointer. */
  readonly overlay: O | null;
}

/** Drills are left out: they serve test requests. */
export function servedIn<O extends AppliedOverlay>(
  laid: LaidOverlays<O> & Quarantined,
  stage: PointedStage,
): ServedIn<O> {
  const outcome = outcomeIn(laid, stage);
  const overlays = overlaysOver<O>(laid, stage.key, []);
  const overlay = overlays.find(({ levers }) => overlayKind(levers) !== 'disableTool') ?? null;
  const fallback = outcome === 'fallback' && overlay?.levers.find(({ kind }) => kind === 'fallback');
  return {
    outcome,
    releaseId: effectiveRelease(laid, stage),
    to: fallback && fallback.kind === 'fallback' ? fallback.to : null,
    overlay,
  };
}
