import type { InstanceReads } from '../telemetry/instance.reads.js';
import { inAppliedOrder, overruledBy } from './applied-order.domain.js';
import { effectiveRelease, outcomeIn, overlaysOver } from './effective.domain.js';
import type { OnCallHeadline, OnCallLive } from './on-call.types.js';
import type { OnCallOverlay, OnCallStage } from './on-call-stage.types.js';
import { headlineOf, type SameInStages } from './headline.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import { suspects } from './recommendation.domain.js';
import { servesSince } from './scope.domain.js';
import type { OpenOverlay, Standing, StandingStage } from './standing.domain.js';
import { trafficShares } from './traffic.domain.js';

type ByStage = Awaited<ReturnType<InstanceReads['byStage']>>;

const overlayIn =
  (overlays: readonly OpenOverlay[]) =>
  (overlay: OpenOverlay): OnCallOverlay => {
    const { id, rollbackId, rollbackNumber, isDrill, levers, from, to, segment } = overlay;
    return {
      ...{ id, rollbackId, rollbackNumber, isDrill, kind: overlayKind(levers), since: from, to, segment },
      overruledBy: overruledBy(overlay, overlays).map(overlayIn(overlays)),
    };
  };

const outcomeWords = {
  release: 'release',
  disabled: 'disabled',
  fallback: 'fallback',
  failure: 'failure',
} as const;

function stageView(
  standing: Standing,
  stage: StandingStage,
  share: number | null,
  reported: ByStage | null,
): OnCallStage {
  const { key, name, position, pointer, audience } = stage;
  const releaseId = effectiveRelease(standing, stage);
  const release = releaseId === null ? undefined : standing.releases.get(releaseId);
  const [decides = null] = overlaysOver(standing, key, []);
  const overlayOf = overlayIn(standing.overlays);
  const hold = standing.holds.find((one) => one.stageKey === key) ?? null;
  const standingPointer = releaseId !== null && pointer?.releaseId === releaseId ? pointer : null;
  return {
    ...{ stageKey: key, name, position, audience: audience.description, percentage: audience.percentage },
    ...{ releaseId: release?.id ?? null, alias: release?.alias ?? null },
    ...{ digest: release?.digest ?? null, number: release?.number ?? null },
    since: releaseId === null ? null : servesSince(standing, { stage, releaseId }),
    byName: standingPointer?.byName ?? null,
    occupancyOrigin: releaseId === null ? null : (standingPointer?.origin ?? 'overlay'),
    effectiveOutcome: outcomeWords[outcomeIn(standing, stage)],
    overlay: decides && overlayOf(decides),
    overlays: inAppliedOrder(standing.overlays.filter((one) => one.stageKey === key)).map(overlayOf),
    hold: hold && { id: hold.id, since: hold.from, rollbackNumber: hold.rollbackNumber },
    quarantined:
      releaseId !== null &&
      standing.quarantines.some((one) => one.releaseId === releaseId && one.stageKey === key),
    trafficShare: share,
    instances:
      reported &&
      (reported.find((one) => one.stageKey === key && one.release === release?.digest)?.instances ?? 0),
  };
}

/** @param reported by instances; null where none report */
export function stageViews(standing: Standing, reported: ByStage | null): OnCallStage[] {
  const shares = trafficShares(standing.stages);
  return standing.stages.map((stage) => stageView(standing, stage, shares.get(stage.key) ?? null, reported));
}

/** What is served, in one line. */
export function headlineView(standing: Standing): OnCallHeadline | null {
  const headline = headlineOf(standing);
  if (!headline) return null;
  const inStages = ({ outcome, to, releaseId, stageKeys }: SameInStages) => ({
    ...{ outcome, to, stageKeys: [...stageKeys] },
    release: releaseId === null ? null : (standing.releases.get(releaseId) ?? null),
  });
  const { everywhere, since, byName, rollbackNumber, elsewhere } = headline;
  return {
    ...inStages(headline),
    ...{ everywhere, since, byName, rollbackNumber, elsewhere: elsewhere.map(inStages) },
  };
}

/** What came last into any stage, and where it is: what a rollback leaves. */
export function liveView(standing: Standing): OnCallLive | null {
  const left = suspects(standing);
  const [first] = left;
  const release = first && standing.releases.get(first.releaseId);
  if (!release) return null;
  const latest = left
    .map((one) => ({ ...one, since: servesSince(standing, one) }))
    .sort((a, b) => b.since.getTime() - a.since.getTime())[0];
  const { id: releaseId, alias, digest, number } = release;
  return {
    ...{ releaseId, alias, digest, number, since: latest?.since ?? new Date(0) },
    byName: latest?.stage.pointer?.releaseId === releaseId ? (latest.stage.pointer.byName ?? null) : null,
    stageKeys: left.map(({ stage }) => stage.key),
  };
}
