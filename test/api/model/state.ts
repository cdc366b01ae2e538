/** The stages of the default rollout, in its order. */
export const stageKeys = ['internal', 'limited', 'expanded', 'general'] as const;

/** Everybody, those on one plan, or those who take part in a drill. */
export const segments = ['', 'free', 'drill'] as const;
export type Segment = (typeof segments)[number];

export const rulesOf = (segment: Segment) =>
  segment === ''
    ? []
    : segment === 'drill'
      ? [{ attribute: 'holdpoint_drill', operator: 'equals' as const, values: ['true'] }]
      : [{ attribute: 'plan', operator: 'equals' as const, values: [segment] }];

export const segmentOf = (rules: unknown): Segment => {
  const text = JSON.stringify(rules);
  return text === '[]' ? '' : text.includes('holdpoint_drill') ? 'drill' : 'free';
};

export interface ModelRelease {
  id: string;
  digest: string;
  prompt: string;
  model: string;
  parent: string | null;
  derivedFrom: string | null;
}

/** One lever that lies over one stage; stage null: whoever is in none. */
export interface Lay {
  stage: string | null;
  segment: Segment;
  /** disable, fallback:people, serve:<release>, tool */
  lever: string;
  /** The hour at which a drill has ended; null: a rollback's. */
  until: number | null;
  rollback: string;
  /** Levers that were laid together, and end together. */
  group: number;
  at: number;
}

export interface ModelPromotion {
  id: string;
  kind: 'climb' | 'replace' | 'fix';
  release: string;
  revision: number;
  to: string;
  incident: string | null;
  moves: { stage: string; state: 'open' | 'executed' | 'withdrawn' }[];
  /** Releases that were approved in it. */
  approved: string[];
  state: 'open' | 'executed' | 'withdrawn';
}

/** Everything that the product should know of one workflow, in the plainest form. */
export interface Model {
  tick: number;
  /** The last group of levers. */
  groups: number;
  /** Shifted by hand. */
  hours: number;
  releases: Map<string, ModelRelease>;
  pointers: Record<string, { release: string; sinceHours: number } | undefined>;
  entries: { stage: string; release: string; at: number; gated: boolean }[];
  lays: Lay[];
  holds: { stage: string; rollback: string; incident: string; by: string }[];
  quarantines: { stage: string; release: string; segment: Segment; rollback: string; by: string }[];
  incidents: Map<string, 'open' | 'monitoring'>;
  promotions: Map<string, ModelPromotion>;
  adopted: boolean;
}

export const emptyModel = (first: ModelRelease): Model => ({
  ...{
    tick: 0,
    groups: 0,
    hours: 0,
    releases: new Map([[first.id, first]]),
    pointers: {},
    entries: [],
    lays: [],
  },
  ...{ holds: [], quarantines: [], incidents: new Map(), promotions: new Map(), adopted: false },
});

export const position = (stage: string): number => stageKeys.findIndex((key) => key === stage);

/** The release that somebody made, behind what rollbacks derived of it. */
export function madeOf(model: Model, id: string): string {
  const from = model.releases.get(id)?.derivedFrom ?? null;
  return from === null ? id : madeOf(model, from);
}

export const inForce = (model: Model, { until }: Lay): boolean => until === null || model.hours < until;

/** Levers that are certainly over everybody of a segment in a stage, oldest first; drills are none. */
export const over = (model: Model, stage: string | null, segment: Segment): Lay[] =>
  model.lays.filter(
    (lay) => lay.until === null && lay.stage === stage && (lay.segment === '' || lay.segment === segment),
  );

export const servedBy = (lays: readonly Lay[]): string | null =>
  lays.findLast(({ lever }) => lever.startsWith('serve:'))?.lever.slice('serve:'.length) ?? null;

export const servedTo = (model: Model, stage: string, segment: Segment): string | null =>
  servedBy(over(model, stage, segment)) ?? model.pointers[stage]?.release ?? null;

export const isLeft = (model: Model, release: string): boolean =>
  model.quarantines.some((one) => one.release === release);
