/** One stage as it stands now: what decisions about entering, widening and comparing rest on. */
export interface StageFacts {
  readonly key: string;
  readonly name: string;
  /** From 0, in the order of the rollout. */
  readonly position: number;
  readonly currentRevisionId: string;
  readonly occupancyId: string | null;
  /** The release that occupies it now. */
  readonly occupantId: string | null;
  /** What serves everybody in it in its place: a release that a rollback derived. Left out, or null: nothing does. */
  readonly servedId?: string | null;
  /** Whether a rollback's overlay lies over it, or over whoever is in no stage. */
  readonly overlaid?: boolean;
  /** Incidents whose rollbacks hold it. */
  readonly heldFor?: readonly string[];
  /** Since when that release has been here without being displaced. */
  readonly occupiedSince: Date | null;
  /** Hours a replacement spends here before it follows on. */
  readonly replaceHours: number;
}

/** One half-open interval in which a release occupied a stage. */
export interface Interval {
  readonly releaseId: string;
  readonly from: Date;
  readonly to: Date | null;
}

/** Since when one release has been in a stage: intervals that touch are one stay, a gap ends it. Null: empty now. */
export function staySince(intervals: readonly Interval[]): Date | null {
  const latestFirst = [...intervals].sort((a, b) => b.from.getTime() - a.from.getTime());
  const current = latestFirst[0];
  if (current?.to !== null) return null;
  let since = current.from;
  for (const interval of latestFirst.slice(1)) {
    if (interval.releaseId !== current.releaseId || interval.to?.getTime() !== since.getTime()) break;
    since = interval.from;
  }
  return since;
}

/** The stages by what they effectively serve: what comparisons and lineage go by. */
export const asServed = <S extends Pick<StageFacts, 'occupantId' | 'servedId'>>(stages: readonly S[]): S[] =>
  stages.map((stage) => ({ ...stage, occupantId: stage.servedId ?? stage.occupantId }));

export const byPosition = <S extends { readonly position: number }>(stages: readonly S[]): S[] =>
  [...stages].sort((a, b) => a.position - b.position);
