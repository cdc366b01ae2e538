import { createHash } from 'node:crypto';
import type { Snapshot, SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import { decide, type Decision } from '@holdpoint/client/decide/decide.js';
import type { Context } from '@holdpoint/client/decide/audience.js';
import { decisionText, renderDecision, type RenderedDecision } from './rendered-decision.js';
import { versionText } from './snapshot-version.domain.js';

/** Of one snapshot: more decisions than stages, overlays and their segments can make. */
const mostRendered = 1000;

/** A snapshot in memory. What is sent of it is worked out when it is first asked for, once. */
export class HeldSnapshot {
  private sent: { bytes: Buffer; etag: string } | null = null;
  private open: Snapshot | null = null;
  private readonly whole = new Map<string, RenderedDecision>();
  private readonly shown = new Map<string, RenderedDecision>();

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

  /** What this request gets, as it is sent. @param isPublic for a key of browsers @param now milliseconds */
  decided(context: Context, isPublic: boolean, now: number): RenderedDecision {
    const snapshot = isPublic ? this.publicSnapshot : this.snapshot;
    const decision = decide(snapshot, context, now);
    return this.render(snapshot, decision, isPublic);
  }

  private render(snapshot: Snapshot, decision: Decision, isPublic: boolean): RenderedDecision {
    const known = isPublic ? this.shown : this.whole;
    // Without an overlay the stage says it all.
    const text = decision.overlayId === null ? (decision.stage ?? '') : decisionText(decision);
    const found = known.get(text);
    if (found) return found;
    if (known.size >= mostRendered) known.clear();
    const made = renderDecision(snapshot, decision, isPublic);
    known.set(text, made);
    return made;
  }

  private rendered(): { bytes: Buffer; etag: string } {
    if (this.sent) return this.sent;
    const bytes = Buffer.from(JSON.stringify(this.snapshot));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    this.sent = { bytes, etag: `"${versionText(this.version)}.${hash}"` };
    return this.sent;
  }
}
