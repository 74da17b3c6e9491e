import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { applicationKeys, jobKeys, restoreJob } from '../jobs/api.ts'

export type Trashed = {
  kind: 'job' | 'application'
  id: string
  title: string
  company: string
  deletedAt: string
  /** Applications that come back with a job. */
  withIt: number
}

const key = ['trash'] as const
/** In one look: whoever has more finds the older ones as the newer go. */
const most = 200

export const trashQuery = queryOptions({ queryKey: key, queryFn: ({ signal }) => readTrash(signal) })

async function readTrash(signal: AbortSignal): Promise<{ items: Trashed[]; hidden: number }> {
  const query = { deleted: 'only', limit: most, sort: '-updated_at' } as const
  const [jobs, applications] = await Promise.all([client.jobs.list({ query, signal }), client.applications.list({ query, signal })])
  const jobIds = new Set(jobs.items.map((job) => job.id))
  const items: Trashed[] = [
    ...jobs.items.map((job) => ({
      kind: 'job' as const,
      id: job.id,
      title: job.title,
      company: job.company,
      deletedAt: job.deleted_at ?? job.updated_at,
      withIt: applications.items.filter((one) => one.job_id === job.id).length,
    })),
    // Those of a deleted job come back with it, so they have no row of their own.
    ...applications.items
      .filter((one) => !jobIds.has(one.job_id))
      .map((one) => ({
        kind: 'application' as const,
        id: one.id,
        title: one.job.title,
        company: one.job.company,
        deletedAt: one.deleted_at ?? one.updated_at,
        withIt: 0,
      })),
  ]
  const hidden = Math.max(0, jobs.total.value - most) + Math.max(0, applications.total.value - most)
  return { items: items.sort((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1)), hidden }
}

export function useTrash() {
  const caches = useQueryClient()
  const take = (item: Trashed) =>
    caches.setQueryData(trashQuery.queryKey, (trash) => trash && { ...trash, items: trash.items.filter(({ id }) => id !== item.id) })
  const readAnew = () => [key, jobKeys.lists, applicationKeys.all].map((queryKey) => caches.invalidateQueries({ queryKey }))

  const restore = async (item: Trashed) => {
    take(item)
    try {
      if (item.kind === 'job') await restoreJob(item.id)
      else await client.applications.restore({ params: { id: item.id } })
    } catch (error) {
      notifyProblem(`${item.title} was not restored`, error)
    } finally {
      void Promise.all(readAnew())
    }
  }
  /** Cannot come back: the caller has asked. */
  const deleteForGood = async (item: Trashed) => {
    const call = { params: { id: item.id }, query: { permanent: true } }
    await (item.kind === 'job' ? client.jobs.delete(call) : client.applications.delete(call))
    take(item)
    void Promise.all(readAnew())
  }
  return { restore, deleteForGood }
}
