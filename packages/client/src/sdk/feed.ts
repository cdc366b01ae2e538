import type { SnapshotVersion } from '../decide/snapshot.js';
import { pause } from './pause.js';
import type { RegistryHttp } from './registry-http.js';
import type { ServerClock } from './server-clock.js';
import { SnapshotFetcher, type FetchListener } from './snapshot-fetcher.js';
import { SnapshotStream } from './snapshot-stream.js';
import type { Surroundings, Timings } from './timings.js';
import { isNewer } from './version.js';

export interface FeedListener extends FetchListener {
  /** Whether the registry answers; told when that changes. */
  touch(isInTouch: boolean, reason: string | null): void;
}

/** Keeps what is held of a set of workflows up to date: by a stream, and by asking while there is none. */
export class Feed {
  isInTouch = false;
  private readonly workflows = new Set<string>();
  private readonly fetcher: SnapshotFetcher;
  private readonly streams: SnapshotStream[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly another: () => SnapshotStream;

  constructor(
    http: RegistryHttp,
    clock: ServerClock,
    private readonly timings: Timings,
    private readonly here: Surroundings,
    private readonly listener: FeedListener,
    private readonly closing: AbortSignal,
  ) {
    const fetches: FetchListener = {
      held: (workflow) => listener.held(workflow),
      arrived: (snapshot, etag) => {
        this.touch(true, null);
        listener.arrived(snapshot, etag);
      },
      confirmed: (workflow) => {
        this.touch(true, null);
        listener.confirmed(workflow);
      },
      failed: (workflow, status, message) => {
        // Who refuses answers.
        if (status === null || status >= 500) this.touch(false, message);
        listener.failed(workflow, status, message);
      },
    };
    this.fetcher = new SnapshotFetcher(http, clock, timings, here, fetches, closing);
    const frames = {
      announced: (workflow: string, version: SnapshotVersion, etag: string | null) =>
        this.announced(workflow, version, etag),
      opened: () => undefined,
      // Whether the registry is gone or only this connection is what asking for a snapshot tells.
      ended: (reason: string | null) => {
        if (reason !== null) void this.refresh();
      },
    };
    this.another = () => new SnapshotStream(http, timings, here, frames, closing);
    closing.addEventListener('abort', () => {
      if (this.timer) clearTimeout(this.timer);
    });
  }

  /** @returns when the first answer, or the first failure, is there */
  add(workflow: string): Promise<void> {
    if (!this.workflows.has(workflow)) this.streamFor(workflow).add(workflow);
    this.workflows.add(workflow);
    if (!this.timer) this.plan();
    return this.fetcher.want(workflow, null);
  }

  /** Somebody says that there is this version: a frame, or the answer to a report. */
  announced(workflow: string, version: SnapshotVersion, etag: string | null): void {
    if (!this.workflows.has(workflow)) return;
    const held = this.listener.held(workflow);
    if (isNewer(version, held.version)) void this.fetcher.want(workflow, version);
    else if (!isNewer(held.version ?? version, version)) {
      // The same version with other bytes: a candidate elsewhere than in production, or a newer server.
      if (etag !== null && held.etag !== null && etag !== held.etag) void this.fetcher.want(workflow, null);
      else this.listener.confirmed(workflow);
    }
  }

  /** One that has room for it: servers bound what one request may name. */
  private streamFor(workflow: string): SnapshotStream {
    const found = this.streams.find((stream) => stream.hasRoomFor(workflow));
    if (found) return found;
    const stream = this.another();
    this.streams.push(stream);
    return stream;
  }

  private async refresh(): Promise<void> {
    await pause(this.timings.retryMs * this.here.random(), this.closing);
    if (this.closing.aborted) return;
    for (const workflow of this.workflows) void this.fetcher.want(workflow, null);
  }

  private plan(): void {
    if (this.closing.aborted) return;
    this.timer = setTimeout(
      () => {
        if (!this.isInTouch || this.streams.some(({ isOpen }) => !isOpen))
          for (const workflow of this.workflows) void this.fetcher.want(workflow, null);
        this.plan();
      },
      this.timings.pollMs * (0.5 + this.here.random()),
    );
    this.timer.unref();
  }

  private touch(isInTouch: boolean, reason: string | null): void {
    if (this.isInTouch === isInTouch) return;
    this.isInTouch = isInTouch;
    this.listener.touch(isInTouch, reason);
  }
}
