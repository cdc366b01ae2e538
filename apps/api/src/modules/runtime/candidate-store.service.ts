import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import type { Logger } from 'pino';
import { ChangeFeed } from '../../platform/events/change-feed.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Rounds } from '../../platform/rounds/rounds.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { SnapshotCompiler } from './snapshot-compiler.service.js';
import { compareVersions } from './snapshot-version.domain.js';
import { ServedPartsReads } from './served-parts.reads.js';

/** Acts that change which candidate an environment serves, or what it does without one. */
const topics = [
  'release.created',
  'environment.pinned',
  'environment.unpinned',
  'contract.published',
  'workflow.',
];

export type CandidateChange = (environment: string, workflowId: string, held: HeldSnapshot | null) => void;

type Held = Map<string, HeldSnapshot>;

/** What environments other than production serve. Each is read when a key of it first asks, and followed from then on. */
@Injectable()
export class CandidateStore implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly environments = new Map<string, Held>();
  private readonly loading = new Map<string, Promise<void>>();
  private readonly listeners = new Set<CandidateChange>();
  private heard: AsyncIterableIterator<{ workflowId: string | null }> | null = null;
  private readonly rounds = new Rounds();
  private mark = '';

  constructor(
    private readonly compiler: SnapshotCompiler,
    private readonly reads: ServedPartsReads,
    private readonly changes: ChangeFeed,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'candidates' });
  }

  onApplicationBootstrap(): void {
    this.heard = this.changes.stream(({ topic }) => topics.some((one) => topic.startsWith(one)));
    void this.follow(this.heard);
  }

  /** Compares from now on. */
  start(everyMs: number): void {
    this.rounds.every(everyMs, () => this.poll());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.heard?.return?.();
  }

  /** Null until `load` has read it. */
  in(environment: string): ReadonlyMap<string, HeldSnapshot> | null {
    return this.environments.get(environment) ?? null;
  }

  async load(environment: string): Promise<void> {
    if (this.environments.has(environment)) return;
    const loading =
      this.loading.get(environment) ??
      this.bring(environment, null).finally(() => this.loading.delete(environment));
    this.loading.set(environment, loading);
    await loading;
  }

  /** Like the store of production. */
  async catchUp(environment: string, workflowId: string, version: SnapshotVersion): Promise<void> {
    const held = this.environments.get(environment)?.get(workflowId);
    if (held && compareVersions(held.version, version) >= 0) return;
    await this.bring(environment, [workflowId]);
  }

  listen(listener: CandidateChange): void {
    this.listeners.add(listener);
  }

  async poll(): Promise<void> {
    if (this.environments.size === 0) return;
    try {
      const { candidates } = await this.reads.marks();
      if (candidates === this.mark) return;
      for (const environment of this.environments.keys()) await this.bring(environment, null);
      this.mark = candidates;
    } catch (error) {
      this.log.warn({ error }, 'candidates could not be compared');
    }
  }

  private async follow(heard: AsyncIterableIterator<{ workflowId: string | null }>): Promise<void> {
    for await (const { workflowId } of heard)
      for (const environment of this.environments.keys())
        await this.bring(environment, workflowId === null ? null : [workflowId]).catch((error: unknown) =>
          this.log.warn({ error }, 'a candidate could not be read'),
        );
  }

  private async bring(environment: string, ids: readonly string[] | null): Promise<void> {
    const read = await this.compiler.candidates(environment, ids);
    const held = this.environments.get(environment) ?? new Map<string, HeldSnapshot>();
    this.environments.set(environment, held);
    const there = new Set(read.map(({ workflowId }) => workflowId));
    for (const one of read) this.take(environment, held, one);
    for (const id of ids ?? [...held.keys()]) if (!there.has(id)) this.drop(environment, held, id);
  }

  private take(environment: string, held: Held, after: HeldSnapshot): void {
    const before = held.get(after.workflowId);
    if (before && compareVersions(after.version, before.version) <= 0) return;
    this.compiler.replaced(before, after);
    held.set(after.workflowId, after);
    const served = (one: HeldSnapshot) => JSON.stringify([one.snapshot.stages, one.snapshot.failure]);
    // The chain grows with every act; only some change what is served.
    if (before && served(before) === served(after)) return;
    for (const listener of this.listeners) listener(environment, after.workflowId, after);
  }

  private drop(environment: string, held: Held, workflowId: string): void {
    const before = held.get(workflowId);
    if (!before) return;
    this.compiler.replaced(before, null);
    held.delete(workflowId);
    for (const listener of this.listeners) listener(environment, workflowId, null);
  }
}
