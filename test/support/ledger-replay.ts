interface Replayed {
  from: number;
  to: number | null;
  releaseId: string;
  entryId: string;
}

interface Entry {
  id: string;
  chain: string;
  seq: number;
  at: string;
  act: string;
  subject: { id: string };
  data: Record<string, unknown>;
}

interface Definition {
  from: number;
  revision: number;
}

/**
 * What was live when, from nothing but the canonical texts of the ledger: what anybody could work out who has an
 * export and no server.
 */
export class LedgerReplay {
  private readonly intervals = new Map<string, Replayed[]>();
  private readonly definitions = new Map<string, Definition[]>();
  private readonly numbers = new Map<string, number>();
  /** Every instant at which something began or ended. */
  readonly boundaries: number[] = [];

  constructor(canonicalTexts: readonly string[]) {
    const entries = canonicalTexts.map((text) => JSON.parse(text) as Entry);
    entries.sort((a, b) => (a.chain === b.chain ? a.seq - b.seq : a.chain < b.chain ? -1 : 1));
    for (const entry of entries) this.follow(entry);
  }

  get places(): { workflowId: string; stageKey: string }[] {
    return [...this.intervals.keys()].map((place) => {
      const [workflowId = '', stageKey = ''] = place.split(' ');
      return { workflowId, stageKey };
    });
  }

  liveAt(workflowId: string, stageKey: string, at: number): Replayed | null {
    const stays = this.intervals.get(`${workflowId} ${stageKey}`) ?? [];
    return stays.find((stay) => stay.from <= at && (stay.to === null || at < stay.to)) ?? null;
  }

  /** Number of the revision of a stage's definition that held. */
  revisionAt(workflowId: string, stageKey: string, at: number): number {
    const held = this.definitions.get(`${workflowId} ${stageKey}`) ?? [];
    return held.findLast((one) => one.from <= at)?.revision ?? 1;
  }

  liveBetween(from: number, to: number): Replayed[] {
    const all = [...this.intervals.values()].flat();
    return all.filter((stay) => stay.from < to && (stay.to === null || stay.to > from));
  }

  private follow({ id, chain, at, act, subject, data }: Entry): void {
    const time = Date.parse(at);
    const stageKey = data['stageKey'] as string;
    if (act === 'promotion.executed' || act === 'promotion.brokeGlass') {
      this.enter(`${chain} ${stageKey}`, time, data['releaseId'] as string, id);
      this.define(`${chain} ${stageKey}`, time, this.numbers.get(data['stageRevisionId'] as string));
    }
    if (act === 'workflow.adopted')
      for (const key of data['stageKeys'] as string[])
        this.enter(`${chain} ${key}`, time, data['releaseId'] as string, id);
    if (act === 'stage.revised' || act === 'stage.revision_approved') {
      const revision = data['revision'] as number;
      this.numbers.set(subject.id, revision);
      if (data['standing'] === 'in_force') this.define(`${chain} ${stageKey}`, time, revision);
    }
  }

  private enter(place: string, at: number, releaseId: string, entryId: string): void {
    const stays = this.intervals.get(place) ?? [];
    const last = stays.at(-1);
    if (last) last.to = at;
    stays.push({ from: at, to: null, releaseId, entryId });
    this.intervals.set(place, stays);
    this.boundaries.push(at);
  }

  private define(place: string, at: number, revision: number | undefined): void {
    if (revision === undefined) return;
    this.definitions.set(place, [...(this.definitions.get(place) ?? []), { from: at, revision }]);
    this.boundaries.push(at);
  }
}
