import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';
import type { OfrepFetch } from './ofrep-fetches.service.js';

/** Different contexts of one key whose answers are kept. */
const mostKept = 500;
/** Milliseconds for which fetches of kept answers are gathered before they are told. */
const gatherFor = 100;

export interface BulkAnswer {
  /** Strong and quoted: over the configuration, the context's effect on it, the key's scope and the stream. */
  etag: string;
  /** Made when it is asked for: mostly the client has it already. */
  body: () => string;
}

interface Kept {
  answer: BulkAnswer;
  /** What each fetch of it has fetched. */
  fetches: readonly OfrepFetch[];
  /** By caller, since they were last told. */
  again: Map<string, number>;
}

/** Answers with all flags, until anything that is served changes: clients ask for the same again and again. */
export class KeptBulkAnswers {
  private byKey = new WeakMap<RuntimeKey, Map<string, Kept>>();
  private readonly asked = new Set<Kept>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly tell: (fetch: OfrepFetch) => void) {}

  /** @param asked everything in the request that the answer depends on */
  find(key: RuntimeKey, asked: string, caller: string): BulkAnswer | null {
    const kept = this.byKey.get(key)?.get(asked);
    if (!kept) return null;
    kept.again.set(caller, (kept.again.get(caller) ?? 0) + 1);
    this.asked.add(kept);
    this.timer ??= setTimeout(() => this.tellAll(), gatherFor).unref();
    return kept.answer;
  }

  keep(key: RuntimeKey, asked: string, answer: BulkAnswer, fetches: readonly OfrepFetch[]): void {
    const known = this.byKey.get(key) ?? new Map<string, Kept>();
    this.byKey.set(key, known);
    if (known.size >= mostKept) known.clear();
    known.set(asked, { answer, fetches, again: new Map() });
  }

  /** Something else is served now. */
  forget(): void {
    this.byKey = new WeakMap();
  }

  private tellAll(): void {
    this.timer = null;
    for (const { fetches, again } of this.asked) {
      for (const [clientId, requests] of again)
        for (const fetch of fetches) this.tell({ ...fetch, clientId, requests });
      again.clear();
    }
    this.asked.clear();
  }
}
