import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Import, ImportInput } from '../../../contract/imports.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'

const keys = keysOf('imports')

export const isUnderWay = (one: Pick<Import, 'status'>) => one.status === 'queued' || one.status === 'running'

/** The last imports; asked again while one of them runs. */
export const importsQuery = infiniteQueryOptions({
  queryKey: keys.lists,
  queryFn: ({ pageParam, signal }) => client.imports.list({ query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ? 2_000 : false),
})

/** One import, asked again while it runs: so it can be left and come back to. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => client.imports.get({ params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 700 : false),
  })

export type Choices = Pick<ImportInput, 'kind' | 'mapping' | 'on_duplicate' | 'mode'>

/** What would happen, without anything happening. */
export const draftQuery = (file: File, choices: Choices) =>
  queryOptions({
    queryKey: ['imports', 'draft', file.name, file.size, file.lastModified, choices],
    queryFn: ({ signal }) => client.imports.create({ file, body: { ...choices, dry_run: true }, signal }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** `attempt` is one per decision to import: pressing twice imports once. */
export function useImport() {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: ({ file, choices, attempt }: { file: File; choices: Choices; attempt: string }) =>
      client.imports.create({ file, body: choices, idempotencyKey: attempt }),
    onSuccess: (one) => {
      caches.setQueryData(keys.one(one.id), one)
      void caches.invalidateQueries()
    },
  })
}

export function useUndoImport() {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.imports.undo({ params: { id } }),
    onSuccess: (one) => {
      caches.setQueryData(keys.one(one.id), one)
      void caches.invalidateQueries()
    },
  })
}
