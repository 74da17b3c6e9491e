import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Application, ApplicationChanges } from '../../../contract/applications.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'
import { patchRecord, useOptimistic, writeRecord } from '../../api/optimistic.ts'
import type { ListQuery } from './search.ts'

export const keys = keysOf('applications')

/** What another record shows of an application follows from it: a job says where its application stands. */
export const everythingAbout = [keys.all, ['jobs']]
export const refresh = (caches: QueryClient) => Promise.all(everythingAbout.map((queryKey) => caches.invalidateQueries({ queryKey })))

const pageSize = 50

/** A page of the list together with what was asked, so that a move can tell which columns it concerns. */
const readPage = async (asked: ListQuery, cursor: string | undefined, signal: AbortSignal) => ({
  ...(await client.applications.list({
    query: { ...asked, limit: pageSize, cursor, ...(asked.q ? { highlight: true } : {}) },
    signal,
  })),
  asked,
})
export type ListPage = Awaited<ReturnType<typeof readPage>>

/** How many a filter finds, without reading them. */
export const countApplications = async (filter: object, signal: AbortSignal) =>
  (await client.applications.list({ query: { ...(filter as ListQuery), limit: 1 }, signal })).total

/** What a search that found nothing may have meant. Not asked column by column. */
export const meantQuery = (query: ListQuery, isEmpty: boolean) =>
  queryOptions({
    queryKey: [...keys.all, 'meant', query],
    queryFn: async ({ signal }) => (await client.applications.list({ query: { ...query, limit: 1 }, signal })).did_you_mean ?? null,
    enabled: isEmpty && query.q !== undefined,
  })

export const applicationList = (asked: ListQuery) => ({
  key: keys.list(asked),
  fetch: (cursor: string | undefined, signal: AbortSignal) => readPage(asked, cursor, signal),
})

const applicationQuery = (id: string) =>
  queryOptions({ queryKey: keys.one(id), queryFn: ({ signal }) => client.applications.get({ params: { id }, signal }) })

/** One application; what a list already knew of it is there at once. */
export function useApplication(id: string) {
  const caches = useQueryClient()
  return useQuery({ ...applicationQuery(id), placeholderData: () => findListed(caches, id) })
}

function findListed(caches: QueryClient, id: string): Application | undefined {
  for (const [, data] of caches.getQueriesData({ queryKey: keys.lists })) {
    const found = pagesOf(data)
      .flatMap((page) => page.items)
      .find((item) => item.id === id)
    if (found) return found
  }
  return undefined
}

export const pagesOf = (data: unknown): ListPage[] =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) ? data.pages : []

export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.one(id), 'events'],
    queryFn: async ({ signal }) => (await client.applications.listEvents({ params: { id }, signal })).items,
  })

export const jobQuery = (id: string) =>
  queryOptions({ queryKey: keysOf('jobs').one(id), queryFn: ({ signal }) => client.jobs.get({ params: { id }, signal }) })

export type Change = { id: string; changes: ApplicationChanges; ifVersion?: number }

/** Fields of its own, shown at once; whoever saves with it shows the error. */
export function useChangeApplication() {
  return useOptimistic<Change, Application>({
    mutate: ({ id, changes, ifVersion }) => client.applications.update({ params: { id }, body: changes, ifVersion }),
    patches: ({ id, changes }) => [patchRecord(keys.all, id, changes)],
    written: (application, _change, caches) => writeRecord(caches, keys.all, application),
    stale: () => [keys.lists],
    failed: null,
  })
}
