import type {
  AudienceRule,
  BucketBy,
  Cap,
  FailureBehaviour,
  Lever,
  Snapshot,
  SnapshotRelease,
  SnapshotVersion,
} from '@holdpoint/client/decide/snapshot.js';

/** What never changes of a release. */
export type ReleaseContent = Omit<SnapshotRelease, 'quarantines'>;

/** What moves, of one workflow at one instant. */
export interface ServedParts extends SnapshotVersion {
  workflowId: string;
  teamId: string;
  /** team.workflow */
  key: string;
  retired: boolean;
  stages: readonly {
    key: string;
    audience: { rules: readonly AudienceRule[]; percentage: number; bucketBy: BucketBy };
    cap: Cap;
    public: boolean | null;
    releaseId: string | null;
  }[];
  /** In the order in which they were laid. */
  overlays: readonly {
    id: string;
    stageKey: string | null;
    segment: readonly AudienceRule[];
    levers: readonly Lever[];
    /** Milliseconds since 1970. */
    to: number | null;
  }[];
  quarantines: readonly { releaseId: string; stageKey: string; segment: readonly AudienceRule[] }[];
  /** Of the latest published contract. */
  failure: { action: FailureBehaviour['action']; fallback: FailureBehaviour['fallback'] | 'none' } | null;
}

/** What an application does where no contract says anything. */
const unsaid: FailureBehaviour = { action: 'abstain', fallback: null };

const failureOf = ({ failure }: Pick<ServedParts, 'failure'>): FailureBehaviour =>
  failure === null
    ? unsaid
    : { action: failure.action, fallback: failure.fallback === 'none' ? null : failure.fallback };

/** Every release that a stage or an overlay names. */
export function releasesNamed({ stages, overlays }: Pick<ServedParts, 'stages' | 'overlays'>): string[] {
  const served = overlays.flatMap(({ levers }) =>
    levers.flatMap((lever) => (lever.kind === 'serve' ? [lever.releaseId] : [])),
  );
  return [...new Set([...stages.flatMap(({ releaseId }) => releaseId ?? []), ...served])];
}

/** What production serves of a workflow. @param content of every release named */
export function compileSnapshot(
  parts: ServedParts,
  content: (releaseId: string) => ReleaseContent | undefined,
): Snapshot {
  const { workflowId, key, incarnation, epoch } = parts;
  const releases: Record<string, SnapshotRelease> = {};
  for (const id of releasesNamed(parts)) {
    const found = content(id);
    if (!found) throw new Error(`Release ${id} is served and not there`);
    const quarantines = parts.quarantines
      .filter(({ releaseId }) => releaseId === id)
      .map(({ stageKey, segment }) => ({ stages: [stageKey], segment }));
    releases[id] = { ...found, quarantines };
  }
  return {
    ...{ workflowId, key, environment: 'production', version: { incarnation, epoch } },
    stages: parts.stages.map(({ key: stage, audience, cap, releaseId, public: open }) => ({
      ...{ key: stage, rules: audience.rules, percentage: audience.percentage, bucketBy: audience.bucketBy },
      ...{ releaseId, cap, ...(open === true ? { public: true } : {}) },
    })),
    overlays: parts.overlays.map(({ id, stageKey, segment, levers, to }) => ({
      ...{ id, stages: stageKey === null ? [] : [stageKey], segment, levers },
      // In force since before this was compiled: whoever's clock is behind must not wait for it.
      ...{ from: 0, to },
    })),
    ...{ releases, failure: failureOf(parts) },
  };
}

/** What one other environment serves of a workflow: its candidate, to everybody and without a cap. */
export interface CandidateParts extends SnapshotVersion, Pick<ServedParts, 'workflowId' | 'key' | 'failure'> {
  environment: string;
  releaseId: string | null;
}

export function compileCandidate(
  parts: CandidateParts,
  content: (releaseId: string) => ReleaseContent | undefined,
): Snapshot {
  const { workflowId, key, environment, incarnation, epoch, releaseId } = parts;
  const found = releaseId === null ? undefined : content(releaseId);
  const stage = {
    ...{ key: 'candidate', rules: [], percentage: 100, bucketBy: 'user' as const, public: true },
    ...{
      releaseId: found?.id ?? null,
      cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' } as Cap,
    },
  };
  return {
    ...{ workflowId, key, environment, version: { incarnation, epoch }, stages: [stage], overlays: [] },
    releases: found ? { [found.id]: { ...found, quarantines: [] } } : {},
    failure: failureOf(parts),
  };
}
