import type { Snapshot, SnapshotVersion } from '../decide/snapshot.js';
import { parseSnapshot } from './parse-snapshot.js';
import { backoffMs, pause } from './pause.js';
import { NoAnswer, reasonOf, type RegistryHttp } from './registry-http.js';
import type { ServerClock } from './server-clock.js';
import type { Surroundings, Timings } from './timings.js';
import { isNewer, versionText } from './version.js';

export interface FetchListener {
  held(workflow: string): { version: SnapshotVersion | null; etag: string | null };
  arrived(snapshot: Snapshot, etag: string | null): void;
  /** 304: what is held is what there is. */
  confirmed(workflow: string): void;
  /** @param status null where nothing answered */
  failed(workflow: string, status: number | null, message: string): void;
}

interface Job {
  atLeast: SnapshotVersion | null;
  again: boolean;
  done: Promise<void>;
}

/** Somebody may have asked while an answer was awaited. */
const isAskedAgain = (job: Job): boolean => job.again;

/** Attempts at a version that was announced; after that, polling and the next announcement go on. */
const mostAttempts = 8;

/** Fetches snapshots, for each workflow one at a time, until what was announced is here. */
export class SnapshotFetcher {
  private readonly jobs = new Map<string, Job>();

  constructor(
    private readonly http: RegistryHttp,
    private readonly clock: ServerClock,
    private readonly timings: Timings,
    private readonly here: Pick<Surroundings, 'random'>,
    private readonly listener: FetchListener,
    private readonly signal: AbortSignal,
  ) {}

  /** @param atLeast announced version; null: whatever is newest. Never rejects. */
  want(workflow: string, atLeast: SnapshotVersion | null): Promise<void> {
    const running = this.jobs.get(workflow);
    if (running) {
      if (atLeast && isNewer(atLeast, running.atLeast)) running.atLeast = atLeast;
      running.again = true;
      return running.done;
    }
    const job: Job = { atLeast, again: false, done: Promise.resolve() };
    this.jobs.set(workflow, job);
    job.done = this.work(workflow, job).finally(() => this.jobs.delete(workflow));
    return job.done;
  }

  private async work(workflow: string, job: Job): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts && !this.signal.aborted; attempt += 1) {
      job.again = false;
      await this.once(workflow, job.atLeast);
      const isBehind = job.atLeast !== null && isNewer(job.atLeast, this.listener.held(workflow).version);
      if (!isBehind && !isAskedAgain(job)) return;
      if (isBehind)
        await pause(backoffMs(attempt, 200, this.timings.retryMostMs, this.here.random), this.signal);
    }
  }

  private async once(workflow: string, atLeast: SnapshotVersion | null): Promise<void> {
    const { etag } = this.listener.held(workflow);
    const after = atLeast ? `?after=${versionText(atLeast)}` : '';
    try {
      const answer = await this.http.ask(`v1/snapshots/${encodeURIComponent(workflow)}${after}`, {
        headers: { accept: 'application/json', ...(etag === null ? {} : { 'if-none-match': etag }) },
        timeoutMs: this.timings.requestMs,
        signal: this.signal,
      });
      if (answer.status === 304) {
        this.listener.confirmed(workflow);
        return;
      }
      if (answer.status !== 200) throw new NoAnswer(`it answered ${answer.status}`, answer.status);
      const snapshot = parseSnapshot(answer.text, workflow);
      this.clock.arrived(snapshot);
      this.listener.arrived(snapshot, answer.headers.get('etag'));
    } catch (error) {
      if (this.signal.aborted) return;
      const status = error instanceof NoAnswer ? error.status : 200;
      this.listener.failed(workflow, status, reasonOf(error));
    }
  }
}
