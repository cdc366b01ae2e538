import type { SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import { parseVersion, versionText } from './snapshot-version.domain.js';

/** Of how many workflows an etag names the version; of more it says how far they are together. */
const mostNamed = 20;

interface Versioned {
  snapshot: { key: string };
  version: SnapshotVersion;
}

/** `team.workflow:1.7` */
export const workflowEtag = (key: string, version: SnapshotVersion): string =>
  `${key}:${versionText(version)}`;

/** Of everything that a key sees: `a.b:1.7,a.c:1.3`, or `*:250.1043`, the sums of what each has reached. */
export function sightEtag(seen: readonly Versioned[]): string {
  if (seen.length <= mostNamed)
    return seen.map(({ snapshot, version }) => workflowEtag(snapshot.key, version)).join(',');
  return `*:${versionText(sumOf(seen))}`;
}

/** Grows with every change of any of them. */
export const sumOf = (seen: readonly Versioned[]): SnapshotVersion => ({
  incarnation: seen.reduce((sum, { version }) => sum + version.incarnation, 0),
  epoch: seen.reduce((sum, { version }) => sum + version.epoch, 0),
});

/** What a client was told by a stream; what is not understood is left out. */
export function parseEtag(etag: string): { key: string; version: SnapshotVersion }[] {
  return etag
    .slice(0, 10_000)
    .split(',')
    .slice(0, mostNamed)
    .flatMap((part) => {
      const at = part.lastIndexOf(':');
      const version = at < 0 ? null : parseVersion(part.slice(at + 1));
      return version ? [{ key: part.slice(0, at), version }] : [];
    });
}

/** For stock clients. @param now milliseconds */
export function refetchFrame(etag: string, now: number): string {
  const data = JSON.stringify({ type: 'refetchEvaluation', etag, lastModified: Math.floor(now / 1000) });
  return `id: ${etag}\nevent: message\ndata: ${data}\n\n`;
}

/** For our client. */
export function snapshotFrame(workflow: string, version: SnapshotVersion, etag: string): string {
  const data = JSON.stringify({ workflow, ...version, etag });
  return `id: ${versionText(version)}\nevent: snapshot\ndata: ${data}\n\n`;
}
