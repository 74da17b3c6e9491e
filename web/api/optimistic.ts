import { type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyProblem } from '../ui/notify.tsx'

export type CachePatch = { key: QueryKey; update: (data: unknown) => unknown }

type Optimistic<Variables, Result> = {
  mutate: (variables: Variables) => Promise<Result>
  /** What the caches will look like, before the server has answered. Keys match as prefixes. */
  patches?: (variables: Variables) => CachePatch[]
  /** Write the server's answer into the caches. */
  written?: (result: Result, variables: Variables, caches: QueryClient) => void
  /** Keys to read anew afterwards. */
  stale?: (variables: Variables) => QueryKey[]
  /** Said when it fails: `The job was not saved`. `null` when the caller shows the error itself, as fields do. */
  failed: string | null
}

/** A mutation that shows its result at once, and takes it back visibly if the server says no. */
export function useOptimistic<Variables, Result>({ mutate, patches, written, stale, failed }: Optimistic<Variables, Result>) {
  const caches = useQueryClient()
  return useMutation<Result, Error, Variables, [QueryKey, unknown][]>({
    mutationFn: mutate,
    onMutate: async (variables) => {
      const planned = patches?.(variables) ?? []
      // A read under way would overwrite the patch with what was before it.
      await Promise.all(planned.map(({ key }) => caches.cancelQueries({ queryKey: key })))
      const before = planned.flatMap(({ key }) => caches.getQueriesData({ queryKey: key }))
      for (const { key, update } of planned)
        caches.setQueriesData({ queryKey: key }, (data: unknown) => (data === undefined ? data : update(data)))
      return before
    },
    onError: (error, _variables, before) => {
      for (const [key, data] of before ?? []) caches.setQueryData(key, data)
      if (failed !== null) notifyProblem(failed, error)
    },
    onSuccess: (result, variables) => written?.(result, variables, caches),
    onSettled: (_result, _error, variables) => {
      for (const key of stale?.(variables) ?? []) void caches.invalidateQueries({ queryKey: key })
    },
  })
}

type Record_ = { id: string }
type Listed = { items: Record_[] }
const isListed = (data: object): data is Listed => 'items' in data && Array.isArray(data.items)
const isPaged = (data: object): data is { pages: Listed[] } => 'pages' in data && Array.isArray(data.pages)

function mapRecords(data: unknown, change: (items: Record_[]) => Record_[]): unknown {
  if (typeof data !== 'object' || data === null) return data
  if (isPaged(data)) return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) }
  if (isListed(data)) return { ...data, items: change(data.items) }
  if ('id' in data) return change([data as Record_])[0] ?? data
  return data
}

/** Changes one record wherever it is cached below the key: in pages, in lists, by itself. */
export const patchRecord = (key: QueryKey, id: string, changes: object): CachePatch => ({
  key,
  update: (data) => mapRecords(data, (items) => items.map((item) => (item.id === id ? { ...item, ...changes } : item))),
})

/** Takes one record out of every list below the key. */
export const removeRecord = (key: QueryKey, id: string): CachePatch => ({
  key,
  update: (data) =>
    typeof data === 'object' && data !== null && (isPaged(data) || isListed(data))
      ? mapRecords(data, (items) => items.filter((item) => item.id !== id))
      : data,
})

/** Writes a server's answer over one record wherever it is cached below the key. */
export function writeRecord(caches: QueryClient, key: QueryKey, record: { id: string }) {
  const { update } = patchRecord(key, record.id, record)
  caches.setQueriesData({ queryKey: key }, (data: unknown) => (data === undefined ? data : update(data)))
}
