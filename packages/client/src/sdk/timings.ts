/** How patient the client is; all in milliseconds. The defaults are right but for tests. */
export interface Timings {
  /** One request and its answer. */
  requestMs: number;
  /** A stream from which nothing came for so long, be it a heartbeat, is dead: two heartbeats of the server. */
  silenceMs: number;
  /** How often it asks while it has no stream; each time between half and one and a half of it. */
  pollMs: number;
  /** The first reconnection comes after a random part of this; each one that fails doubles it, up to the next. */
  retryMs: number;
  retryMostMs: number;
  /** How often instances report. */
  heartbeatMs: number;
  /** A report of a new version waits for a random part of this, so that a thousand do not arrive at once. */
  acknowledgeWithinMs: number;
  /** How long close() waits for the last report. */
  closeMs: number;
}

export const usualTimings: Timings = {
  requestMs: 5000,
  silenceMs: 30_000,
  pollMs: 15_000,
  retryMs: 1000,
  retryMostMs: 10_000,
  heartbeatMs: 10_000,
  acknowledgeWithinMs: 50,
  closeMs: 1000,
};

/** What the client takes from the process that it runs in. */
export interface Surroundings {
  fetch: typeof fetch;
  /** From 0 up to 1. */
  random: () => number;
  env: Readonly<Record<string, string | undefined>>;
  /** The process's own clock, which may be wrong: milliseconds since 1970. */
  wallClock: () => number;
  /** Milliseconds since some moment; never goes back. */
  monotonic: () => number;
}

export const thisProcess: Surroundings = {
  fetch: (input, init) => fetch(input, init),
  random: Math.random,
  env: process.env,
  wallClock: Date.now,
  monotonic: () => performance.now(),
};
