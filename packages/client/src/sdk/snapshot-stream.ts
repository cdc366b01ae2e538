import { z } from 'zod';
import type { SnapshotVersion } from '../decide/snapshot.js';
import { EventStreamParser } from './event-stream.js';
import { backoffMs, pause } from './pause.js';
import { reasonOf, type RegistryHttp } from './registry-http.js';
import type { Surroundings, Timings } from './timings.js';
import { chunksUntilAborted } from './until-aborted.js';

export interface StreamListener {
  announced(workflow: string, version: SnapshotVersion, etag: string | null): void;
  /** It is open; from now on changes arrive by themselves. */
  opened(): void;
  /** @param reason null where the server said goodbye or there are more workflows to ask for */
  ended(reason: string | null): void;
}

const frame = z.object({
  workflow: z.string(),
  incarnation: z.int().min(0),
  epoch: z.int().min(0),
  etag: z.string().optional(),
});

/** A connection that lasted so long was none that a server closes at once. Milliseconds. */
const lasting = 10_000;

const silent = 'nothing came from it for too long';

/** What one stream names: well under what the server takes, and what proxies let through in an address. */
export const streamLimits = { workflows: 200, characters: 6000 } as const;

/** One stream that tells of new versions of all workflows that are asked for, and that comes back when it is lost. */
export class SnapshotStream {
  isOpen = false;
  private readonly workflows = new Set<string>();
  private renewal = new AbortController();
  private isRunning = false;
  private attempt = 0;

  constructor(
    private readonly http: RegistryHttp,
    private readonly timings: Timings,
    private readonly here: Pick<Surroundings, 'random' | 'monotonic'>,
    private readonly listener: StreamListener,
    private readonly closing: AbortSignal,
  ) {}

  add(workflow: string): void {
    if (this.workflows.has(workflow)) return;
    this.workflows.add(workflow);
    if (this.isRunning) this.renewal.abort();
    else {
      this.isRunning = true;
      // Those that are named in the same breath are asked for together.
      setImmediate(() => void this.run());
    }
  }

  hasRoomFor(workflow: string): boolean {
    const names = [...this.workflows, workflow];
    const { length } = names.map(encodeURIComponent).join(',');
    return names.length <= streamLimits.workflows && length <= streamLimits.characters;
  }

  private isClosed(): boolean {
    return this.closing.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isClosed()) {
      this.renewal = new AbortController();
      const { renewal } = this;
      const began = this.here.monotonic();
      const goodbye = await this.session([this.closing, renewal.signal]);
      this.isOpen = false;
      if (this.isClosed()) return;
      if (renewal.signal.aborted) {
        this.listener.ended(null);
        continue;
      }
      const lasted = this.here.monotonic() - began;
      if (goodbye === null || lasted > lasting) this.attempt = 0;
      this.listener.ended(goodbye);
      const { retryMs, retryMostMs } = this.timings;
      const wait = backoffMs(this.attempt, retryMs, retryMostMs, this.here.random);
      this.attempt += 1;
      await pause(wait, AbortSignal.any([this.closing, renewal.signal]));
    }
  }

  /** @returns why it ended; null where the server said goodbye */
  private async session(signals: readonly AbortSignal[]): Promise<string | null> {
    const dead = new AbortController();
    const watch = setTimeout(
      () => dead.abort(new Error('nothing came for too long')),
      this.timings.silenceMs,
    );
    watch.unref();
    try {
      const names = [...this.workflows].map(encodeURIComponent).join(',');
      const ends = [...signals, dead.signal];
      const body = await this.http.open(`v1/stream?workflows=${names}`, this.timings.requestMs, ends);
      this.isOpen = true;
      this.listener.opened();
      const parser = new EventStreamParser();
      const decoder = new TextDecoder();
      for await (const chunk of chunksUntilAborted(body, ends)) {
        watch.refresh();
        for (const { event, data } of parser.push(decoder.decode(chunk, { stream: true }))) {
          if (event === 'bye') return null;
          if (event === 'snapshot') this.heard(data);
        }
      }
      return dead.signal.aborted ? silent : 'it ended the stream';
    } catch (error) {
      return dead.signal.aborted ? silent : reasonOf(error);
    } finally {
      clearTimeout(watch);
      // Whatever ended it, nothing is left open.
      dead.abort();
    }
  }

  /** A frame that is none of ours says nothing. */
  private heard(data: string): void {
    let said: unknown;
    try {
      said = JSON.parse(data);
    } catch {
      return;
    }
    const parsed = frame.safeParse(said);
    if (!parsed.success || !this.workflows.has(parsed.data.workflow)) return;
    const { workflow, incarnation, epoch, etag } = parsed.data;
    this.listener.announced(workflow, { incarnation, epoch }, etag ?? null);
  }
}
