import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Import, ImportInput } from '../../../contract/imports.ts'
import type { ServerMessage } from '../../../contract/live.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'
import { unlessLive } from '../../api/live.ts'
import { patchRecord } from '../../api/optimistic.ts'
import { queryClient } from '../../api/query-client.ts'

const keys = keysOf('imports')

export const isUnderWay = (one: Pick<Import, 'status'>) => one.status === 'queued' || one.status === 'running'

/** The last imports; while one of them runs, what is told of it is written here, or it is asked for. */
export const importsQuery = infiniteQueryOptions({
  queryKey: keys.lists,
  queryFn: ({ pageParam, signal }) => client.imports.list({ query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ? unlessLive(2_000) : false),
})

/** One import, followed while it runs: so it can be left and come back to. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => client.imports.get({ params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? unlessLive(700) : false),
  })

/** How far an import is, as the server tells it. What came of it is more than that, so the end is read. */
export function noteImportProgress({ id, status, processed, total }: ServerMessage & { type: 'import_progress' }) {
  const { key, update } = patchRecord(keys.all, id, { status, processed, total })
  if (isUnderWay({ status })) queryClient.setQueriesData({ queryKey: key }, (data: unknown) => (data === undefined ? data : update(data)))
  else void queryClient.invalidateQueries({ queryKey: keys.all })
}

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
