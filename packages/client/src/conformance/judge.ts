import type { Snapshot, SnapshotVersion } from '../decide/snapshot.js';
import { heartbeat, type Heartbeat, type ServedWorkflow } from '../report/heartbeat.schema.js';
import { servesOf } from '../sdk/serves.js';
import { isNewer, versionText } from '../sdk/version.js';
import { playedWorkflow } from './played-snapshots.js';

/** What the played registry wrote down, in the order in which it happened. `at` in milliseconds. */
export type Heard =
  | { kind: 'given'; at: number; version: SnapshotVersion }
  | { kind: 'report'; at: number; body: unknown; hasKey: boolean; isRefused: boolean }
  | { kind: 'stop'; at: number };

export interface Patience {
  /** Between receiving a version and reporting it, and between two reports. Milliseconds. */
  acknowledgeMs: number;
  betweenMs: number;
}

/** A promise of docs/heartbeats.md, and how it was broken; null: it was kept. */
export interface Verdict {
  promise: string;
  broken: string | null;
}

interface Report {
  at: number;
  body: Heartbeat;
  played: ServedWorkflow;
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

/** @param served every snapshot that the registry played */
export function judge(heard: readonly Heard[], served: readonly Snapshot[], patience: Patience): Verdict[] {
  const raw = heard.filter((one) => one.kind === 'report');
  const shape = raw.map(({ body }) => heartbeat.safeParse(body)).find(({ success }) => !success);
  const issue = shape?.error?.issues[0];
  const reports = raw.flatMap(({ at, body }): Report[] => {
    const parsed = heartbeat.safeParse(body);
    const played = parsed.data?.workflows.find(({ workflow }) => workflow === playedWorkflow);
    return parsed.data && played ? [{ at, body: parsed.data, played }] : [];
  });
  return [
    { promise: 'It reports', broken: raw.length > 0 ? null : 'no report came' },
    {
      promise: 'Every report has the shape that is documented',
      broken: issue ? `${issue.path.join('.') || 'the body'}: ${issue.message}` : null,
    },
    { promise: `Reports name ${playedWorkflow}`, broken: reports.length > 0 ? null : 'none does' },
    {
      promise: 'The key is sent in a header',
      broken: raw.every(({ hasKey }) => hasKey) ? null : 'a report came without it',
    },
    { promise: 'An instance keeps its id and when it started', broken: changedIdentity(reports) },
    { promise: 'Versions only grow', broken: wentBack(reports) },
    { promise: 'A version is reported only after it was received', broken: unheardOf(heard, reports) },
    {
      promise: 'What is reported as served is what that version holds',
      broken: wrongServes(reports, served),
    },
    { promise: 'A new version is acknowledged at once', broken: unacknowledged(heard, reports, patience) },
    { promise: 'Reports come regularly, also after one was refused', broken: silence(heard, patience) },
    { promise: 'It says goodbye when it stops', broken: noGoodbye(heard, reports) },
  ];
}

function changedIdentity(reports: readonly Report[]): string | null {
  const first = reports[0]?.body;
  const other = reports.find(
    ({ body }) => body.instanceId !== first?.instanceId || body.startedAt !== first.startedAt,
  );
  return other ? `${first?.instanceId ?? ''} became ${other.body.instanceId}` : null;
}

function wentBack(reports: readonly Report[]): string | null {
  for (const [at, { played }] of reports.entries()) {
    const before = reports[at - 1]?.played;
    if (before && isNewer(before, played))
      return `${versionText(before)} was followed by ${versionText(played)}`;
  }
  return null;
}

function unheardOf(heard: readonly Heard[], reports: readonly Report[]): string | null {
  const early = reports.find(
    ({ at, played }) =>
      played.incarnation > 0 &&
      !heard.some(
        (one) => one.kind === 'given' && one.at <= at && versionText(one.version) === versionText(played),
      ),
  );
  return early ? `${versionText(early.played)} had not been fetched` : null;
}

function wrongServes(reports: readonly Report[], served: readonly Snapshot[]): string | null {
  for (const { played } of reports) {
    const snapshot = served.find(({ version }) => versionText(version) === versionText(played));
    if (!snapshot || played.state === 'fallback') continue;
    const right = sorted(servesOf(snapshot, Date.now()));
    const said = sorted(played.serves);
    if (said !== right) return `at ${versionText(played)} it says ${said}, and it should be ${right}`;
    const digests = new Set(Object.values(snapshot.releases).map(({ digest }) => digest));
    const strange = played.counts.find(
      (count) => count.served.startsWith('sha256:') && !digests.has(count.served),
    );
    if (strange) return `it counts requests for ${strange.served}, which was never served`;
  }
  return null;
}

function unacknowledged(
  heard: readonly Heard[],
  reports: readonly Report[],
  patience: Patience,
): string | null {
  let newest: SnapshotVersion | null = null;
  for (const one of heard) {
    if (one.kind !== 'given' || !isNewer(one.version, newest)) continue;
    newest = one.version;
    const late = one.at + patience.acknowledgeMs;
    const told = reports.some(
      ({ at, played }) => at >= one.at && at <= late && !isNewer(one.version, played),
    );
    if (!told)
      return `${versionText(one.version)} was not reported within ${patience.acknowledgeMs} ms of being fetched`;
  }
  return newest ? null : 'no version was ever fetched';
}

function silence(heard: readonly Heard[], { betweenMs }: Patience): string | null {
  const times = heard.filter(({ kind }) => kind !== 'given').map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const longest = Math.max(0, ...gaps);
  return longest > betweenMs ? `for ${(longest / 1000).toFixed(1)} s none came` : null;
}

function noGoodbye(heard: readonly Heard[], reports: readonly Report[]): string | null {
  const stop = heard.find(({ kind }) => kind === 'stop');
  if (!stop) return 'it was not stopped';
  const early = reports.find(({ at, body }) => body.stopping && at < stop.at);
  if (early) return 'it said so before it was asked to stop';
  return reports.at(-1)?.body.stopping === true ? null : 'the last report does not say stopping';
}
