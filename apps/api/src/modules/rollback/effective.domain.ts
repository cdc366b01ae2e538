import type { AudienceRule } from '@holdpoint/client/decide/snapshot.js';
import type { OpenOverlay, Standing, StandingStage } from './standing.domain.js';

export type Segment = readonly AudienceRule[];

const text = (segment: Segment) =>
  JSON.stringify(segment.map(({ attribute, operator, values }) => [attribute, operator, values]));

export const sameSegment = (one: Segment, other: Segment): boolean => text(one) === text(other);

/** Whether what is laid over `outer` is laid over everybody in `inner`, as far as that can be shown. */
export const covers = (outer: Segment, inner: Segment): boolean =>
  outer.length === 0 || sameSegment(outer, inner);

/** Overlays that are certainly laid over everybody of this segment in this place, oldest first. Drills are none of them. */
export const overlaysOver = (
  { overlays }: Pick<Standing, 'overlays'>,
  stageKey: string | null,
  segment: Segment,
): OpenOverlay[] =>
  overlays.filter(
    (overlay) => !overlay.isDrill && overlay.stageKey === stageKey && covers(overlay.segment, segment),
  );

/** The release that serves this segment in this stage, whatever ends the evaluation before it; null: none. */
export function effectiveRelease(
  standing: Pick<Standing, 'overlays'>,
  stage: Pick<StandingStage, 'key' | 'pointer'>,
  segment: Segment = [],
): string | null {
  const served = overlaysOver(standing, stage.key, segment).flatMap(({ levers }) =>
    levers.flatMap((lever) => (lever.kind === 'serve' ? [lever.releaseId] : [])),
  );
  return served.at(-1) ?? stage.pointer?.releaseId ?? null;
}

export type Outcome = 'release' | 'disabled' | 'fallback' | 'failure';

/** Whether a release is in quarantine for this segment in this stage. */
export const isQuarantinedIn = (
  { quarantines }: Pick<Standing, 'quarantines'>,
  releaseId: string,
  stageKey: string,
  segment: Segment = [],
): boolean =>
  quarantines.some(
    (one) => one.releaseId === releaseId && one.stageKey === stageKey && covers(one.segment, segment),
  );

/** What a request of this segment gets in this stage. `failure`: it falls through to the next stage, or to nothing. */
export function outcomeIn(
  standing: Pick<Standing, 'overlays' | 'quarantines'>,
  stage: Pick<StandingStage, 'key' | 'pointer'>,
  segment: Segment = [],
): Outcome {
  const levers = overlaysOver(standing, stage.key, segment).flatMap((overlay) => overlay.levers);
  if (levers.some(({ kind }) => kind === 'disable')) return 'disabled';
  if (levers.some(({ kind }) => kind === 'fallback')) return 'fallback';
  const releaseId = effectiveRelease(standing, stage, segment);
  return releaseId === null || isQuarantinedIn(standing, releaseId, stage.key, segment)
    ? 'failure'
    : 'release';
}
