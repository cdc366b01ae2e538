import { useListContext, useSavedQueries } from 'react-admin';
import { useListFilters } from './use-list-filters.js';

export interface Views {
  names: string[];
  /** Name of the view whose filters are set now. */
  current: string | null;
  /** Whether the filters set now are worth a name. */
  canSave: boolean;
  show: (name: string) => void;
  save: (name: string) => void;
  remove: (name: string) => void;
}

/** Filters and order of a list kept under names, in this browser. */
export function useViews(resource: string): Views {
  const { sort, setSort } = useListContext();
  const { values, replace } = useListFilters<Record<string, unknown>>();
  const [saved, setSaved] = useSavedQueries(resource);
  const views = saved.map(({ label, value }) => ({
    label,
    filter: value.filter as Record<string, unknown>,
    sort: value.sort,
  }));
  const key = JSON.stringify(values);
  const current = views.find((view) => JSON.stringify(view.filter) === key)?.label ?? null;
  return {
    names: views.map((view) => view.label),
    current,
    canSave: current === null && key !== '{}',
    show: (name) => {
      const view = views.find(({ label }) => label === name);
      if (!view) return;
      replace(view.filter);
      if (view.sort) setSort(view.sort);
    },
    save: (name) =>
      setSaved([
        ...saved.filter(({ label }) => label !== name),
        { label: name, value: { filter: values, sort } },
      ]),
    remove: (name) => setSaved(saved.filter(({ label }) => label !== name)),
  };
}
