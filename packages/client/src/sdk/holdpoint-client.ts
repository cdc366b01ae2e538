import { randomUUID } from 'node:crypto';
import type { Context } from '../decide/audience.js';
import type { FailureBehaviour, Snapshot, SnapshotVersion } from '../decide/snapshot.js';
import type { ServedState } from '../report/heartbeat.schema.js';
import { Connection } from './connection.js';
import { isForced, readForcedFallback, type ForcedFallback } from './forced-fallback.js';
import { Listeners, type HoldpointEvents } from './listeners.js';
import { defaultTimeoutMs, failureGiven, type HoldpointOptions } from './options.js';
import { pause } from './pause.js';
import { Problems } from './problems.js';
import { ServerClock } from './server-clock.js';
import { SnapshotFiles } from './snapshot-files.js';
import { thisProcess, usualTimings, type Surroundings } from './timings.js';
import { WorkflowHandle } from './workflow-handle.js';
import { WorkflowState } from './workflow-state.js';

/**
 * What an application asks "what do I serve?". It answers from memory, at once; keeps itself up to date in the
 * background; and throws nothing, whatever the registry does. One for each process; `close()` ends it.
 */
export class Holdpoint {
  readonly instanceId = randomUUID();
  private readonly states = new Map<string, WorkflowState>();
  private readonly handles = new Map<string, WorkflowHandle>();
  private readonly pending = new Set<Promise<void>>();
  private readonly closing = new AbortController();
  private readonly listeners: Listeners;
  private readonly problems: Problems;
  private readonly clock: ServerClock;
  private readonly files: SnapshotFiles | null;
  private readonly connection: Connection | null;
  private forced: ForcedFallback;

  /** @param here what it takes from the process; tests give their own */
  constructor(
    private readonly options: HoldpointOptions,
    here: Surroundings = thisProcess,
  ) {
    const { env } = here;
    this.problems = new Problems(options.onProblem, here.monotonic);
    this.listeners = new Listeners(this.problems.tell);
    this.clock = new ServerClock(here);
    this.forced = options.forceFallback ?? readForcedFallback(env['HOLDPOINT_FORCE_FALLBACK']);
    const environment = options.environment ?? (env['HOLDPOINT_ENVIRONMENT'] || 'production');
    const dataDir = options.dataDir ?? (env['HOLDPOINT_DATA_DIR'] || null);
    const stored = (message: string) => this.problems.tell({ code: 'STORED', message });
    this.files = dataDir === null ? null : new SnapshotFiles(dataDir, environment, stored);
    this.files?.prepare();
    this.connection = Connection.to(
      { ...options, url: options.url ?? env['HOLDPOINT_URL'], key: options.key ?? env['HOLDPOINT_KEY'] },
      { ...usualTimings, ...options.timings },
      ...[here, this.clock, this.instanceId, this.closing.signal],
      {
        problem: this.problems.tell,
        state: (workflow) => this.states.get(workflow) ?? null,
        all: () => [...this.handles.values()],
        isForced: (workflow) => isForced(this.forced, workflow),
        arrived: (snapshot, etag) => this.arrived(snapshot, etag, environment),
        touch: (isInTouch) => this.listeners.tell(isInTouch ? 'restored' : 'lost', {}),
      },
    );
    for (const workflow of options.workflows ?? []) this.workflow(workflow);
  }

  /** Names a workflow, as team.workflow, and begins to follow it. Cheap: ask whenever you need it. */
  workflow(key: string): WorkflowHandle {
    const known = this.handles.get(key);
    if (known) return known;
    const state = new WorkflowState(key, failureGiven(this.options.failure, key));
    const stored = this.files?.load(key) ?? null;
    if (stored) {
      this.clock.remember(stored.storedAt, stored.offset);
      this.clock.arrived(stored.snapshot);
      state.accept(stored.snapshot, stored.etag);
      state.isFromDisk = true;
    }
    this.states.set(key, state);
    const handle = new WorkflowHandle(state, this.clock, {
      isForced: () => isForced(this.forced, key),
      isInTouch: () => this.connection?.isInTouch ?? false,
    });
    this.handles.set(key, handle);
    if (this.connection && !this.closing.signal.aborted) this.follow(key, this.connection);
    return handle;
  }

  private follow(key: string, connection: Connection): void {
    const first = connection.follow(key);
    this.pending.add(first);
    void first.finally(() => this.pending.delete(first));
  }

  /**
   * Waits until the registry has answered for every workflow that was named, but no longer than `timeoutMs`. Never
   * rejects: where it did not answer, what is served comes from the disk, or is the failure behaviour.
   */
  async ready(): Promise<Readonly<Record<string, ServedState>>> {
    const enough = new AbortController();
    const limit = pause(
      this.options.timeoutMs ?? defaultTimeoutMs,
      AbortSignal.any([this.closing.signal, enough.signal]),
    );
    await Promise.race([Promise.all(this.pending), limit]);
    enough.abort();
    return Object.fromEntries([...this.handles].map(([key, handle]) => [key, handle.state]));
  }

  /**
   * `changed`: something new is served in a workflow. `lost` and `restored`: whether the registry answers.
   * @returns a function that ends it
   */
  on<E extends keyof HoldpointEvents>(event: E, listener: (what: HoldpointEvents[E]) => void): () => void {
    return this.listeners.add(event, listener);
  }

  /** Forces the failure behaviour here, or ends that; as HOLDPOINT_FORCE_FALLBACK does, while it runs. */
  forceFallback(forced: ForcedFallback): void {
    this.forced = forced;
    this.connection?.changed();
    for (const [workflow, { version }] of this.states) this.listeners.tell('changed', { workflow, version });
  }

  /** Ends the connection and says goodbye; waits for that a second at most. What is held is still served. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.connection?.close(), this.files?.settled()]);
  }

  private arrived(snapshot: Snapshot, etag: string | null, environment: string): void {
    const state = this.states.get(snapshot.key);
    if (!state?.accept(snapshot, etag)) return;
    if (snapshot.environment !== environment) {
      const message = `The key is of the environment ${snapshot.environment}; set environment to that, so that what is stored is found again`;
      if (this.files) this.problems.tell({ code: 'ENVIRONMENT', message });
    }
    this.files?.save({ snapshot, etag, storedAt: this.clock.now(), offset: this.clock.offset });
    this.connection?.changed();
    this.listeners.tell('changed', { workflow: snapshot.key, version: snapshot.version });
  }
}

export type { Served, ServedStep } from './served.js';
export { MissingVariables, type ChatMessage, type Variables } from './compile-prompt.js';
export type { WorkflowHandle } from './workflow-handle.js';
export type { Problem } from './options.js';
export type { Context, FailureBehaviour, HoldpointOptions, Snapshot, SnapshotVersion };
