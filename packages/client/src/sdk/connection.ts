import type { Snapshot, SnapshotVersion } from '../decide/snapshot.js';
import { honouredLevers, type ServedWorkflow } from '../report/heartbeat.schema.js';
import { Feed } from './feed.js';
import type { HoldpointOptions, Problem } from './options.js';
import { sdkName } from './package-version.js';
import { RegistryHttp } from './registry-http.js';
import { Reporter } from './reporter.js';
import type { ServerClock } from './server-clock.js';
import type { Surroundings, Timings } from './timings.js';
import type { WorkflowHandle } from './workflow-handle.js';
import type { WorkflowState } from './workflow-state.js';

/** What the connection asks of the client, and tells it. */
export interface ConnectionOwner {
  problem(problem: Problem): void;
  state(workflow: string): WorkflowState | null;
  all(): WorkflowHandle[];
  isForced(workflow: string): boolean;
  arrived(snapshot: Snapshot, etag: string | null): void;
  touch(isInTouch: boolean): void;
}

/** One registry, as one process is connected to it: it hears what is served and reports what it serves. */
export class Connection {
  private readonly feed: Feed;
  private readonly reporter: Reporter;

  private constructor(
    url: URL,
    private readonly options: HoldpointOptions & { key: string },
    timings: Timings,
    here: Surroundings,
    clock: ServerClock,
    private readonly instanceId: string,
    closing: AbortSignal,
    private readonly owner: ConnectionOwner,
  ) {
    const http = new RegistryHttp(url, options.key, sdkName, here, clock);
    this.feed = new Feed(http, clock, timings, here, this.feedListener(url), closing);
    const startedAt = new Date(here.wallClock()).toISOString();
    this.reporter = new Reporter(http, clock, timings, here, {
      identity: () => this.identity(startedAt),
      workflows: () => owner.all().map((handle) => handle.report()),
      accepted: (told) => this.accepted(told),
      newest: (workflow, version) => this.feed.announced(workflow, version, null),
      failed: (message) =>
        owner.problem({ code: 'REPORT', message: `What is served could not be reported: ${message}` }),
    });
  }

  /** Null, and a problem told, where the options name no registry: the application runs on without one. */
  static to(
    options: HoldpointOptions,
    ...[timings, here, clock, instanceId, closing, owner]: [
      Timings,
      Surroundings,
      ServerClock,
      string,
      AbortSignal,
      ConnectionOwner,
    ]
  ): Connection | null {
    const url = URL.parse(options.url?.replace(/\/*$/, '/') ?? '');
    const { key } = options;
    const missing = !url || !/^https?:$/.test(url.protocol) ? 'url' : !key ? 'key' : null;
    if (missing !== null || !url || !key) {
      const message = `Holdpoint has no usable ${missing ?? 'key'}: what is stored is served, or the failure behaviour`;
      owner.problem({ code: 'OPTIONS', message });
      return null;
    }
    return new Connection(url, { ...options, key }, timings, here, clock, instanceId, closing, owner);
  }

  get isInTouch(): boolean {
    return this.feed.isInTouch;
  }

  /** @returns when the first answer or failure is there */
  async follow(workflow: string): Promise<void> {
    await this.feed.add(workflow);
    // Also where nothing arrived: people on call see an instance that serves from its disk, or nothing.
    this.reporter.changed();
  }

  /** Something else is served than the registry was last told. */
  changed(): void {
    this.reporter.changed();
  }

  close(): Promise<void> {
    return this.reporter.close();
  }

  private feedListener(url: URL) {
    const { owner } = this;
    return {
      held: (workflow: string): { version: SnapshotVersion | null; etag: string | null } => {
        const state = owner.state(workflow);
        return { version: state?.snapshot?.version ?? null, etag: state?.etag ?? null };
      },
      arrived: (snapshot: Snapshot, etag: string | null) => owner.arrived(snapshot, etag),
      confirmed: (workflow: string) => owner.state(workflow)?.confirm(),
      failed: (workflow: string, status: number | null, message: string) => {
        const state = owner.state(workflow);
        const isRefused = status !== null && status >= 400 && status < 500 && status !== 429;
        if (state && isRefused) state.isRefused = true;
        const code = status === 200 ? 'UNREADABLE' : isRefused ? 'REFUSED' : 'UNREACHABLE';
        owner.problem({
          code,
          workflow,
          message: `${url.origin} gave no snapshot of ${workflow}: ${message}`,
        });
      },
      touch: (isInTouch: boolean) => owner.touch(isInTouch),
    };
  }

  private identity(startedAt: string) {
    const { application, ignoresLevers = [] } = this.options;
    const forcedFallback = this.owner.all().some(({ key }) => this.owner.isForced(key));
    const levers = honouredLevers.filter((lever) => !ignoresLevers.includes(lever));
    const name = application.slice(0, 100) || 'unnamed';
    return {
      instanceId: this.instanceId,
      application: name,
      sdk: sdkName,
      startedAt,
      levers,
      forcedFallback,
    };
  }

  private accepted(told: readonly ServedWorkflow[]): void {
    for (const { workflow, counts } of told)
      this.owner
        .all()
        .find(({ key }) => key === workflow)
        ?.reported(counts);
  }
}
