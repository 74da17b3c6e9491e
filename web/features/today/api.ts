import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Dashboard } from '../../../contract/analytics.ts'
import type { Application, Interview } from '../../../contract/applications.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'

const key = ['today'] as const

export const dashboardQuery = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => client.analytics.dashboard({ signal }),
  // What is due follows from everything else: read it whenever somebody comes here.
  refetchOnMount: 'always',
})

/** What was done here shows in the applications and the jobs too. */
export const refreshAfter = (caches: QueryClient) =>
  Promise.all([key, keysOf('applications').all, keysOf('jobs').all].map((queryKey) => caches.invalidateQueries({ queryKey })))

/** Shown as done before the server has answered. */
export function takeOffTheList(caches: QueryClient, applicationId: string, list: 'unlogged' | 'follow_ups' | 'silent') {
  caches.setQueryData<Dashboard>(key, (dashboard) => {
    if (!dashboard) return dashboard
    const total = dashboard[list].total - 1
    if (list === 'silent') {
      return {
        ...dashboard,
        silent: { items: dashboard.silent.items.filter(({ application }) => application.id !== applicationId), total },
      }
    }
    return { ...dashboard, [list]: { items: dashboard[list].items.filter(({ id }) => id !== applicationId), total } }
  })
}

/** Notes the follow-up in the history and takes the date away; gives back what undoes both. */
export async function logFollowUp({ id, follow_up_on }: Application) {
  const event = await client.applications.addEvent({ params: { id }, body: { note: 'Followed up' }, idempotencyKey: crypto.randomUUID() })
  await client.applications.update({ params: { id }, body: { follow_up_on: null } })
  return async () => {
    await client.applications.deleteEvent({ params: { id, event_id: event.id } })
    await client.applications.update({ params: { id }, body: { follow_up_on } })
  }
}

export async function setFollowUp({ id, follow_up_on }: Application, day: string) {
  await client.applications.update({ params: { id }, body: { follow_up_on: day } })
  return () => client.applications.update({ params: { id }, body: { follow_up_on } })
}

export async function stopReminding({ id, reminders_muted }: Application) {
  await client.applications.update({ params: { id }, body: { reminders_muted: true } })
  return () => client.applications.update({ params: { id }, body: { reminders_muted } })
}

/** Every interview that is over and still says scheduled. */
export async function markHeld({ id, interviews }: Application) {
  const isOver = (interview: Interview) =>
    interview.status === 'scheduled' && Date.parse(interview.starts_at) + (interview.duration_minutes ?? 60) * 60_000 <= Date.now()
  const over = interviews.filter(isOver)
  const set = (status: Interview['status']) =>
    Promise.all(
      over.map((interview) => client.applications.updateInterview({ params: { id, interview_id: interview.id }, body: { status } })),
    )
  await set('held')
  return () => set('scheduled')
}
