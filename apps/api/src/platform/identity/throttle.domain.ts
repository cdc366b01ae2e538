/** Failed attempts of one subject, as kept; see sign_in_throttle. */
export type Throttled = { failures: number; windowStart: Date; blockedUntil: Date | null };

export type ThrottleRule = {
  /** Failures before anybody has to wait. */
  free: number;
  /** Milliseconds without a failure after which all is forgotten. */
  forgottenAfterMs: number;
};

const firstWaitMs = 5_000;
/** Never longer: whoever guesses on must not keep a person out for good. */
export const longestWaitMs = 15 * 60_000;

/** How many milliseconds are to be waited before the next attempt; 0: none. */
export function waitLeft(kept: Throttled | null, now: Date): number {
  if (!kept?.blockedUntil) return 0;
  return Math.max(0, kept.blockedUntil.getTime() - now.getTime());
}

/** What to keep once an attempt has begun. It counts as a failure until it has succeeded, so that many at once count. */
export function afterAttempt(kept: Throttled | null, now: Date, rule: ThrottleRule): Throttled {
  const since = kept ? Math.max(kept.windowStart.getTime(), kept.blockedUntil?.getTime() ?? 0) : 0;
  const failures = kept && now.getTime() - since < rule.forgottenAfterMs ? kept.failures + 1 : 1;
  if (failures < rule.free) return { failures, windowStart: now, blockedUntil: null };
  // 5 s after the last free attempt, then twice as long each time.
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - rule.free, 20));
  return { failures, windowStart: now, blockedUntil: new Date(now.getTime() + wait) };
}
