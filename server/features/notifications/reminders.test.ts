import { beforeEach, describe, expect, test } from 'vitest'
import { accountsOn, makePerson, type Person } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { remind } from './reminders.ts'

const t = useTestApp()

beforeEach(async () => {
  for (const table of ['jobs', 'notification_causes', 'reminder_days', 'reminder_looks', 'notification_preferences', 'settings'])
    await t.app.pool.query(`delete from ${table}`)
  t.setNow('2026-11-20T12:00:00.000Z')
  await t.client.settings.update({ body: { timezone: 'Europe/Lisbon', reminder_hour: 8 } })
})

const told = async () =>
  (await t.client.notifications.list({ query: { sort: 'seq' } })).items.filter(
    ({ type }) => type !== 'application_updated' && type !== 'application_status_changed',
  )
const titles = async () => (await told()).map(({ title }) => title)
async function lookAt(...instants: string[]) {
  for (const instant of instants) {
    t.setNow(instant)
    await remind(t.app)
  }
}
async function makeApplication(more: { follow_up_on?: string; status?: 'applied' } = {}) {
  const { id: job_id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  return (await t.client.applications.create({ body: { job_id, ...more } })).id
}
async function makeInterview(starts_at: string, duration_minutes = 60) {
  const id = await makeApplication()
  const { id: interview_id } = await t.client.applications.addInterview({ params: { id }, body: { starts_at, duration_minutes } })
  return { id, interview_id }
}

describe('an interview', () => {
  test('is told of a day and an hour before, each once', async () => {
    const { interview_id } = await makeInterview('2026-11-24T10:00:00.000Z')
    await lookAt('2026-11-23T09:59:00.000Z')
    expect(await told()).toEqual([])
    await lookAt('2026-11-23T10:00:00.000Z', '2026-11-23T10:00:30.000Z', '2026-11-24T08:59:00.000Z')
    expect(await titles()).toEqual(['Interview in 24 hours: Northwind'])
    await lookAt('2026-11-24T09:00:10.000Z', '2026-11-24T09:30:00.000Z', '2026-11-24T10:30:00.000Z')
    expect(await told()).toMatchObject([
      { type: 'interview_reminder', data: { interview_id, minutes_before: 1440, is_late: false } },
      { title: 'Interview in 1 hour: Northwind', data: { minutes_before: 60, is_late: false } },
    ])
  })

  test('noted down shortly before is told once, and is not late', async () => {
    await lookAt('2026-11-24T09:34:30.000Z')
    t.setNow('2026-11-24T09:35:00.000Z')
    await makeInterview('2026-11-24T10:00:00.000Z')
    await lookAt('2026-11-24T09:35:10.000Z', '2026-11-24T09:40:00.000Z')
    expect(await told()).toMatchObject([{ title: 'Interview in 25 minutes: Northwind', data: { is_late: false } }])
  })

  test('moved is told of anew; cancelled, muted, closed or in the trash is not', async () => {
    const { id, interview_id } = await makeInterview('2026-11-21T10:00:00.000Z')
    await lookAt('2026-11-20T12:00:10.000Z')
    await t.client.applications.updateInterview({ params: { id, interview_id }, body: { starts_at: '2026-11-25T10:00:00.000Z' } })
    await lookAt('2026-11-21T09:30:00.000Z', '2026-11-24T10:00:00.000Z')
    expect(await titles()).toEqual(['Interview in 22 hours: Northwind', 'Interview in 24 hours: Northwind'])

    const muted = await makeInterview('2026-11-25T10:00:00.000Z')
    await t.client.applications.update({ params: { id: muted.id }, body: { reminders_muted: true } })
    const closed = await makeInterview('2026-11-25T10:00:00.000Z')
    await t.client.applications.update({ params: { id: closed.id }, body: { status: 'rejected' } })
    const trashed = await makeInterview('2026-11-25T10:00:00.000Z')
    await t.client.applications.delete({ params: { id: trashed.id } })
    await t.client.applications.updateInterview({ params: { id, interview_id }, body: { status: 'cancelled' } })
    await lookAt('2026-11-25T09:00:00.000Z')
    expect(await titles()).toHaveLength(2)
  })

  test('that was due while nothing ran is told late and says so; one that is over is not told', async () => {
    await makeInterview('2026-11-21T10:00:00.000Z')
    await makeInterview('2026-11-20T20:00:00.000Z')
    await t.app.pool.query(`insert into reminder_looks (looked_at) values ('2026-11-20T08:00:00Z')`)
    await lookAt('2026-11-21T09:50:00.000Z')
    expect(await told()).toMatchObject([
      {
        title: 'Interview in 10 minutes: Northwind',
        data: { is_late: true },
        body: expect.stringContaining('Landed was not running on 21 Nov 2026, 09:00'),
      },
    ])
  })

  test('is told at the minutes that were chosen, in the time zone of the person, on both sides of a change of the clock', async () => {
    await t.client.notifications.replacePreferences({ body: { interview_reminder_minutes: [1440] } })
    await t.client.settings.update({ body: { timezone: 'America/New_York', locale: 'en-US' } })
    t.setNow('2026-10-25T00:00:00.000Z')
    // The clocks go back on 1 November at 2:00: these are 9:00 before and 9:00 after.
    await makeInterview('2026-10-31T13:00:00.000Z')
    await makeInterview('2026-11-01T14:00:00.000Z')
    await lookAt('2026-10-30T13:00:00.000Z', '2026-10-31T13:59:00.000Z')
    expect(await told()).toHaveLength(1)
    await lookAt('2026-10-31T14:00:00.000Z')
    const bodies = (await told()).map(({ body }) => body.replaceAll(/\s/g, ' '))
    expect(bodies[0]).toContain('Oct 31, 2026, 9:00 AM')
    expect(bodies[1]).toContain('Nov 1, 2026, 9:00 AM')
  })

  test('is told once by several processes that look at the same time', async () => {
    await makeInterview('2026-11-20T12:30:00.000Z')
    await Promise.all(Array.from({ length: 6 }, () => remind(t.app)))
    expect(await told()).toHaveLength(1)
  })

  test('is not told to whom does not want it', async () => {
    await t.client.notifications.replacePreferences({ body: { interview_reminder_minutes: [] } })
    await makeInterview('2026-11-20T12:30:00.000Z')
    await lookAt('2026-11-20T12:10:00.000Z')
    expect(await told()).toEqual([])
  })
})

describe('a day', () => {
  test('a follow-up is told on its day, at the hour of the person, once', async () => {
    const id = await makeApplication({ follow_up_on: '2026-11-22' })
    await lookAt('2026-11-21T23:59:00.000Z', '2026-11-22T07:59:00.000Z')
    expect(await told()).toEqual([])
    await lookAt('2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00.000Z', '2026-11-23T08:00:00.000Z')
    expect(await told()).toMatchObject([{ type: 'follow_up_due', title: 'Follow up with Northwind', application_id: id }])
  })

  test('what was missed is told the next time, with its day', async () => {
    await makeApplication({ follow_up_on: '2026-11-21' })
    await lookAt('2026-11-22T12:00:00.000Z')
    expect(await titles()).toEqual(['Follow up with Northwind, due yesterday'])
  })

  test('comes once, whatever the time zone becomes', async () => {
    await makeApplication({ follow_up_on: '2026-11-22' })
    await t.client.settings.update({ body: { timezone: 'Pacific/Auckland' } })
    await lookAt('2026-11-21T19:00:00.000Z')
    expect(await told()).toHaveLength(1)
    await t.client.settings.update({ body: { timezone: 'America/Los_Angeles' } })
    await lookAt('2026-11-22T16:00:00.000Z')
    expect(await told()).toHaveLength(1)
  })

  test('an hour that the clock skips has come after it', async () => {
    await t.client.settings.update({ body: { timezone: 'Europe/Lisbon', reminder_hour: 1 } })
    t.setNow('2027-03-20T12:00:00.000Z')
    await makeApplication({ follow_up_on: '2027-03-28' })
    await lookAt('2027-03-28T00:59:00.000Z')
    expect(await told()).toEqual([])
    await lookAt('2027-03-28T01:00:00.000Z')
    expect(await told()).toHaveLength(1)
  })

  test('a deadline is told while one has not applied', async () => {
    await t.client.jobs.create({ body: { company: 'Soon', title: 'Engineer', deadline_on: '2026-11-22' } })
    await t.client.jobs.create({ body: { company: 'Later', title: 'Engineer', deadline_on: '2026-12-22' } })
    const { id: job_id } = await t.client.jobs.create({ body: { company: 'Applied', title: 'Engineer', deadline_on: '2026-11-22' } })
    await t.client.applications.create({ body: { job_id, status: 'applied' } })
    await lookAt('2026-11-21T08:00:00.000Z', '2026-11-22T08:00:00.000Z')
    expect(await titles()).toEqual(['Deadline tomorrow: Soon'])
  })

  test('an application that nobody answers is told once, until something happens', async () => {
    const id = await makeApplication({ status: 'applied' })
    await lookAt('2027-01-03T08:00:00.000Z')
    expect(await told()).toEqual([])
    await lookAt('2027-01-05T08:00:00.000Z', '2027-01-06T08:00:00.000Z')
    expect(await told()).toMatchObject([{ type: 'application_silent', application_id: id, title: 'No answer from Northwind for 45 days' }])
  })

  test('very many are one summary', async () => {
    for (let n = 0; n < 12; n++) await makeApplication({ follow_up_on: '2026-11-21' })
    await lookAt('2026-11-21T08:00:00.000Z', '2026-11-22T08:00:00.000Z')
    expect(await titles()).toEqual(['12 follow-ups are due'])
  })
})

test('what was put away comes back', async () => {
  const { id } = await t.client.notifications.test({ body: {} })
  await t.client.notifications.update({ params: { id }, body: { snoozed_until: '2026-11-20T13:00:00.000Z' } })
  await lookAt('2026-11-20T13:00:00.000Z')
  expect(await t.client.notifications.get({ params: { id } })).toMatchObject({ snoozed_until: null, read_at: null })
})

describe('of several people', () => {
  const withAccounts = useTestApp(accountsOn)

  test('one whose share goes wrong keeps nobody from theirs, and is told once it goes right', async () => {
    withAccounts.setNow('2026-11-20T12:00:00.000Z')
    const everybody = [await makePerson(withAccounts, 'ana@example.com'), await makePerson(withAccounts, 'ben@example.com')]
    for (const { client } of everybody) {
      await client.settings.update({ body: { timezone: 'UTC', reminder_hour: 8 } })
      await client.notifications.replacePreferences({ body: { digest: { frequency: 'daily', hour: 9 } } })
      const { id: job_id } = await client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
      const { id } = await client.applications.create({ body: { job_id, follow_up_on: '2026-11-21' } })
      await client.applications.addInterview({ params: { id }, body: { starts_at: '2026-11-21T09:30:00.000Z' } })
    }
    const toldTo = ({ client }: Person) =>
      client.notifications
        .list({ query: { sort: 'seq' } })
        .then(({ items }) => items.map(({ type }) => type).filter((type) => !type.startsWith('application_')))
    const all = ['interview_reminder', 'follow_up_due', 'digest']
    for (const broken of everybody) {
      const { id } = await broken.client.account.me()
      await withAccounts.app.pool.query('delete from notifications')
      await withAccounts.app.pool.query('delete from notification_causes')
      await withAccounts.app.pool.query('delete from reminder_days')
      await withAccounts.app.pool.query(`update digest_days set day = '2026-11-20'`)
      // As nothing of ours writes them.
      const types = (value: string) =>
        withAccounts.app.pool.query(
          `update notification_preferences set preferences = jsonb_set(preferences, '{types,digest,in_app}', $2) where user_id = $1`,
          [id, value],
        )
      await types('"perhaps"')
      withAccounts.setNow('2026-11-21T09:00:00.000Z')
      await remind(withAccounts.app)
      for (const other of everybody) if (other !== broken) expect(await toldTo(other)).toEqual(all)
      expect(await toldTo(broken)).toEqual([])
      await types('true')
      await remind(withAccounts.app)
      expect(await toldTo(broken)).toEqual(all)
    }
  })
})
