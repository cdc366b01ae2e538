import type { SnapshotVersion } from '../decide/snapshot.js';
import {
  heartbeatAnswer,
  heartbeatLimits,
  type Heartbeat,
  type ServedWorkflow,
} from '../report/heartbeat.schema.js';
import { backoffMs, pause } from './pause.js';
import { NoAnswer, reasonOf, type RegistryHttp } from './registry-http.js';
import type { ServerClock } from './server-clock.js';
import type { Surroundings, Timings } from './timings.js';

/** What the reporter asks of the client when it reports. */
export interface ReportSource {
  identity(): Omit<Heartbeat, 'sentAt' | 'stopping' | 'workflows'>;
  /** As it is now. */
  workflows(): ServedWorkflow[];
  /** The registry has accepted these. */
  accepted(workflows: readonly ServedWorkflow[]): void;
  /** The registry knows of this version. */
  newest(workflow: string, version: SnapshotVersion): void;
  failed(message: string): void;
}

/** Reports regularly, at once after a change, and at the end. What cannot be told waits; it never holds anything up. */
export class Reporter {
  private readonly stop = new AbortController();
  private wake = new AbortController();
  private isRunning = false;
  private isUrgent = false;

  constructor(
    private readonly http: RegistryHttp,
    private readonly clock: ServerClock,
    private readonly timings: Timings,
    private readonly here: Pick<Surroundings, 'random' | 'monotonic' | 'wallClock'>,
    private readonly source: ReportSource,
  ) {}

  /** Something new is served: tell at once. The first call begins the reports. */
  changed(): void {
    this.isUrgent = true;
    if (!this.isRunning && !this.stop.signal.aborted) {
      this.isRunning = true;
      void this.run();
    } else this.wake.abort();
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stop.signal.aborted) {
      if (this.isUrgent) await this.wait(this.timings.acknowledgeWithinMs * this.here.random());
      this.isUrgent = false;
      this.wake = new AbortController();
      failures = (await this.report(false, this.timings.requestMs, this.stop.signal)) ? 0 : failures + 1;
      // Something new came while that was on its way.
      if (this.hasNews() && failures === 0) continue;
      const { heartbeatMs, retryMs } = this.timings;
      const retry = backoffMs(failures, retryMs, heartbeatMs, this.here.random);
      const ms = failures > 0 ? retry : heartbeatMs * (0.9 + 0.2 * this.here.random());
      await pause(ms, AbortSignal.any([this.stop.signal, ...(failures > 0 ? [] : [this.wake.signal])]));
    }
  }

  private hasNews(): boolean {
    return this.isUrgent;
  }

  private wait(ms: number): Promise<void> {
    return pause(ms, this.stop.signal);
  }

  /** Says goodbye, if anything was ever said, and ends. Waits no longer than `closeMs`. */
  async close(): Promise<void> {
    const { isRunning } = this;
    const isFirst = !this.stop.signal.aborted;
    this.stop.abort();
    if (isRunning && isFirst)
      await this.report(true, this.timings.closeMs, AbortSignal.timeout(this.timings.closeMs));
  }

  private async report(stopping: boolean, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    const all = this.source.workflows();
    let isTold = true;
    for (let at = 0; at < all.length && isTold; at += heartbeatLimits.workflows)
      isTold = await this.post(all.slice(at, at + heartbeatLimits.workflows), stopping, timeoutMs, signal);
    return isTold;
  }

  private async post(
    workflows: ServedWorkflow[],
    stopping: boolean,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const sentAt = new Date(this.here.wallClock()).toISOString();
    const body: Heartbeat = { ...this.source.identity(), sentAt, stopping, workflows };
    const sent = this.here.monotonic();
    try {
      const answer = await this.http.ask('v1/heartbeats', {
        ...{ method: 'POST', body: JSON.stringify(body), timeoutMs, signal },
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      });
      if (answer.status !== 200)
        throw new NoAnswer(`it answered ${answer.status} ${answer.text.slice(0, 300)}`, answer.status);
      const { receivedAt, workflows: known } = heartbeatAnswer.parse(JSON.parse(answer.text));
      const time = Date.parse(receivedAt);
      this.clock.heard(time, time, sent, this.here.monotonic());
      this.source.accepted(workflows);
      for (const { workflow, incarnation, epoch } of known)
        this.source.newest(workflow, { incarnation, epoch });
      return true;
    } catch (error) {
      if (!signal.aborted) this.source.failed(reasonOf(error));
      return false;
    }
  }
}
