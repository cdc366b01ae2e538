import { useCallback } from 'react';
import { useListContext } from 'react-admin';

/** The filters of the list we are in, as a value and a way to set one of them; '' and false take it away. */
export function useFilters<T extends object>(): [
  T,
  <K extends keyof T & string>(key: K, value: T[K] | '' | undefined) => void,
] {
  const { filterValues, setFilters } = useListContext();
  const values = filterValues as T;
  const set = useCallback(
    <K extends keyof T & string>(key: K, value: T[K] | '' | undefined) => {
      const { [key]: _gone, ...others } = values;
      setFilters(
        value === '' || value === undefined || value === false ? others : { ...others, [key]: value },
        [],
      );
    },
    [values, setFilters],
  );
  return [values, set];
}
