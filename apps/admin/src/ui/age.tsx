import { useNow } from './use-now.js';
import { absoluteTime, relativeTime } from './time-words.js';

/** An instant as its distance from now; the instant itself is in the title and for machines. */
export function Age({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={absoluteTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
