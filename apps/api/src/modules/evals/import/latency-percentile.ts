/** Milliseconds, exact below a second and rounded up to three significant digits above it. */
const bucket = (ms: number): number => {
  const whole = Math.ceil(ms);
  if (whole < 1000) return whole;
  const step = 10 ** (Math.floor(Math.log10(whole)) - 2);
  return Math.ceil(whole / step) * step;
};

/** A percentile of latencies in constant memory, never lower than the true one. */
export class LatencyPercentile {
  private readonly buckets = new Map<number, number>();
  private samples = 0;

  get count(): number {
    return this.samples;
  }

  add(ms: number): void {
    const key = bucket(ms);
    this.buckets.set(key, (this.buckets.get(key) ?? 0) + 1);
    this.samples += 1;
  }

  /** By nearest rank; null without samples. `share` is 0–1. */
  at(share: number): number | null {
    let left = Math.ceil(share * this.samples);
    for (const [ms, count] of [...this.buckets].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return ms;
    }
    return null;
  }
}
