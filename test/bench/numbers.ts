/** The value below which the given share (0 to 1) of the samples lies, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('No samples');
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5);

export const ms = (value: number) => (value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`);

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs the tasks, at most `width` at a time, and gives each one's milliseconds in the order they finished. */
export async function inParallel(
  width: number,
  tasks: readonly (() => Promise<unknown>)[],
): Promise<number[]> {
  const waiting = tasks.values();
  const took: number[] = [];
  const worker = async () => {
    for (const task of waiting) took.push(await timed(task));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return took;
}
