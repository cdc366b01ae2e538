import { belongs, matchesAll, type Context } from './audience.js';
import {
  autonomyModes,
  toolEffects,
  type AutonomyMode,
  type FailureBehaviour,
  type Fallback,
  type Snapshot,
  type SnapshotOverlay,
  type SnapshotRelease,
  type SnapshotStage,
  type SnapshotVersion,
} from './snapshot.js';

/** What one request gets. */
export type Decision = {
  version: SnapshotVersion;
  /** The stage that decided; null where none did. */
  stage: string | null;
  /** The newest overlay that changed the answer. */
  overlayId: string | null;
} & (
  | {
      outcome: 'release';
      releaseId: string;
      digest: string;
      /** The lesser of what the contract and the stage allow. */
      autonomyMode: AutonomyMode;
      /** Switched off by an overlay, or with more effect than the stage allows; sorted. */
      disabledTools: string[];
    }
  | { outcome: 'disabled' }
  | { outcome: 'fallback'; to: Fallback }
  /** Nothing is there to serve: the contract says what the application does. */
  | { outcome: 'failure'; failure: FailureBehaviour }
);

const noOverlays: readonly SnapshotOverlay[] = [];

/**
 * Who gets what: the one function of server and client. Pure; `now` in milliseconds is an argument. Overlays of a stage
 * come before its release; `disable` and `fallback` end the evaluation. A stage without a release, or with one in
 * quarantine, falls through to the next whose audience takes the request. It runs for every request of an application:
 * answers are written out field by field, since V8 keeps objects that are put together by spreading in a slow form, and
 * what there mostly is none of is not looked through.
 * @param context may name the `stage` itself, where the audience is decided elsewhere; then no other is asked
 */
export function decide(snapshot: Snapshot, context: Context, now: number): Decision {
  const { version, workflowId, stages, failure } = snapshot;
  const named = context.stage;
  const overlays = snapshot.overlays.length === 0 ? noOverlays : inForce(snapshot.overlays, context, now);
  for (const stage of stages) {
    if (named === undefined ? !belongs(workflowId, stage, context) : stage.key !== named) continue;
    const decision = within(snapshot, stage, overlays, context);
    if (decision) return decision;
  }
  const general =
    overlays.length === 0
      ? null
      : ended(
          version,
          null,
          overlays.filter(({ stages: of }) => of === null || of.length === 0),
        );
  return general ?? { version, stage: null, overlayId: null, outcome: 'failure', failure };
}

const inForce = (overlays: readonly SnapshotOverlay[], context: Context, now: number) =>
  overlays.filter(
    ({ from, to, segment }) => from <= now && (to === null || now < to) && matchesAll(segment, context),
  );

/** Disabling beats everything, falling back beats every release; of two that say the same the newer one is named. */
function ended(
  version: SnapshotVersion,
  stage: string | null,
  overlays: readonly SnapshotOverlay[],
): Decision | null {
  const newest = overlays.toReversed();
  const disabled = newest.find(({ levers }) => levers.some(({ kind }) => kind === 'disable'));
  if (disabled) return { version, stage, overlayId: disabled.id, outcome: 'disabled' };
  for (const { id, levers } of newest) {
    const fallback = levers.find((lever) => lever.kind === 'fallback');
    if (fallback) return { version, stage, overlayId: id, outcome: 'fallback', to: fallback.to };
  }
  return null;
}

function within(
  snapshot: Snapshot,
  stage: SnapshotStage,
  all: readonly SnapshotOverlay[],
  context: Context,
): Decision | null {
  let releaseId = stage.releaseId;
  let overlayId: string | null = null;
  let off: Set<string> | null = null;
  if (all.length > 0) {
    const overlays = all.filter(({ stages }) => stages === null || stages.includes(stage.key));
    const end = ended(snapshot.version, stage.key, overlays);
    if (end) return end;
    for (const { id, levers } of overlays)
      for (const lever of levers) {
        if (lever.kind === 'serve') releaseId = lever.releaseId;
        else if (lever.kind === 'disableTool') (off ??= new Set()).add(lever.tool);
        overlayId = id;
      }
  }
  const release = releaseId === null ? undefined : snapshot.releases[releaseId];
  if (!release || isQuarantined(release, stage, context)) return null;
  return {
    version: snapshot.version,
    stage: stage.key,
    overlayId,
    outcome: 'release',
    releaseId: release.id,
    digest: release.digest,
    autonomyMode: lesser(autonomyModes, release.autonomyMode, stage.cap.autonomyMode),
    disabledTools: disabledTools(release, stage, off),
  };
}

const isQuarantined = ({ quarantines }: SnapshotRelease, stage: SnapshotStage, context: Context) =>
  quarantines.length > 0 &&
  quarantines.some(
    ({ stages, segment }) => (stages === null || stages.includes(stage.key)) && matchesAll(segment, context),
  );

function lesser<T>(scale: readonly T[], one: T, other: T): T {
  return one === other || scale.indexOf(one) <= scale.indexOf(other) ? one : other;
}

function disabledTools(
  { tools }: SnapshotRelease,
  { cap }: SnapshotStage,
  off: ReadonlySet<string> | null,
): string[] {
  const most = toolEffects.indexOf(cap.toolEffect);
  const disabled: string[] = [];
  for (const { name, effect } of tools)
    if (toolEffects.indexOf(effect) > most || off?.has(name) === true) disabled.push(name);
  return disabled.length > 1 ? disabled.sort() : disabled;
}
