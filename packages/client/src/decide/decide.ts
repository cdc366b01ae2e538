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

/**
 * Who gets what: the one function of server and client. Pure; `now` in milliseconds is an argument. Overlays of a stage
 * come before its release; `disable` and `fallback` end the evaluation. A stage without a release, or with one in
 * quarantine, falls through to the next whose audience takes the request.
 * @param context may name the `stage` itself, where the audience is decided elsewhere; then no other is asked
 */
export function decide(snapshot: Snapshot, context: Context, now: number): Decision {
  const { version, workflowId, stages, failure } = snapshot;
  const named = context.stage;
  const overlays = snapshot.overlays.filter(
    ({ from, to, segment }) => from <= now && (to === null || now < to) && matchesAll(segment, context),
  );
  for (const stage of stages) {
    if (named === undefined ? !belongs(workflowId, stage, context) : stage.key !== named) continue;
    const decision = within(snapshot, stage, overlays, context);
    if (decision) return decision;
  }
  const general = outcomeOf(overlays.filter(({ stages: of }) => of === null || of.length === 0));
  if (general) return { version, stage: null, ...general };
  return { version, stage: null, overlayId: null, outcome: 'failure', failure };
}

/** Disabling beats everything, falling back beats every release; of two that say the same the newer one is named. */
function outcomeOf(overlays: readonly SnapshotOverlay[]) {
  const newest = overlays.toReversed();
  const disabled = newest.find(({ levers }) => levers.some(({ kind }) => kind === 'disable'));
  if (disabled) return { overlayId: disabled.id, outcome: 'disabled' } as const;
  for (const { id, levers } of newest) {
    const fallback = levers.find((lever) => lever.kind === 'fallback');
    if (fallback) return { overlayId: id, outcome: 'fallback', to: fallback.to } as const;
  }
  return null;
}

function within(
  snapshot: Snapshot,
  stage: SnapshotStage,
  all: readonly SnapshotOverlay[],
  context: Context,
): Decision | null {
  const overlays = all.filter(({ stages }) => stages === null || stages.includes(stage.key));
  const place = { version: snapshot.version, stage: stage.key };
  const ended = outcomeOf(overlays);
  if (ended) return { ...place, ...ended };
  let releaseId = stage.releaseId;
  let overlayId: string | null = null;
  const off = new Set<string>();
  for (const { id, levers } of overlays)
    for (const lever of levers) {
      if (lever.kind === 'serve') ({ releaseId } = lever);
      else if (lever.kind === 'disableTool') off.add(lever.tool);
      overlayId = id;
    }
  const release = releaseId === null ? undefined : snapshot.releases[releaseId];
  if (!release || isQuarantined(release, stage, context)) return null;
  return {
    ...place,
    ...{ overlayId, outcome: 'release', releaseId: release.id, digest: release.digest },
    autonomyMode: lesser(autonomyModes, release.autonomyMode, stage.cap.autonomyMode),
    disabledTools: disabledTools(release, stage, off),
  };
}

const isQuarantined = ({ quarantines }: SnapshotRelease, stage: SnapshotStage, context: Context) =>
  quarantines.some(
    ({ stages, segment }) => (stages === null || stages.includes(stage.key)) && matchesAll(segment, context),
  );

function lesser<T>(scale: readonly T[], one: T, other: T): T {
  return scale.indexOf(one) <= scale.indexOf(other) ? one : other;
}

function disabledTools(release: SnapshotRelease, { cap }: SnapshotStage, off: ReadonlySet<string>): string[] {
  const most = toolEffects.indexOf(cap.toolEffect);
  return release.tools
    .filter(({ name, effect }) => off.has(name) || toolEffects.indexOf(effect) > most)
    .map(({ name }) => name)
    .sort();
}
