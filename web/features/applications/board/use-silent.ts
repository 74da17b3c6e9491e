import { keepPreviousData, useQueries } from '@tanstack/react-query'
import type { Application } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { daysBetween, todayIn } from '../../../ui/days.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { useSettings } from '../../settings/api.ts'
import { keys } from '../api.ts'

const chunk = 50
const waits = (application: Application) => application.status !== 'interested' && application.status !== 'ghosted'

/** Which of the applications nobody has written about for as long as the settings call silent. Only the server knows every event. */
export function useSilent(applications: Application[]): { silent: ReadonlySet<string>; days: number } {
  const { follow_up_after_days: days } = useSettings()
  const { timezone } = useUserLocale()
  const today = todayIn(timezone)
  const jobs = applications
    .filter((one) => waits(one) && daysBetween(one.status_since, today) >= days)
    .map((one) => one.job_id)
    .toSorted()
  const chunks = Array.from({ length: Math.ceil(jobs.length / chunk) }, (_, at) => jobs.slice(at * chunk, (at + 1) * chunk))
  const silent = useQueries({
    queries: chunks.map((job_id) => ({
      queryKey: [...keys.all, 'silent', days, job_id],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await client.applications.list({ query: { job_id, silent_days_min: days, limit: 200 }, signal })).items.map((one) => one.id),
      placeholderData: keepPreviousData,
    })),
    combine: (results) => new Set(results.flatMap((result) => result.data ?? [])),
  })
  return { silent, days }
}
