import { AsOfDocument, LiveBetweenDocument, type LiveFilter } from '../api/generated/documents.js';
import { useApiPages } from '../api/use-api-pages.js';
import { isInstant } from '../ui/time-words.js';
import { useUrlFilters } from '../ui/use-url-filters.js';

const names = ['mode', 'at', 'from', 'to', 'workflow', 'team', 'stage'] as const;
const size = 50;

/** The time that is asked about and what of it, from the address of the page. Without a time: now. */
export function useAsOf() {
  const filters = useUrlFilters(names);
  const { mode, at, from, to, workflow, team, stage } = filters.values;
  const between = mode === 'between' || from !== undefined;
  const filter: LiveFilter = {
    ...(workflow && { workflowId: workflow }),
    ...(team && { teamId: team }),
    ...(stage && { stageKey: stage }),
  };
  const times = between ? [from, to] : [at];
  const isReversed = between && from && to ? Date.parse(to) <= Date.parse(from) : false;
  /** Whether there is an answer to be had; the fields say what is wrong where there is none. */
  const isAsked = !isReversed && times.every((time) => !time || isInstant(time)) && (!between || !!from);
  const instant = useApiPages(AsOfDocument, { first: size, at: at ?? null, filter }, (data) => data.asOf, {
    enabled: !between && isAsked,
  });
  const interval = useApiPages(
    LiveBetweenDocument,
    { first: size, from: from ?? '', to: to ?? null, filter },
    (data) => data.liveBetween,
    { enabled: between && isAsked },
  );
  /** The instant that the answer is for, as the server understood it; null for an interval. */
  const answeredAt = between ? null : (at ?? instant.first?.asOf.from ?? null);
  return { ...filters, between, isReversed, isAsked, answeredAt, pages: between ? interval : instant };
}

export type AsOfState = ReturnType<typeof useAsOf>;

/** The address of a file with the same as the page shows. */
export function exportPath({ values, between }: AsOfState, format: 'csv' | 'jsonl'): string {
  const { at, from, to, workflow, team, stage } = values;
  const given = {
    ...(between ? { from, to } : { at }),
    ...{ workflowId: workflow, teamId: team, stageKey: stage },
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value);
  return `/as-of.${format}?${query.toString()}`;
}
