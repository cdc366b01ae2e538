/** Milliseconds without a report after which an instance is silent: three of the intervals in which it reports. */
export const silentAfter = 30_000;

export interface MeasuredRollback {
  /** Milliseconds since 1970, like every time here, by the database's clock. */
  askedAt: number;
  appliedAt: number;
  /** Of a drill: when it ends by itself or was ended. What is taken over later shows nothing. */
  endsAt: number | null;
  /** The levers that were pulled. */
  levers: readonly string[];
}

/** An instance of production, as it stands now. */
export interface MeasuredInstance {
  instanceId: string;
  application: string;
  via: 'sdk' | 'ofrep';
  isPublic: boolean;
  firstSeenAt: number;
  seenAt: number;
  stoppedAt: number | null;
  incarnation: number;
  epoch: number;
  servesSince: number;
  levers: readonly string[];
  isFallback: boolean;
  /** When it first said that it serves the rollback's version or a later one. */
  acknowledgedAt: number | null;
}

export interface Straggler {
  instanceId: string;
  application: string;
  via: 'sdk' | 'ofrep';
  servesIncarnation: number;
  servesEpoch: number;
  /** Since when it serves that. */
  since: number;
  silent: boolean;
}

export interface Unhonoured {
  instanceId: string;
  application: string;
  levers: string[];
}

export interface Effect {
  state: 'applied' | 'confirmed';
  /** Instances with our SDK that were running when it was applied and have not stopped in order since. */
  expected: number;
  /** Those that serve its version or a later one and honour every lever that was pulled. */
  confirmed: number;
  /** Milliseconds from being asked to the slowest confirmation so far. */
  slowestMs: number | null;
  completedAt: number | null;
  /** Longest behind first. */
  stragglers: Straggler[];
  /** Stragglers that have not reported for three intervals. */
  silent: number;
  /** Callers without our SDK, which say nothing: by what they last fetched. */
  byOfrep: { expected: number; fetched: number };
  /** Took its version over and do not honour a lever of it. */
  unhonoured: Unhonoured[];
}

/**
 * Whether an instance was running when a rollback was applied. Who started later began with what it left and is not
 * counted against it; who reports with a key that anybody can read is counted for nothing.
 */
export function wasRunning(instance: MeasuredInstance, appliedAt: number): boolean {
  const { firstSeenAt, seenAt, stoppedAt, via, isPublic } = instance;
  return (
    !(via === 'sdk' && isPublic) &&
    firstSeenAt <= appliedAt &&
    seenAt >= appliedAt - silentAfter &&
    (stoppedAt === null || stoppedAt > appliedAt)
  );
}

/** What a rollback has come to: asked, applied, confirmed by n of m. Pure; `now` in milliseconds. */
export function effectOf(
  rollback: MeasuredRollback,
  instances: readonly MeasuredInstance[],
  now: number,
): Effect {
  const { askedAt, appliedAt, endsAt, levers } = rollback;
  const running = instances.filter((one) => wasRunning(one, appliedAt));
  const tookOver = ({ acknowledgedAt: at }: MeasuredInstance) =>
    at !== null && (endsAt === null || at < endsAt);
  // Who has stopped serves nothing any more; who is in its failure behaviour serves nothing that could be left.
  const counted = running.filter((one) => tookOver(one) || (one.stoppedAt === null && !one.isFallback));
  const missing = (one: MeasuredInstance) => levers.filter((lever) => !one.levers.includes(lever));
  const sdk = counted.filter(({ via }) => via === 'sdk');
  const ofrep = counted.filter(({ via }) => via === 'ofrep');
  const confirmed = sdk.filter((one) => tookOver(one) && missing(one).length === 0);
  const fetched = ofrep.filter(tookOver);
  const last = latest(confirmed);
  const isComplete =
    sdk.length > 0 ? confirmed.length === sdk.length : ofrep.length > 0 && fetched.length === ofrep.length;
  const stragglers = counted.filter((one) => !tookOver(one)).map((one) => stragglerOf(one, now));
  return {
    state: isComplete ? 'confirmed' : 'applied',
    expected: sdk.length,
    confirmed: confirmed.length,
    slowestMs: last === null ? null : Math.max(0, last - askedAt),
    completedAt: isComplete ? (last ?? latest(fetched)) : null,
    stragglers: stragglers.sort((one, other) => one.since - other.since),
    silent: stragglers.filter(({ silent }) => silent).length,
    byOfrep: { expected: ofrep.length, fetched: fetched.length },
    unhonoured: sdk
      .filter((one) => tookOver(one) && missing(one).length > 0)
      .map((one) => ({
        instanceId: one.instanceId,
        application: one.application,
        levers: [...new Set(missing(one))],
      })),
  };
}

function latest(instances: readonly MeasuredInstance[]): number | null {
  return instances.reduce<number | null>(
    (last, { acknowledgedAt: at }) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );
}

function stragglerOf(instance: MeasuredInstance, now: number): Straggler {
  const { instanceId, application, via, incarnation, epoch, servesSince, seenAt } = instance;
  return {
    ...{ instanceId, application, via, servesIncarnation: incarnation, servesEpoch: epoch },
    // Who says nothing of itself is not silent: it has nothing to fetch until it hears of something.
    ...{ since: servesSince, silent: via === 'sdk' && seenAt < now - silentAfter },
  };
}
