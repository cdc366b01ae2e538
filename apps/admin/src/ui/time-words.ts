const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** "3 days ago", "in 2 hours", "just now"; rounds towards now, so that nothing looks older than it is. */
export function relativeTime(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  for (const [unit, length] of units) {
    const count = Math.trunc(seconds / length);
    if (count !== 0) return relative.format(count, unit);
  }
  // The page's time is up to half a minute behind: what has just been written is not to come.
  return seconds > 30 ? 'in a moment' : 'just now';
}

/** Local date and time in full, for titles and for places where the instant matters. */
export function absoluteTime(at: string): string {
  return absolute.format(new Date(at));
}

export function dayOf(at: string): string {
  return day.format(new Date(at));
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text, such as one out of an address, says an instant as ISO 8601 does. */
export function isInstant(text: string): boolean {
  return instant.test(text) && !Number.isNaN(Date.parse(text));
}

const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
});
const utc = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** Local date and time to the second, with the time zone. */
export function exactTime(at: string): string {
  return exact.format(new Date(at));
}

/** The same instant everywhere: "2 Nov 2026, 08:30:00 UTC". */
export function utcTime(at: string): string {
  return `${utc.format(new Date(at))} UTC`;
}

/** Whether local time is written as UTC is, at that instant: said beside each other, they would be the same twice. */
export function isLocalUtc(at: string): boolean {
  return new Date(at).getTimezoneOffset() === 0;
}

/** "As of 2 Nov 2026, 09:30:00 CET, which is 2 Nov 2026, 08:30:00 UTC" */
export function asOfWords(at: string): string {
  return isLocalUtc(at) ? `As of ${utcTime(at)}` : `As of ${exactTime(at)}, which is ${utcTime(at)}`;
}

/** "2 Nov 2026, 09:30:00 CET (2 Nov 2026, 08:30:00 UTC)" */
export function bothTimes(at: string): string {
  return isLocalUtc(at) ? utcTime(at) : `${exactTime(at)} (${utcTime(at)})`;
}

/** What a date-time input of the browser takes for an instant: local, to the second. */
export function localInput(at: string): string {
  const time = new Date(at);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
