import { useEffect } from 'react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useLogoutIfAccessDenied } from 'react-admin';
import type { TypedDocumentString } from '../api/generated/documents.js';
import { ApiFault } from '../api/request.js';
import { apiKey } from '../api/use-api.js';
import { requestWithin } from './request-within.js';

/** Longest wait for one answer, in milliseconds. */
const patience = 12_000;

/**
 * Reads what must not be out of date: again on every live update, when the screen is unlocked or the connection is back,
 * and every `pace(data)` milliseconds besides, should live updates not come through.
 */
export function useFollowed<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  pace: (data: R | undefined) => number,
  enabled = true,
): UseQueryResult<R> {
  const logoutIfAccessDenied = useLogoutIfAccessDenied();
  const query = useQuery({
    queryKey: [apiKey, document.toString(), variables],
    queryFn: ({ signal }) => requestWithin(document, variables, patience, signal),
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    refetchInterval: ({ state }) => pace(state.data),
    retry: (count, error) => count < 4 && error instanceof ApiFault && error.status === 0,
    retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
  });
  const { error } = query;
  useEffect(() => {
    if (error instanceof ApiFault && error.status === 401) void logoutIfAccessDenied(error);
  }, [error, logoutIfAccessDenied]);
  return query;
}
