import type { SnapshotVersion } from '../decide/snapshot.js';

/** Of who has never heard of any. */
export const noVersion: SnapshotVersion = { incarnation: 0, epoch: 0 };

/** By incarnation, then by epoch: after a restored backup a lower epoch of a higher incarnation is the newer one. */
export const isNewer = (one: SnapshotVersion, other: SnapshotVersion | null): boolean =>
  other === null ||
  one.incarnation > other.incarnation ||
  (one.incarnation === other.incarnation && one.epoch > other.epoch);

export const versionText = ({ incarnation, epoch }: SnapshotVersion): string => `${incarnation}.${epoch}`;
