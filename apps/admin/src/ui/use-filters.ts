import { useListFilters } from './use-list-filters.js';

type Set<T> = <K extends keyof T & string>(key: K, value: T[K] | '' | undefined) => void;

/** The filters of the list we are in, and a way to set one of them; '' and false take it away. */
export function useFilters<T extends object>(): [values: T, set: Set<T>] {
  const { values, replace } = useListFilters<T>();
  const set: Set<T> = (key, value) => {
    const others = Object.fromEntries(Object.entries(values).filter(([name]) => name !== key)) as T;
    const isNothing = value === '' || value === undefined || value === false;
    replace(isNothing ? others : { ...others, [key]: value });
  };
  return [values, set];
}
