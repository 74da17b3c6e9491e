import { beforeEach, expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'
import { remind } from './reminders.ts'

const t = useTestApp()

beforeEach(async () => {
  for (const table of [
    'jobs',
    'notifications',
    'notification_causes',
    'digest_days',
    'reminder_looks',
    'notification_preferences',
    'settings',
  ])
    await t.app.pool.query(`delete from ${table}`)
  t.setNow('2026-11-20T12:00:00.000Z')
  await t.client.settings.update({ body: { timezone: 'Europe/Berlin' } })
})

const digests = async () => (await t.client.notifications.list({ query: { sort: 'seq', type: ['digest'] } })).items
const titles = async () => (await digests()).map(({ title }) => title)
async function lookAt(...instants: string[]) {
  for (const instant of instants) {
    t.setNow(instant)
    await remind(t.app)
  }
}
const want = (digest: { frequency: 'off' | 'daily' | 'weekly'; hour?: number; weekday?: number }) =>
  t.client.notifications.replacePreferences({ body: { digest } })
async function makeApplication(company: string, follow_up_on?: string) {
  const { id: job_id } = await t.client.jobs.create({ body: { company, title: 'Engineer' } })
  return (await t.client.applications.create({ body: { job_id, ...(follow_up_on ? { follow_up_on } : {}) } })).id
}

test('a day: what comes and what happened since the one before, once, and none where there is nothing', async () => {
  await want({ frequency: 'daily', hour: 8 })
  await lookAt('2026-11-21T07:00:00.000Z')
  expect(await titles()).toEqual([])

  const id = await makeApplication('Northwind', '2026-11-22')
  await t.client.applications.addInterview({ params: { id }, body: { starts_at: '2026-11-22T13:00:00.000Z' } })
  await t.client.applications.update({ params: { id }, body: { status: 'applied' } })
  await t.client.jobs.create({ body: { company: 'Soon', title: 'Engineer', deadline_on: '2026-11-23' } })
  await t.client.jobs.create({ body: { company: 'Later', title: 'Engineer', deadline_on: '2026-12-23' } })
  await lookAt('2026-11-22T06:59:59.000Z')
  expect(await titles()).toEqual([])
  await lookAt('2026-11-22T07:00:10.000Z', '2026-11-22T07:00:40.000Z', '2026-11-22T20:00:00.000Z')
  expect(await titles()).toEqual(['Your day: 1 interview, 1 follow-up, 1 deadline, 3 changes'])
  const [{ body, data }] = (await digests()) as [Awaited<ReturnType<typeof digests>>[0]]
  expect(body.replaceAll(/\s+/g, ' ')).toMatch(/Interviews: Sun,? 22 Nov,? 14:00: Northwind, Engineer, round 1/)
  expect(data).toMatchObject({
    frequency: 'daily',
    day: '2026-11-22',
    is_late: false,
    sections: [
      { title: 'Interviews' },
      { title: 'Follow-ups', items: [{ application_id: id, text: 'Northwind, Engineer' }] },
      { title: 'Deadlines', items: [{ text: 'Soon, Engineer' }] },
      { title: 'What happened' },
    ],
  })
  // What was told is not told again, but what is overdue is.
  await lookAt('2026-11-23T07:00:00.000Z')
  expect((await titles())[1]).toBe('Your day: 1 follow-up, 1 deadline')
})

test('a week has its day, and says when it comes late', async () => {
  await want({ frequency: 'weekly', hour: 9, weekday: 1 })
  await makeApplication('Northwind', '2026-11-29')
  await lookAt('2026-11-22T08:00:00.000Z', '2026-11-23T07:59:00.000Z')
  expect(await titles()).toEqual([])
  await lookAt('2026-11-24T08:00:00.000Z')
  expect(await digests()).toMatchObject([
    {
      title: 'Your week: 1 follow-up, 2 changes',
      data: { day: '2026-11-23', is_late: true },
      body: expect.stringContaining('Landed was not running on 23 Nov 2026, 09:00'),
    },
  ])
})

test('chosen after its hour, the first one is that of tomorrow; switched off, there is none', async () => {
  await makeApplication('Northwind', '2026-11-20')
  await want({ frequency: 'daily', hour: 8 })
  expect((await t.client.notifications.channels()).next_digest_at).toBe('2026-11-21T07:00:00.000Z')
  await lookAt('2026-11-20T12:01:00.000Z')
  expect(await titles()).toEqual([])
  await lookAt('2026-11-21T07:00:00.000Z')
  expect(await titles()).toHaveLength(1)
  await want({ frequency: 'off' })
  await lookAt('2026-11-22T07:00:00.000Z')
  expect(await titles()).toHaveLength(1)
})

test('another time zone moves the next one and makes none twice', async () => {
  await makeApplication('Northwind', '2026-11-20')
  await want({ frequency: 'daily', hour: 8 })
  await t.client.settings.update({ body: { timezone: 'Asia/Kathmandu' } })
  await lookAt('2026-11-21T02:14:00.000Z')
  expect(await titles()).toEqual([])
  await lookAt('2026-11-21T02:15:00.000Z')
  expect(await titles()).toHaveLength(1)
  await t.client.settings.update({ body: { timezone: 'America/New_York' } })
  await lookAt('2026-11-21T13:00:00.000Z')
  expect(await titles()).toHaveLength(1)
  await lookAt('2026-11-22T12:59:00.000Z')
  expect(await titles()).toHaveLength(1)
  await lookAt('2026-11-22T13:00:00.000Z')
  expect(await titles()).toHaveLength(2)
})

test('of several processes that look at the same time one makes it', async () => {
  await makeApplication('Northwind', '2026-11-20')
  await want({ frequency: 'daily', hour: 8 })
  t.setNow('2026-11-21T07:00:00.000Z')
  await Promise.all(Array.from({ length: 6 }, () => remind(t.app)))
  expect(await titles()).toHaveLength(1)
})

test('very many are counted', async () => {
  await want({ frequency: 'daily', hour: 8 })
  for (let n = 0; n < 17; n++) await makeApplication(`Firm ${n}`, '2026-11-21')
  await lookAt('2026-11-21T07:00:00.000Z')
  expect(await titles()).toEqual(['Your day: 17 follow-ups, 18 changes'])
  expect((await digests())[0]?.body).toContain('and 2 more')
})
