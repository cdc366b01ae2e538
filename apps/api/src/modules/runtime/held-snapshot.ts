import { createHash } from 'node:crypto';
import type { Snapshot, SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import { versionText } from './snapshot-version.domain.js';

/** A snapshot in memory. What is sent of it is worked out when it is first asked for, once. */
export class HeldSnapshot {
  private sent: { bytes: Buffer; etag: string } | null = null;
  private open: Snapshot | null = null;

  constructor(
    readonly snapshot: Snapshot,
    readonly teamId: string,
  ) {}

  get workflowId(): string {
    return this.snapshot.workflowId;
  }

  get version(): SnapshotVersion {
    return this.snapshot.version;
  }

  /** Whether any of it is for keys of browsers. */
  get isPublic(): boolean {
    return this.publicSnapshot.stages.length > 0;
  }

  /** With the stages that are marked public alone. */
  get publicSnapshot(): Snapshot {
    this.open ??= { ...this.snapshot, stages: this.snapshot.stages.filter((stage) => stage.public === true) };
    return this.open;
  }

  /** The snapshot as JSON. */
  get bytes(): Buffer {
    return this.rendered().bytes;
  }

  /** Quoted: `"<incarnation>.<epoch>.<hash>"`. */
  get etag(): string {
    return this.rendered().etag;
  }

  private rendered(): { bytes: Buffer; etag: string } {
    if (this.sent) return this.sent;
    const bytes = Buffer.from(JSON.stringify(this.snapshot));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    this.sent = { bytes, etag: `"${versionText(this.version)}.${hash}"` };
    return this.sent;
  }
}
