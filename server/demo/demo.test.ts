import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { actsOf } from './acts.ts'
import { Days } from './days.ts'
import { stories } from './fill.ts'

const t = useTestApp()
const script = fileURLToPath(new URL('./demo.ts', import.meta.url))

/** `npm run demo` against the database of this file, as a process of its own beside the server. */
async function runDemo(): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: t.app.config.databaseUrl ?? '', DATA_DIR: t.app.config.dataDir }
  return promisify(execFile)(process.execPath, [script], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  )
}

test('an empty account is filled, and every record reads as the contract says', async () => {
  expect(await runDemo()).toEqual({ code: 0, said: expect.stringContaining('48 jobs and 26 applications') })

  const jobs = await t.client.jobs.list({ query: { limit: 200 } })
  expect(jobs.items).toHaveLength(48)
  expect((await t.client.jobs.list({ query: { deleted: 'only' } })).items).toHaveLength(1)
  for (const { id } of jobs.items) await t.client.jobs.get({ params: { id } })

  const applications = await t.client.applications.list({ query: { limit: 200 } })
  expect(applications.items).toHaveLength(26)
  expect(Object.values(applications.by_status).every((count) => count > 0)).toBe(true)
  for (const { id } of applications.items) {
    const application = await t.client.applications.get({ params: { id } })
    const { items } = await t.client.applications.listEvents({ params: { id } })
    expect(items.at(0)).toMatchObject({ type: 'created', from_status: null })
    expect(items.every((event) => event.occurred_at <= event.recorded_at && event.recorded_at <= new Date().toISOString())).toBe(true)
    expect((await t.client.applications.listInterviews({ params: { id } })).items).toEqual(application.interviews)
  }
  expect((await t.client.profile.get()).skills.length).toBeGreaterThan(10)
  expect(await t.client.settings.get()).toMatchObject({ timezone: 'Europe/Lisbon', daily_application_goal: 2 })
})

test('there is something to do today, tomorrow and later', async () => {
  const days = new Days(new Date(), 'Europe/Lisbon')
  const [yesterday, today, tomorrow] = [days.day(-1), days.day(0), days.day(1)]
  const count = async (query: NonNullable<Parameters<typeof t.client.applications.list>[0]>['query']) =>
    (await t.client.applications.list({ query: query ?? {} })).total.value
  expect(await count({ follow_up_to: yesterday })).toBe(3)
  expect(await count({ follow_up_from: today, follow_up_to: today })).toBe(2)
  expect(await count({ follow_up_from: tomorrow })).toBeGreaterThan(3)
  expect(await count({ interview_from: tomorrow, interview_to: tomorrow })).toBe(1)
  expect(await count({ interview_from: days.day(2) })).toBe(1)
  expect(await count({ silent_days_min: 10 })).toBeGreaterThan(3)
})

test('it looks as if it had been written down over ten weeks', async () => {
  const { items } = await t.client.jobs.list({ query: { limit: 200, sort: 'created_at' } })
  const ages = items.map((job) => (Date.now() - Date.parse(job.created_at)) / 86_400_000)
  expect(ages[0]).toBeGreaterThan(67)
  expect(ages.at(-1)).toBeLessThan(2)
  // Ids were given in the same order.
  expect(items.map((job) => job.id)).toEqual(items.map((job) => job.id).toSorted())
})

test('an account with jobs is left alone', async () => {
  const before = [await t.client.jobs.list({ query: { limit: 200 } }), await t.client.applications.list({ query: { limit: 200 } })]
  const { code, said } = await runDemo()
  expect(code).toBe(1)
  expect(said).toMatch(/^Your search has 49 jobs in it already \(the trash counted\), so nothing was added\. .*DATA_DIR=.*\n$/)
  expect([await t.client.jobs.list({ query: { limit: 200 } }), await t.client.applications.list({ query: { limit: 200 } })]).toEqual(before)
})

test('whatever the weekday and the hour, each story keeps its order and nothing lies ahead of now', () => {
  for (let hour = 0; hour < 14 * 24; hour += 7) {
    const now = new Date(Date.parse('2026-11-16T00:10:00Z') + hour * 3_600_000)
    const days = new Days(now, 'Europe/Lisbon')
    for (const story of stories) {
      const instants = actsOf(story, days).map((act) => act.at)
      expect(instants, `${story.job.company}, seen on ${now.toISOString()}`).toEqual(instants.toSorted())
      expect(instants.every((at) => at <= now.toISOString())).toBe(true)
    }
  }
})
