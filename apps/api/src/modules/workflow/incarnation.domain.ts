const beginning = Date.UTC(2026, 0, 1);

/**
 * The incarnation after a restore: above the one in the copy, and above whatever an earlier restore of the same copy
 * gave, which the copy does not remember. So it is the time, in seconds since 2026; a version is only ever compared.
 */
export const nextIncarnation = (current: number, now: Date): number =>
  Math.max(current + 1, Math.floor((now.getTime() - beginning) / 1000));
