import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import type { Logger } from 'pino';
import { DoorClock } from '../../platform/door/door-clock.js';
import { ServedFeed } from '../../platform/events/served-feed.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Readiness, type Lag } from '../../platform/http/readiness.js';
import { Rounds } from '../../platform/rounds/rounds.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { OverlayEnds } from './overlay-ends.js';
import { SnapshotCompiler } from './snapshot-compiler.service.js';
import { compareVersions } from './snapshot-version.domain.js';
import { ServedPartsReads } from './served-parts.reads.js';

/** Workflows that are compiled in one statement. */
const batch = 200;

/** Milliseconds between two tries to read what is served when starting, and for which it is tried. */
const againMs = 250;
const mostMs = 30_000;

/** A version that no database knows: of another installation, or of a database that was restored. */
export class NoSuchVersion extends Error {}

export type SnapshotChange = (workflowId: string, held: HeldSnapshot | null) => void;

/**
 * What production serves, of every workflow that is not retired, in this process's memory. It learns of a change from
 * the door (here, before the act is answered) and from NOTIFY (other replicas), and by polling where those are lost.
 * Versions only grow: what is older than what is held is ignored, in whatever order it arrives.
 */
@Injectable()
export class SnapshotStore implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly byId = new Map<string, HeldSnapshot>();
  private readonly ids = new Map<string, string>();
  private readonly listeners = new Set<SnapshotChange>();
  /** Newer versions that this replica has heard of and does not hold yet. */
  private readonly behind = new Map<string, { version: SnapshotVersion; since: Date }>();
  /** What is being read after somebody said which version there is; others who hear of it wait for the same. */
  private readonly catching = new Map<string, { version: SnapshotVersion; done: Promise<void> }>();
  private readonly ends: OverlayEnds;
  private readonly stopListening: () => void;
  private readonly rounds = new Rounds();
  private polling: Promise<void> | null = null;
  /** Since when it is not known what there is: nothing was read yet, or reading fails. Null: it is known. */
  private unknownSince: Date | null = new Date(0);
  private mark = '';
  private loaded = false;

  constructor(
    private readonly compiler: SnapshotCompiler,
    private readonly reads: ServedPartsReads,
    feed: ServedFeed,
    clock: DoorClock,
    readiness: Readiness,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'snapshots' });
    this.ends = new OverlayEnds(clock, (held) => this.tell(held.workflowId, held));
    this.stopListening = feed.listen(({ workflowId, incarnation, epoch }) =>
      this.catchUp(workflowId, { incarnation, epoch }),
    );
    readiness.watch(() => this.lag());
  }

  /**
   * Before anybody is let in: a flag that was not read yet would be answered as one that is not there.
   * @throws when the database cannot be read for half a minute
   */
  async onApplicationBootstrap(): Promise<void> {
    for (let waitedMs = 0; !(await this.isRead()); waitedMs += againMs) {
      if (waitedMs >= mostMs) throw new Error('What is served could not be read');
      await pause(againMs);
    }
  }

  private async isRead(): Promise<boolean> {
    await this.poll();
    return this.loaded;
  }

  /** Polls from now on. */
  start(everyMs: number): void {
    this.rounds.every(everyMs, () => this.poll());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopListening();
    this.ends.clear();
    await this.rounds.stop();
    await this.polling;
  }

  get all(): Iterable<HeldSnapshot> {
    return this.byId.values();
  }

  /** The version that this replica serves; null for a workflow that serves nothing any more, or is not known here. */
  current(workflowId: string): SnapshotVersion | null {
    return this.byId.get(workflowId)?.version ?? null;
  }

  byWorkflow(workflowId: string): HeldSnapshot | null {
    return this.byId.get(workflowId) ?? null;
  }

  /** @param key team.workflow */
  byKey(key: string): HeldSnapshot | null {
    const id = this.ids.get(key);
    return id === undefined ? null : (this.byId.get(id) ?? null);
  }

  /** Hears of every snapshot that takes the place of another, and of overlays that end by the clock. */
  listen(listener: SnapshotChange): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Serves this version or a newer one before it returns.
   * @throws when the database cannot be reached, or has no such version; the replica then says that it is behind.
   */
  async catchUp(workflowId: string, version: SnapshotVersion): Promise<void> {
    if (this.holds(workflowId, version)) return;
    const running = this.catching.get(workflowId);
    if (running && compareVersions(running.version, version) >= 0) {
      await running.done.catch(() => undefined);
      if (this.holds(workflowId, version)) return;
    }
    const done = this.bring(workflowId, version);
    const mine = { version, done };
    this.catching.set(workflowId, mine);
    try {
      await done;
    } finally {
      if (this.catching.get(workflowId) === mine) this.catching.delete(workflowId);
    }
  }

  private async bring(workflowId: string, version: SnapshotVersion): Promise<void> {
    const known = this.behind.get(workflowId);
    if (!known || compareVersions(known.version, version) < 0)
      this.behind.set(workflowId, { version, since: known?.since ?? new Date() });
    try {
      await this.compile([workflowId]);
    } catch (error) {
      // One that could not be asked for is not one that is not there.
      if (!this.loaded) this.behind.delete(workflowId);
      throw error;
    }
    if (this.byId.has(workflowId) && !this.holds(workflowId, version)) {
      // What no database says is no version: whoever asked for it may have come from another installation.
      this.behind.delete(workflowId);
      throw new NoSuchVersion(`${workflowId} has no version ${JSON.stringify(version)} yet`);
    }
    this.behind.delete(workflowId);
  }

  /** Like `poll`. @throws when the database cannot be asked */
  refresh(): Promise<void> {
    return this.compare();
  }

  /** Compares with the database, and compiles what differs. Never fails; `lag` says what is missing. */
  async poll(): Promise<void> {
    this.polling ??= this.compare()
      .catch((error: unknown) => {
        this.unknownSince ??= new Date();
        this.log.warn({ error }, 'what is served could not be compared');
      })
      .finally(() => (this.polling = null));
    await this.polling;
  }

  private holds(workflowId: string, version: SnapshotVersion): boolean {
    const held = this.byId.get(workflowId);
    return held !== undefined && compareVersions(held.version, version) >= 0;
  }

  private lag(): Lag[] {
    const behind = [...this.behind].map(([workflowId, { version, since }]) => ({
      workflowId,
      ...version,
      since,
    }));
    const since = this.unknownSince;
    return since ? [{ workflowId: null, incarnation: 0, epoch: 0, since }, ...behind] : behind;
  }

  private async compare(): Promise<void> {
    const { served } = await this.reads.marks();
    if (served === this.mark && this.behind.size === 0) {
      this.unknownSince = null;
      return;
    }
    const versions = await this.reads.versions();
    const there = new Set(versions.map(({ workflowId }) => workflowId));
    const late = versions.filter((one) => !this.holds(one.workflowId, one));
    if (this.loaded)
      for (const { workflowId, incarnation, epoch } of late)
        if (this.byId.has(workflowId) && !this.behind.has(workflowId))
          this.behind.set(workflowId, { version: { incarnation, epoch }, since: new Date() });
    const due = [
      ...late.map(({ workflowId }) => workflowId),
      ...[...this.byId.keys()].filter((id) => !there.has(id)),
    ];
    for (let at = 0; at < due.length; at += batch) await this.compile(due.slice(at, at + batch));
    for (const id of this.behind.keys()) if (!due.includes(id) || !there.has(id)) this.behind.delete(id);
    this.mark = served;
    this.loaded = true;
    this.unknownSince = null;
  }

  private async compile(ids: readonly string[]): Promise<void> {
    for (const { workflowId, held } of await this.compiler.production(ids)) this.take(workflowId, held);
  }

  private take(workflowId: string, held: HeldSnapshot | null): void {
    const before = this.byId.get(workflowId);
    if (held && before && compareVersions(held.version, before.version) <= 0) return;
    if (!held && !before) return;
    this.compiler.replaced(before, held);
    if (held) {
      this.byId.set(workflowId, held);
      this.ids.set(held.snapshot.key, workflowId);
      const late = this.behind.get(workflowId);
      if (late && compareVersions(held.version, late.version) >= 0) this.behind.delete(workflowId);
    } else {
      this.byId.delete(workflowId);
      if (before) this.ids.delete(before.snapshot.key);
      this.behind.delete(workflowId);
    }
    this.ends.watch(workflowId, held);
    this.tell(workflowId, held);
  }

  private tell(workflowId: string, held: HeldSnapshot | null): void {
    for (const listener of this.listeners) listener(workflowId, held);
  }
}
