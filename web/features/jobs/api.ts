import { type InfiniteData, keepPreviousData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { Job, JobInput } from '../../../contract/jobs.ts'
import { client } from '../../api/client.ts'
import type { Page } from '../../api/infinite-list.ts'
import { keysOf } from '../../api/keys.ts'
import { type CachePatch, removeRecord, useOptimistic } from '../../api/optimistic.ts'
import { queryClient } from '../../api/query-client.ts'
import { showUndo } from '../../ui/undo.tsx'
import { type JobSearch, listQueryOf } from './search.ts'

export const jobKeys = keysOf('jobs')
export const applicationKeys = keysOf('applications')

// Coming back to the tab must not read fifty pages anew: `useNewJobs` asks for what is new instead.
queryClient.setQueryDefaults(jobKeys.lists, { refetchOnWindowFocus: false })

/** Rows in one request. */
const pageSize = 100

export function jobList(search: JobSearch) {
  const query = listQueryOf(search)
  return {
    key: jobKeys.list(query),
    fetch: (cursor: string | undefined, signal: AbortSignal) =>
      client.jobs.list({
        query: { ...query, limit: pageSize, ...(query.q ? { highlight: true } : {}), ...(cursor ? { cursor } : {}) },
        signal,
      }),
  }
}

/** How many a filter finds, without reading them. */
export const countJobs = async (filter: object, signal: AbortSignal) =>
  (await client.jobs.list({ query: { ...(filter as JobSearch), limit: 1 }, signal })).total

const cachedInLists = (caches: QueryClient, id: string) =>
  caches
    .getQueriesData<InfiniteData<Page<Job>>>({ queryKey: jobKeys.lists })
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap((page) => page.items)
    .find((job) => job.id === id)

/** One job: at once as the list has it, then as the server has it. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: jobKeys.one(id),
    queryFn: ({ signal }) => client.jobs.get({ params: { id }, signal }),
    initialData: () => cachedInLists(queryClient, id),
    initialDataUpdatedAt: 0,
  })

/** Added in this tab: nobody has to be told that they are new. */
export const addedHere = new Set<string>()

export async function addJob(job: Partial<JobInput> & Pick<JobInput, 'company' | 'title'>, idempotencyKey: string): Promise<Job> {
  const added = await client.jobs.create({ body: job, idempotencyKey })
  addedHere.add(added.id)
  queryClient.setQueryData(jobKeys.one(added.id), added)
  void queryClient.invalidateQueries({ queryKey: jobKeys.lists })
  return added
}

const oneFewer: CachePatch = {
  key: jobKeys.lists,
  update: (data) => {
    const { pages, ...rest } = data as InfiniteData<Page<Job>>
    return { ...rest, pages: pages.map((page) => ({ ...page, total: { ...page.total, value: page.total.value - 1 } })) }
  },
}

/** Into the trash, with ten seconds to take it back. */
export function useDeleteJob() {
  const { mutate } = useOptimistic<Job, void>({
    mutate: (job) => client.jobs.delete({ params: { id: job.id } }),
    patches: (job) => [removeRecord(jobKeys.lists, job.id), oneFewer],
    stale: () => [applicationKeys.all, ['trash']],
    failed: 'The job was not deleted',
  })
  return (job: Job) => {
    mutate(job)
    showUndo({ message: `${job.title} is in the trash.`, undo: () => restoreJob(job.id) })
  }
}

export async function restoreJob(id: string): Promise<void> {
  const job = await client.jobs.restore({ params: { id } })
  queryClient.setQueryData(jobKeys.one(id), job)
  await Promise.all([jobKeys.lists, applicationKeys.all, ['trash']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}

const applicationsOfJob = (jobId: string) =>
  queryOptions({
    queryKey: [...applicationKeys.all, 'of-job', jobId],
    queryFn: ({ signal }) => client.applications.list({ query: { job_id: [jobId], sort: '-created_at', limit: 20 }, signal }),
  })

/** Why it has its score; asked for only when it has one. What is shown stays until there is other. */
export const useMatch = (job: Job) =>
  useQuery({
    queryKey: [...jobKeys.one(job.id), 'match', job.version, job.match_score],
    queryFn: ({ signal }) => client.matches.get({ params: { id: job.id }, signal }),
    enabled: job.match_score !== null,
    placeholderData: keepPreviousData,
  }).data

/** Newest first; asked for only when there is one. */
export const useApplicationsOf = (job: Job) =>
  useQuery({ ...applicationsOfJob(job.id), enabled: job.application_status !== null }).data?.items ?? []
