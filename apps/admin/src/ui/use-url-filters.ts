import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

export interface UrlFilters<K extends string> {
  values: Partial<Record<K, string>>;
  /** Changes some of them; '' takes one away. The address changes with them, so that it can be kept and sent on. */
  set: (changes: Partial<Record<K, string>>) => void;
  clear: () => void;
  /** As the address has them. */
  query: string;
}

/** Filters that live in the address of the page. */
export function useUrlFilters<K extends string>(names: readonly K[]): UrlFilters<K> {
  const [params, setParams] = useSearchParams();
  // What was changed last, also while the page is not drawn again yet: the next change must not take it back.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = (next: URLSearchParams) => {
    latest.current = next;
    setParams(next, { replace: true });
  };
  const values: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = params.get(name);
    if (value) values[name] = value;
  }
  const set = (changes: Partial<Record<K, string>>) => {
    const next = new URLSearchParams(latest.current);
    for (const [name, value] of Object.entries(changes) as [K, string | undefined][]) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    change(next);
  };
  return { values, set, clear: () => change(new URLSearchParams()), query: params.toString() };
}
