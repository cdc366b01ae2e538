import type { FailureBehaviour, Snapshot, SnapshotVersion } from '../decide/snapshot.js';
import type { ServedState } from '../report/heartbeat.schema.js';
import { isNewer, noVersion } from './version.js';

/** What this process holds of one workflow. Its version only grows, whatever arrives, in whatever order. */
export class WorkflowState {
  snapshot: Snapshot | null = null;
  etag: string | null = null;
  /** From an earlier run, and not confirmed since. */
  isFromDisk = false;
  /** The registry said that this key or this name gets nothing. */
  isRefused = false;

  constructor(
    readonly key: string,
    /** Where there is not even a stored snapshot. */
    private readonly givenFailure: FailureBehaviour,
  ) {}

  get version(): SnapshotVersion {
    return this.snapshot?.version ?? noVersion;
  }

  get failure(): FailureBehaviour {
    return this.snapshot?.failure ?? this.givenFailure;
  }

  /**
   * Takes it over unless what is held is newer, or the same. What an earlier run stored of a workflow of the same name
   * in another registry is no older version of this one. @returns whether it was taken over
   */
  accept(snapshot: Snapshot, etag: string | null): boolean {
    const held = this.snapshot?.workflowId === snapshot.workflowId ? this.snapshot : null;
    const isOlder = held !== null && isNewer(held.version, snapshot.version);
    if (isOlder) return false;
    this.isRefused = false;
    const isSame =
      held !== null && !isNewer(snapshot.version, held.version) && (etag === null || etag === this.etag);
    this.isFromDisk = false;
    if (isSame) return false;
    this.snapshot = snapshot;
    this.etag = etag;
    return true;
  }

  /** The registry says that what is held is what it has. */
  confirm(): void {
    this.isFromDisk = false;
    this.isRefused = false;
  }

  /** @param isInTouch whether the registry answered when it was last asked */
  state(isInTouch: boolean): ServedState {
    if (!this.snapshot) return 'fallback';
    if (this.isFromDisk) return 'disk';
    return isInTouch && !this.isRefused ? 'live' : 'memory';
  }
}
