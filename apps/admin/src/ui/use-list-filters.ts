import { useListContext } from 'react-admin';

export interface ListFilters<T extends object> {
  values: T;
  /** Replaces all filters and goes to the first page. */
  replace: (values: T) => void;
}

/** The filters of the list we are in, typed; react-admin itself leaves them open. */
export function useListFilters<T extends object>(): ListFilters<T> {
  const context = useListContext();
  const setFilters = context.setFilters as (filters: T, displayed: string[]) => void;
  return { values: context.filterValues as T, replace: (values) => setFilters(values, []) };
}
