import type { Snapshot } from '../decide/snapshot.js';
import type { Surroundings } from './timings.js';

/** How far the clocks of servers and of their database may lie apart. */
const apartMs = 5000;

/**
 * What time it is for the registry, from what its answers say. The process's own clock is not trusted: an hour's error
 * would begin a rollback an hour late, or never end a drill. Bounds of `server time - monotonic time` are kept, and made
 * narrower by each answer.
 */
export class ServerClock {
  private low: number | null = null;
  private high = 0;
  private isGuess = true;

  constructor(private readonly here: Pick<Surroundings, 'wallClock' | 'monotonic'>) {}

  /** Milliseconds since 1970. */
  now(): number {
    if (this.low === null) return this.here.wallClock();
    return this.here.monotonic() + (this.low + this.high) / 2;
  }

  /** How far the process's clock lies behind the registry's. */
  get offset(): number {
    return this.now() - this.here.wallClock();
  }

  /** @param toMs end of the interval in which the server's clock was read; later than `fromMs` if that is rounded */
  heard(fromMs: number, toMs: number, sent: number, received: number): void {
    if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return;
    const low = fromMs - received;
    const high = toMs - sent;
    const meets = this.low !== null && !this.isGuess && low <= this.high && high >= this.low;
    this.low = meets ? Math.max(low, this.low ?? low) : low;
    this.high = meets ? Math.min(high, this.high) : high;
    this.isGuess = false;
  }

  /** From an answer's headers: to the millisecond from our own, else to the second from Date. */
  heardHeaders(headers: Headers, sent: number, received: number): void {
    const own = Date.parse(headers.get('x-holdpoint-time') ?? '');
    if (Number.isFinite(own)) {
      this.heard(own, own, sent, received);
      return;
    }
    const date = Date.parse(headers.get('date') ?? '');
    this.heard(date, date + 999, sent, received);
  }

  /** What a snapshot says has begun was written after it began, however coarse what we know of the time is. */
  arrived(snapshot: Snapshot): void {
    for (const { from } of snapshot.overlays) {
      const ahead = from - this.now();
      if (ahead <= 0 || ahead > apartMs) continue;
      const low = from - this.here.monotonic();
      this.low = low;
      this.high = Math.max(low, this.high);
    }
  }

  /** Of an earlier run: the least that it can be now, and what the clock here was off by. Until an answer comes. */
  remember(storedAt: number, offset: number): void {
    if (!this.isGuess || !Number.isFinite(storedAt) || !Number.isFinite(offset)) return;
    const guess = Math.max(storedAt, this.here.wallClock() + offset);
    const known = this.low === null ? guess : Math.max(guess, this.now());
    this.low = this.high = known - this.here.monotonic();
  }
}
