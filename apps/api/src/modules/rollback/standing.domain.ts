import type { AudienceRule, Lever } from '@holdpoint/client/decide/snapshot.js';
import type { FailureBehaviour, Lever as LeverKind } from '../workflow/contract.schema.js';

/** What decide() applies. */
export type AppliedLever = Lever;

/** How one release has been in one stage: first ever, first through its gates, and last. */
export interface StageEntryFact {
  readonly releaseId: string;
  readonly firstFrom: Date;
  /** By a promotion, or past gates in a way that a different person found justified; null: never. */
  readonly firstGated: Date | null;
  /** Of its latest stay. */
  readonly lastFrom: Date;
  /** End of its latest stay; null: it is there still. */
  readonly until: Date | null;
}

export interface PointerFact {
  readonly releaseId: string;
  readonly from: Date;
  readonly origin: string;
  /** Name of who brought it there. */
  readonly byName: string | null;
}

/** One stage, as it serves and has served. */
export interface StandingStage {
  readonly key: string;
  readonly name: string;
  readonly position: number;
  readonly revisionId: string;
  readonly audience: {
    readonly description: string;
    readonly percentage: number;
    readonly rules: readonly AudienceRule[];
  };
  readonly expectedRequestsPerDay: number;
  readonly pointer: PointerFact | null;
  /** The latest few releases that were ever in it, newest first. */
  readonly entries: readonly StageEntryFact[];
}

export interface OpenOverlay {
  readonly id: string;
  readonly rollbackId: string;
  readonly rollbackNumber: number;
  readonly isDrill: boolean;
  /** Null: whoever is in no stage. */
  readonly stageKey: string | null;
  readonly segment: readonly AudienceRule[];
  readonly levers: readonly AppliedLever[];
  readonly from: Date;
  readonly to: Date | null;
}

export interface OpenHold {
  readonly id: string;
  readonly stageKey: string;
  readonly from: Date;
  readonly rollbackNumber: number;
  readonly incidentId: string;
  readonly incidentNumber: number;
}

export interface OpenQuarantine {
  readonly id: string;
  readonly releaseId: string;
  readonly stageKey: string;
  readonly segment: readonly AudienceRule[];
  readonly rollbackNumber: number;
}

export interface PinnedStep {
  readonly name: string;
  readonly promptVersionId: string;
  readonly promptDigest: string;
  readonly variables: readonly string[];
  readonly modelConfigVersionId: string;
  readonly modelConfigId: string;
  readonly modelDigest: string;
  readonly model: string;
  readonly isAlias: boolean;
}

export interface StandingRelease {
  readonly id: string;
  readonly number: number;
  readonly alias: string;
  readonly digest: string;
  readonly derivedFromId: string | null;
  readonly outputId: string;
  /** RFC 8785 canonical JSON of its bundle. */
  readonly canonical: string;
  readonly steps: readonly PinnedStep[];
  readonly tools: readonly string[];
  /** One of its tools does more than read. */
  readonly writes: boolean;
}

/** Everything that a decision about a rollback rests on, at one instant. */
export interface Standing {
  readonly workflowId: string;
  readonly fullKey: string;
  readonly name: string;
  readonly retired: boolean;
  readonly incarnation: number;
  readonly epoch: number;
  /** In the order of the rollout. */
  readonly stages: readonly StandingStage[];
  /** In force, oldest first. */
  readonly overlays: readonly OpenOverlay[];
  readonly holds: readonly OpenHold[];
  readonly quarantines: readonly OpenQuarantine[];
  readonly releases: ReadonlyMap<string, StandingRelease>;
  /** Of the contract that was published last; null where none was. */
  readonly failure: FailureBehaviour | null;
  readonly namedLevers: readonly LeverKind[];
  readonly lastRollbackNumber: number;
  readonly lastIncidentNumber: number;
}

/** What stands behind a derived release: the release that somebody made. */
export function madeOf(releases: Standing['releases'], id: string): string {
  const seen = new Set<string>();
  let at = id;
  for (
    let from = releases.get(at)?.derivedFromId;
    from && !seen.has(from);
    from = releases.get(at)?.derivedFromId
  ) {
    seen.add(from);
    at = from;
  }
  return at;
}
