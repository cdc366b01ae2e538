import { Injectable } from '@nestjs/common';
import { productionEnvironment } from '../../platform/permissions/key-scopes.js';
import { OfrepFetches } from '../runtime/ofrep-fetches.service.js';
import { ObservationWriter } from './observation-writer.service.js';

/** What one OFREP caller was just given. */
export interface Fetched {
  workflowId: string;
  keyId: string;
  environment: string;
  /** How the caller is told apart from others with the same key; null where nothing tells. */
  clientId: string | null;
  incarnation: number;
  epoch: number;
  stageKey: string | null;
  /** Digest of the release, or disabled, fallback or failure; null where nothing was decided (not modified). */
  served: string | null;
  /** How many times; once unless it says so. */
  requests?: number;
}

interface Caller {
  workflowId: string;
  keyId: string;
  environment: string;
  clientId: string;
  incarnation: number;
  epoch: number;
}

interface Count {
  workflowId: string;
  stageKey: string;
  served: string;
  requests: number;
}

type By<T> = Map<string, T>;

/** Maps within maps: a text that was looked up before costs nothing, one that is put together each time costs much. */
function within<T>(map: By<T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

const innermost = <T>(map: By<By<By<T>>>): T[] =>
  [...map.values()].flatMap((inner) => [...inner.values()].flatMap((last) => [...last.values()]));

/** Most callers that are told apart between two writes; the rest counts for its key. */
const mostCallers = 20_000;
/** Milliseconds. */
const flushEvery = 1_000;
/** Callers that nothing tells apart. */
const anonymous = 'all';

/**
 * Callers that evaluate through OFREP without our SDK, known by what they last fetched. On the path of every evaluation:
 * some look-ups and an addition, no database.
 */
@Injectable()
export class FetchLog {
  /** By workflow, key and client. */
  private callers: By<By<By<Caller>>> = new Map();
  private callersSeen = 0;
  /** By workflow, what was served and stage. */
  private counts: By<By<By<Count>>> = new Map();
  /** The version that each was last written with. */
  private known = new Map<string, string>();
  private drainedAt = 0;

  constructor(
    private readonly writer: ObservationWriter,
    fetches: OfrepFetches,
  ) {
    fetches.listen((fetch) => this.seen(fetch));
    writer.drain(() => {
      if (performance.now() - this.drainedAt >= flushEvery) this.flush();
    });
  }

  seen(fetched: Fetched): void {
    const { workflowId, keyId, environment, incarnation, epoch, served, requests = 1 } = fetched;
    const clientId =
      fetched.clientId === null || this.callersSeen >= mostCallers
        ? anonymous
        : fetched.clientId.slice(0, 100);
    const ofKey = within(
      within(this.callers, workflowId, () => new Map<string, By<Caller>>()),
      keyId,
      () => new Map<string, Caller>(),
    );
    const caller = within(ofKey, clientId, () => {
      this.callersSeen += 1;
      return { workflowId, keyId, environment, clientId, incarnation, epoch };
    });
    if (incarnation > caller.incarnation || (incarnation === caller.incarnation && epoch > caller.epoch)) {
      caller.incarnation = incarnation;
      caller.epoch = epoch;
    }
    if (served === null || environment !== productionEnvironment) return;
    const stageKey = fetched.stageKey ?? '';
    const ofServed = within(
      within(this.counts, workflowId, () => new Map<string, By<Count>>()),
      served,
      () => new Map<string, Count>(),
    );
    within(ofServed, stageKey, () => ({ workflowId, stageKey, served, requests: 0 })).requests += requests;
  }

  /** Hands what was fetched to whoever writes it. */
  flush(): void {
    const [callers, counts] = [this.callers, this.counts];
    const receivedAt = performance.now();
    this.drainedAt = receivedAt;
    this.callers = new Map();
    this.callersSeen = 0;
    this.counts = new Map();
    for (const caller of innermost(callers)) this.hand(caller, receivedAt);
    for (const count of innermost(counts)) this.writer.count({ ...count, source: 'ofrep', receivedAt });
  }

  private hand({ clientId, ...caller }: Caller, receivedAt: number): void {
    const instanceId = `ofrep:${caller.keyId}:${clientId}`;
    const { workflowId, incarnation, epoch } = caller;
    const version = `${String(incarnation)}.${String(epoch)}`;
    const key = `${workflowId} ${instanceId}`;
    const said = { ...caller, instanceId, via: 'ofrep', levers: [], receivedAt } as const;
    this.writer.report({
      ...said,
      ...{
        isPublic: false,
        application: clientId === anonymous ? '' : clientId,
        sdk: 'OFREP',
        serves: [],
        drift: [],
      },
      // When it started nobody knows; the same for every replica, so that versions alone order what they heard.
      ...{ startedAt: 0, sentAt: Date.now(), isFallback: false, stopping: false },
    });
    if (caller.environment !== productionEnvironment || this.known.get(key) === version) return;
    if (this.known.size >= mostCallers * 5) this.known.clear();
    this.known.set(key, version);
    const { levers, via } = said;
    this.writer.acknowledge({ workflowId, instanceId, incarnation, epoch, via, levers, receivedAt });
  }
}
