import type { SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';

/** Below 0: `one` is the older. Versions are ordered by incarnation, then epoch. */
export const compareVersions = (one: SnapshotVersion, other: SnapshotVersion): number =>
  one.incarnation - other.incarnation || one.epoch - other.epoch;

/** `3.17` */
export const versionText = ({ incarnation, epoch }: SnapshotVersion): string =>
  `${String(incarnation)}.${String(epoch)}`;

/** Null for what is no version. */
export function parseVersion(text: string): SnapshotVersion | null {
  const found = /^(\d{1,9})\.(\d{1,15})$/.exec(text);
  return found ? { incarnation: Number(found[1]), epoch: Number(found[2]) } : null;
}
