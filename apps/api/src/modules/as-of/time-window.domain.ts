import { Refusal } from '../../platform/refusal/refusal.js';

/** The time asked about: an instant where `to` is null, else the half-open interval [from, to). */
export interface TimeWindow {
  from: Date;
  to: Date | null;
}

const toCome = (field: string) =>
  new Refusal('INVALID_INPUT', 'This time is still to come: the registry knows the past and now', [field]);

/** @param at null means now. @throws Refusal INVALID_INPUT for a time after now */
export function instantWindow(at: Date | null, now: Date): TimeWindow {
  if (at && at > now) throw toCome('at');
  return { from: at ?? now, to: null };
}

/**
 * @param to null means now.
 * @throws Refusal INVALID_INPUT for an interval that ends after now, or before or when it begins
 */
export function intervalWindow(from: Date, to: Date | null, now: Date): TimeWindow {
  if (from > now) throw toCome('from');
  if (to && to > now) throw toCome('to');
  const end = to ?? now;
  if (end <= from) throw new Refusal('INVALID_INPUT', 'The interval ends before it begins', ['to']);
  return { from, to: end };
}

/** What an export asks for. @throws Refusal INVALID_INPUT where an instant and an interval are mixed */
export function windowOf(query: { at?: Date; from?: Date; to?: Date }, now: Date): TimeWindow {
  const { at, from, to } = query;
  if (at && (from ?? to)) throw new Refusal('INVALID_INPUT', 'Give either at, or from and to', ['at']);
  if (to && !from)
    throw new Refusal('INVALID_INPUT', 'Give from as well: when does the interval begin?', ['from']);
  return from ? intervalWindow(from, to ?? null, now) : instantWindow(at ?? null, now);
}

/** Something that held from an instant up to another, or still does. */
export interface Held {
  since: Date;
  until: Date | null;
}

/**
 * Whether one thing held as long as another did, as far as the time asked about and `during` go. Both held in it.
 * @param during what the question is about, such as the stay of a release
 */
export function heldAsLong(one: Held, other: Held, { from, to }: TimeWindow, during: Held): boolean {
  if (to === null) return true;
  const begin = Math.max(other.since.getTime(), from.getTime(), during.since.getTime());
  const end = Math.min(endOf(other), to.getTime(), endOf(during));
  return one.since.getTime() <= begin && endOf(one) >= end;
}

const endOf = ({ until }: Held) => until?.getTime() ?? Infinity;

/** Whether something held at the instant, or at some time of the interval. */
export function heldIn({ since, until }: Held, { from, to }: TimeWindow): boolean {
  const began = to === null ? since <= from : since < to;
  const lasted = until === null || until > from;
  // What began and ended at once held at no time.
  return began && lasted && (until === null || until > since);
}
