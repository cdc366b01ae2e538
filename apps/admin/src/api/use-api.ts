import { useEffect } from 'react';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useLogoutIfAccessDenied } from 'react-admin';
import type { TypedDocumentString } from './generated/documents.js';
import { ApiFault, request } from './request.js';

/** Everything the console has read is under this key, so that one event can make all of it fresh again. */
export const apiKey = 'api';

interface Options {
  enabled?: boolean;
  /** Keep showing the previous answer while the variables change (filters, pages). */
  keepPrevious?: boolean;
}

/** Reads one typed document, and again whenever a live update or an act says that something changed. */
export function useApi<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V,
  { enabled = true, keepPrevious = false }: Options = {},
): UseQueryResult<R> {
  const logoutIfAccessDenied = useLogoutIfAccessDenied();
  const query = useQuery({
    queryKey: [apiKey, document.toString(), variables],
    queryFn: ({ signal }) => request(document, variables, signal),
    enabled,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    retry: (count, error) => count < 2 && error instanceof ApiFault && error.status === 0,
  });
  const { error } = query;
  useEffect(() => {
    if (error instanceof ApiFault && error.status === 401) void logoutIfAccessDenied(error);
  }, [error, logoutIfAccessDenied]);
  return query;
}
