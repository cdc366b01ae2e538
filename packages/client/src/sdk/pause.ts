/** Waits, without keeping the process alive for it; ends at once when the signal does. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Full jitter: any time up to the limit, which doubles with each attempt. A thousand clients that lose their server at
 * once come back spread over the first limit.
 * @param random from 0 up to 1
 */
export const backoffMs = (attempt: number, first: number, most: number, random: () => number): number =>
  random() * Math.min(most, first * 2 ** Math.min(attempt, 20));
