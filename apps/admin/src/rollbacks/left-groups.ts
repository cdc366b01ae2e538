import type { WorkflowLiveQuery } from '../api/generated/documents.js';
import { segmentWords } from '../live/live-words.js';

type Live = NonNullable<WorkflowLiveQuery['workflow']>;

/** Holds or quarantines that one rollback left, of several stages. */
export interface LeftGroup<T> {
  key: string;
  /** One per stage, in the order of the rollout. */
  parts: T[];
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): LeftGroup<T>[] {
  const groups = new Map<string, T[]>();
  // Lists come newest first, and with that the last stage first.
  for (const one of [...all].reverse()) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups].map(([key, parts]) => ({ key, parts })).reverse();
}

export const holdGroups = ({ holds }: Live) =>
  grouped(holds, ({ rollback, viewerCanLift }) => `${String(rollback.number)} ${String(viewerCanLift)}`);

export const quarantineGroups = ({ quarantines }: Live) =>
  grouped(
    quarantines,
    ({ release, segment, viewerCanClear }) =>
      `${release.id} ${segmentWords(segment) ?? ''} ${String(viewerCanClear)}`,
  );
