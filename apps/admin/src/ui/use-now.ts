import { useSyncExternalStore } from 'react';

/** Milliseconds. */
const pace = 30_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, pace);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Nobody moves the time on while no age is shown: the next one that is must not begin with an old one. */
function current(): number {
  if (Date.now() - now >= pace) now = Date.now();
  return now;
}

/** The time in milliseconds, the same for every age on the page, moving on every half minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
