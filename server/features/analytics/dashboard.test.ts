import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
const ids = (list: { items: { id: string }[] }) => list.items.map((item) => item.id)

test('the dashboard says what is due, who is silent, and how the week goes, in the user’s days', async () => {
  const { client } = t
  // Thursday, already the 19th in Auckland.
  t.setNow('2026-11-18T20:00:00.000Z')
  await client.settings.update({ body: { timezone: 'Pacific/Auckland', follow_up_after_days: 7, daily_application_goal: 2 } })
  const job = (title: string, more = {}) => client.jobs.create({ body: { company: 'Northwind', title, ...more } })
  const apply = async (title: string, more: Record<string, unknown> = {}) =>
    client.applications.create({ body: { job_id: (await job(title)).id, ...more } })

  const silent = await apply('silent', { applied_on: '2026-11-01' })
  const muted = await apply('muted', { applied_on: '2026-11-01', reminders_muted: true })
  const answered = await apply('answered', { applied_on: '2026-11-10', response_on: '2026-11-16', status: 'screening' })
  const due = await apply('due', { applied_on: '2026-11-19', follow_up_on: '2026-11-19' })
  await apply('later', { applied_on: '2026-11-18', follow_up_on: '2026-11-20' })
  const interviewing = await apply('interviewing', { status: 'interview', applied_on: '2026-11-16' })
  await client.applications.addInterview({ params: { id: interviewing.id }, body: { starts_at: '2026-11-20T01:00:00.000Z' } })
  const over = await apply('over', { status: 'interview', applied_on: '2026-11-16' })
  await client.applications.addInterview({ params: { id: over.id }, body: { starts_at: '2026-11-18T18:00:00.000Z', duration_minutes: 30 } })
  const near = await job('near', { deadline_on: '2026-11-25' })
  await job('far', { deadline_on: '2026-11-27' })
  await job('closed', { deadline_on: '2026-11-25', status: 'closed' })

  const dashboard = await client.analytics.dashboard()
  expect(dashboard.today).toBe('2026-11-19')
  expect(ids(dashboard.interviews)).toEqual([interviewing.id])
  expect(ids(dashboard.unlogged)).toEqual([over.id])
  expect(ids(dashboard.follow_ups)).toEqual([due.id])
  expect(ids(dashboard.deadlines)).toEqual([near.id])
  expect(dashboard.silent.items.map(({ application, silent_days }) => [application.id, silent_days])).toEqual([[silent.id, 17]])
  expect(JSON.stringify(dashboard.silent)).not.toContain(muted.id)
  expect(dashboard.days_to_response).toEqual({ median: 3, n: 3 })
  expect(answered.response_on).toBe('2026-11-16')
  expect(dashboard.this_week).toMatchObject({ starts_on: '2026-11-16', jobs_added: 10, applied: 4, responses: 3, interviews: 2 })
  expect(dashboard.last_week).toMatchObject({ starts_on: '2026-11-09', jobs_added: 0, applied: 1, responses: 0, interviews: 0 })
  expect(dashboard.goal).toEqual({ daily: 2, today: 1 })
  expect(dashboard.records).toEqual({ jobs: 10, applications: 7 })
})
