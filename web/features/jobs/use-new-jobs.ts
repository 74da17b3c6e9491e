import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { client } from '../../api/client.ts'
import { unlessLive } from '../../api/live.ts'
import { addedHere, jobKeys } from './api.ts'
import { filterIn, type JobSearch } from './search.ts'

const newestQuery = (filter: ReturnType<typeof filterIn>) =>
  queryOptions({
    queryKey: [...jobKeys.all, 'newest', filter],
    queryFn: ({ signal }) => client.jobs.list({ query: { ...filter, sort: '-created_at', limit: 20 }, signal }),
    refetchInterval: () => unlessLive(30_000, 5 * 60_000),
    refetchOnWindowFocus: 'always',
    enabled: !filter.q,
  })

/**
 * What came in from elsewhere since the list was opened. Such rows wait until they are asked for, so that nothing
 * moves under somebody's finger.
 */
export function useNewJobs(search: JobSearch) {
  const query = newestQuery(filterIn(search))
  const { data } = useQuery(query)
  const list = JSON.stringify(query.queryKey)
  const [seen, setSeen] = useState<{ list: string; upTo: string } | null>(null)
  const newest = data && (data.items[0]?.created_at ?? '')
  if (newest !== undefined && seen?.list !== list) setSeen({ list, upTo: newest })

  const isNew = useCallback((job: Job) => seen?.list === list && job.created_at > seen.upTo && !addedHere.has(job.id), [seen, list])
  return {
    count: data?.items.filter(isNew).length ?? 0,
    isNew,
    accept: () => setSeen({ list, upTo: newest ?? '' }),
  }
}
