import { useInfiniteQuery } from '@tanstack/react-query';
import type { TypedDocumentString } from './generated/documents.js';
import { request } from './request.js';
import { apiKey } from './use-api.js';

interface Connection<N> {
  totalCount: number;
  nodes: N[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** All pages of a list that have been read so far; `data` is their rows, one after another. */
export interface Pages<N, R = unknown> {
  data: { nodes: N[]; totalCount: number } | undefined;
  /** The first page as it was answered. */
  first: R | undefined;
  error: Error | null;
  refetch: () => unknown;
  hasMore: boolean;
  more: () => void;
  isReading: boolean;
}

/** Reads a keyset list page after page; from the first one again whenever something changed. */
export function useApiPages<R, V extends { after?: string | null }, N>(
  document: TypedDocumentString<R, V>,
  variables: V,
  connectionOf: (data: R) => Connection<N> | null | undefined,
  { enabled = true }: { enabled?: boolean } = {},
): Pages<N, R> {
  const query = useInfiniteQuery({
    queryKey: [apiKey, document.toString(), variables, 'pages'],
    queryFn: ({ pageParam, signal }) => request(document, { ...variables, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => {
      const pageInfo = connectionOf(last)?.pageInfo;
      return pageInfo?.hasNextPage ? pageInfo.endCursor : null;
    },
    enabled,
    retry: false,
  });
  const pages = query.data?.pages.map(connectionOf);
  return {
    data: pages && {
      nodes: pages.flatMap((page) => page?.nodes ?? []),
      totalCount: pages.at(-1)?.totalCount ?? 0,
    },
    first: query.data?.pages[0],
    error: query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    isReading: query.isFetchingNextPage,
  };
}
