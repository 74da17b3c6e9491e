import { type InfiniteData, infiniteQueryOptions, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Total } from '../../contract/fields.ts'

export type Page<Item> = { items: Item[]; next_cursor: string | null; total: Total }

type ListSource<P extends Page<unknown>> = {
  key: QueryKey
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<P>
  enabled?: boolean
}

/** A cursor list as query options: what was shown stays until the new filter's first page is there. */
export const infiniteList = <P extends Page<unknown>>({ key, fetch, enabled = true }: ListSource<P>) =>
  infiniteQueryOptions<P, Error, InfiniteData<P, string | undefined>, QueryKey, string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  })

/** The pages as one list, with what the table needs to ask for more. */
export function useInfiniteList<P extends Page<unknown>>(source: ListSource<P>) {
  const query = useInfiniteQuery(infiniteList(source))
  const pages = query.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items as P['items']) ?? [], [pages]) as P['items']
  return {
    items,
    first: pages?.[0],
    total: pages?.[0]?.total,
    error: query.error,
    /** Nothing to show yet. */
    isPending: query.isPending,
    /** Shown items belong to the filter before. */
    isStale: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}
