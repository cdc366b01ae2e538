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

interface Overlay {
  id: string;
  rollbackId: string;
  place: string;
  from: number;
  to: number | null;
  segment: unknown;
  levers: { kind: string }[];
}

type LaidOverlay = { id: string; stageKey: string | null; segment: unknown; levers: { kind: string }[] };

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
  private readonly overlays = new Map<string, Overlay>();
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

  /** Every stage that something lay over, and, with a null, whoever is in none. */
  get overlaidPlaces(): { workflowId: string; stageKey: string | null }[] {
    return [...new Set([...this.overlays.values()].map(({ place }) => place))].map((place) => {
      const [workflowId = '', stageKey = ''] = place.split(' ');
      return { workflowId, stageKey: stageKey === 'null' ? null : stageKey };
    });
  }

  /** What rollbacks and drills had laid over a place: turning off first, then falling back; of two alike the later. */
  overlaysAt(workflowId: string, stageKey: string | null, at: number): Overlay[] {
    const strength = ({ levers }: Overlay) =>
      ['disable', 'fallback'].findIndex((kind) => levers.some((lever) => lever.kind === kind)) >>> 0;
    return [...this.overlays.values()]
      .filter(
        ({ place, from, to }) =>
          place === `${workflowId} ${String(stageKey)}` &&
          from <= at &&
          (to === null || (at < to && to > from)),
      )
      .sort((a, b) => strength(a) - strength(b) || b.from - a.from || (a.id < b.id ? 1 : -1));
  }

  /** Whether something lay over this place at some time of [from, to) while nothing was live in it. */
  laidOverNothing(workflowId: string, stageKey: string | null, from: number, to: number): boolean {
    const instants = [from, ...this.boundaries.filter((at) => from < at && at < to)];
    return instants.some(
      (at) =>
        this.liveAt(workflowId, String(stageKey), at) === null &&
        this.overlaysAt(workflowId, stageKey, at).length > 0,
    );
  }

  /** How often each kind of act happened. */
  readonly acts = new Map<string, number>();

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
    this.acts.set(act, (this.acts.get(act) ?? 0) + 1);
    this.followOverlays(chain, time, { act, id, subject, data });
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

  private followOverlays(
    chain: string,
    time: number,
    { act, id, subject, data }: Pick<Entry, 'act' | 'id' | 'subject' | 'data'>,
  ): void {
    const ended = [
      ...((data['supersededOverlayIds'] as string[] | undefined) ?? []),
      ...((data['endedOverlayIds'] as string[] | undefined) ?? []),
      ...(act === 'overlay.ended' ? [subject.id] : []),
    ];
    for (const overlayId of ended) this.end(this.overlays.get(overlayId), time);
    if (act === 'drill.ended')
      for (const overlay of this.overlays.values())
        if (overlay.rollbackId === subject.id && (overlay.to ?? Infinity) > time) this.end(overlay, time);
    if (act === 'rollback.triggered' || act === 'drill.started')
      for (const laid of data['overlays'] as LaidOverlay[]) {
        const to = act === 'drill.started' ? Date.parse(data['until'] as string) : null;
        const { id: overlayId, stageKey, segment, levers } = laid;
        const place = `${chain} ${String(stageKey)}`;
        const overlay = { id: overlayId, rollbackId: subject.id, place, from: time, to, segment, levers };
        this.overlays.set(overlayId, overlay);
        this.boundaries.push(time, ...(to === null ? [] : [to]));
      }
    if (act === 'rollback.triggered' && data['movesPointers'] === true)
      for (const { stageKey } of data['left'] as { stageKey: string }[]) {
        this.acts.set('a pointer taken back', (this.acts.get('a pointer taken back') ?? 0) + 1);
        this.enter(`${chain} ${stageKey}`, time, data['servesReleaseId'] as string, id);
      }
    if (act === 'workflow.retired')
      for (const [place, stays] of this.intervals) {
        const last = stays.at(-1);
        if (!place.startsWith(`${chain} `) || last?.to !== null) continue;
        last.to = time;
        this.boundaries.push(time);
      }
    // Nothing of it is served any more, whatever lies over it still.
    if (act === 'workflow.retired')
      for (const overlay of this.overlays.values())
        if (overlay.place.startsWith(`${chain} `) && (overlay.to ?? Infinity) > time) this.end(overlay, time);
  }

  private end(overlay: Overlay | undefined, time: number): void {
    if (!overlay) throw new Error('The ledger ends an overlay that it never said was laid');
    overlay.to = time;
    this.boundaries.push(time);
  }

  private enter(place: string, at: number, releaseId: string, entryId: string): void {
    const stays = this.intervals.get(place) ?? [];
    const last = stays.at(-1);
    if (last) last.to ??= at;
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
