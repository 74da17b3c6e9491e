import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type NotificationPreferences, notificationTypes } from '../../../../contract/notifications.ts'
import { type MailServer, mailFrom, startMailServer } from '../../../../testing/mail-server.ts'
import { type PushService, startPushService, type TestBrowser } from '../../../../testing/push-service.ts'
import { useTestApp } from '../../../../testing/test-app.ts'
import { notify } from '../notifications.ts'
import { remind } from '../reminders.ts'
import { sendDue } from './send-due.ts'
import { startSending } from './sender.ts'

let smtp: MailServer
let service: PushService
let browser: TestBrowser
beforeAll(async () => {
  smtp = await startMailServer()
  service = await startPushService()
})
afterAll(async () => {
  await smtp.close()
  await service.stop()
})
const t = useTestApp(() => ({ SMTP_URL: smtp.url, MAIL_FROM: mailFrom, OUTGOING_ALLOW: service.host }))

let interview: { id: string; starts_at: string; application: string }
beforeAll(async () => {
  browser = service.subscribe()
  await t.client.notifications.addPushSubscription({ body: browser.subscription })
  const { id: job_id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const { id } = await t.client.applications.create({ body: { job_id } })
  const starts_at = '2027-03-01T10:00:00.000Z'
  const made = await t.client.applications.addInterview({ params: { id }, body: { starts_at } })
  interview = { id: made.id, starts_at, application: id }
})

const noon = '2026-11-25T12:00:00.000Z'
const night = '2026-11-25T23:30:00.000Z'
const morning = '2026-11-26T07:00:00.000Z'

beforeEach(async () => {
  smtp.received.length = 0
  browser.pushed.length = 0
  t.setNow(noon)
  for (const table of ['deliveries', 'notifications', 'settings']) await t.app.pool.query(`delete from ${table}`)
})

let told = 0
const tell = (type: (typeof notificationTypes)[number]) =>
  notify(t.app, t.app.localUser, {
    type,
    cause: `wanted ${told++}`,
    title: type,
    body: '',
    data: type === 'interview_reminder' ? { interview_id: interview.id, starts_at: interview.starts_at } : {},
  })
const sentBy = () => ({
  email: smtp.received.map(({ subject }) => subject as string).toSorted(),
  push: browser.pushed.map(({ payload }) => payload['type'] as string).toSorted(),
})
const allOn = Object.fromEntries(notificationTypes.map((type) => [type, { in_app: true, email: true, push: true }]))
const everything = { channels: { in_app: true, email: true, push: true }, types: allOn, email_address: 'ana@example.com' }
const quiet = { enabled: true, from: '22:00', to: '07:00' }
const deliveries = async () => (await t.client.notifications.deliveries({ query: { sort: 'created_at' } })).items

const flags = fc.record({ in_app: fc.boolean(), email: fc.boolean(), push: fc.boolean() })
const chosen = fc.record({
  channels: fc.record({ in_app: fc.boolean(), email: fc.constantFrom(true, true, false), push: fc.constantFrom(true, true, false) }),
  types: fc.record(Object.fromEntries(notificationTypes.map((type) => [type, flags]))),
  quiet_hours: fc.record({ enabled: fc.boolean(), from: fc.constant('22:00'), to: fc.constant('07:00'), except_interviews: fc.boolean() }),
})

test('of every type, on every channel, by day and by night: what is wanted comes, once, when it may; nothing else does', async () => {
  await fc.assert(
    fc.asyncProperty(chosen, fc.constantFrom(noon, night), async (wanted, now) => {
      smtp.received.length = 0
      browser.pushed.length = 0
      for (const table of ['deliveries', 'notifications']) await t.app.pool.query(`delete from ${table}`)
      const preferences = { ...wanted, email_address: 'ana@example.com' } as unknown as NotificationPreferences
      await t.client.notifications.replacePreferences({ body: preferences })
      t.setNow(now)
      for (const type of notificationTypes) await tell(type)
      const isQuiet = (type: string) =>
        now === night && preferences.quiet_hours.enabled && !(type === 'interview_reminder' && preferences.quiet_hours.except_interviews)
      const wantedBy = (channel: 'in_app' | 'email' | 'push') =>
        notificationTypes.filter((type) => preferences.channels[channel] && preferences.types[type][channel]).toSorted()
      // What is in the app is there at once, however quiet it is.
      const { items } = await t.client.notifications.list({ query: { limit: 50 } })
      expect(items.map(({ type }) => type).toSorted()).toEqual(wantedBy('in_app'))
      await Promise.all([sendDue(t.app), sendDue(t.app)])
      const now_ = (channel: 'email' | 'push') => wantedBy(channel).filter((type) => !isQuiet(type))
      expect(sentBy()).toEqual({ email: now_('email'), push: now_('push') })
      t.setNow('2026-11-26T06:59:59.999Z')
      await sendDue(t.app)
      expect(sentBy()).toEqual({ email: now_('email'), push: now_('push') })
      t.setNow(morning)
      await Promise.all([sendDue(t.app), sendDue(t.app)])
      expect(sentBy()).toEqual({ email: wantedBy('email'), push: wantedBy('push') })
      expect((await deliveries()).filter(({ status }) => status !== 'sent')).toEqual([])
    }),
    { numRuns: 15 },
  )
  expect(service.problems).toEqual([])
})

test('what waits for the morning does not come when it is switched off, read, deleted or put away by then', async () => {
  await t.client.notifications.replacePreferences({ body: { ...everything, quiet_hours: quiet } })
  t.setNow(night)
  const [read, deleted, putAway] = [await tell('digest'), await tell('bulk_finished'), await tell('export_ready')].map(
    (one) => one?.id as string,
  )
  await tell('view_alert')
  await tell('import_finished')
  await sendDue(t.app)
  expect(await t.client.notifications.channels()).toMatchObject({ email: { waiting: 5 }, push: { waiting: 5 }, quiet_until: morning })
  await t.client.notifications.update({ params: { id: read as string }, body: { read: true } })
  await t.client.notifications.delete({ params: { id: deleted as string } })
  await t.client.notifications.update({ params: { id: putAway as string }, body: { snoozed_until: '2026-11-26T09:00:00.000Z' } })
  const types = { ...allOn, view_alert: { email: false, push: false } }
  await t.client.notifications.replacePreferences({ body: { ...everything, types, quiet_hours: quiet } })
  t.setNow(morning)
  await sendDue(t.app)
  expect(sentBy()).toEqual({ email: ['import_finished'], push: ['import_finished'] })
  expect(smtp.received[0]?.text).toContain('This comes late: it is from 25 Nov 2026, 23:30.')
  expect((await deliveries()).filter(({ status }) => status === 'dropped')).toHaveLength(8)
  // What was put away comes when it comes back.
  t.setNow('2026-11-26T09:00:00.000Z')
  await remind(t.app)
  await sendDue(t.app)
  expect(sentBy()).toEqual({ email: ['export_ready', 'import_finished'], push: ['export_ready', 'import_finished'] })
})

test('quiet hours that become others, by preference or by time zone, hold for what waits already', async () => {
  await t.client.notifications.replacePreferences({ body: { ...everything, quiet_hours: quiet } })
  t.setNow(night)
  await tell('digest')
  await sendDue(t.app)
  // It is a quarter past five in the morning there, and quiet; then half past six in the evening elsewhere.
  await t.client.settings.update({ body: { timezone: 'Asia/Kathmandu' } })
  await sendDue(t.app)
  expect(await deliveries()).toMatchObject(Array(2).fill({ status: 'pending', attempts: 0, next_attempt_at: '2026-11-26T01:15:00.000Z' }))
  await t.client.settings.update({ body: { timezone: 'America/New_York' } })
  await sendDue(t.app)
  expect(sentBy()).toEqual({ email: ['digest'], push: ['digest'] })

  await t.client.settings.update({ body: { timezone: 'UTC' } })
  await tell('export_ready')
  await sendDue(t.app)
  await t.client.notifications.replacePreferences({ body: everything })
  await sendDue(t.app)
  expect(sentBy().email).toEqual(['digest', 'export_ready'])
})

test('an interview that is another by the time it would be told of is not told of', async () => {
  const types = { interview_reminder: { email: true, push: true } }
  await t.client.notifications.replacePreferences({ body: { ...everything, types, quiet_hours: { ...quiet, except_interviews: false } } })
  t.setNow(night)
  await tell('interview_reminder')
  await sendDue(t.app)
  await t.client.applications.updateInterview({
    params: { id: interview.application, interview_id: interview.id },
    body: { starts_at: '2027-03-02T10:00:00.000Z' },
  })
  t.setNow(morning)
  await sendDue(t.app)
  expect(sentBy()).toMatchObject({ email: [], push: [] })
  expect((await deliveries()).map(({ status }) => status)).toEqual(['superseded', 'superseded'])
})

test('a mail server that keeps everybody waiting holds up no push', async () => {
  await t.client.notifications.replacePreferences({ body: everything })
  let release = () => {}
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  smtp.beforeAnswer = () => waiting
  const stop = startSending({ ...t.app, config: { ...t.app.config, reminders: true } })
  try {
    for (const type of ['digest', 'view_alert', 'export_ready'] as const) await tell(type)
    await expect.poll(() => smtp.received.length).toBe(2)
    await tell('import_finished')
    await expect.poll(() => sentBy().push).toEqual(['digest', 'export_ready', 'import_finished', 'view_alert'])
    // The others have not been taken from what waits, so their time does not run.
    expect(smtp.received).toHaveLength(2)
    expect((await deliveries()).filter(({ channel, attempts }) => channel === 'email' && attempts === 0)).toHaveLength(2)
  } finally {
    smtp.beforeAnswer = async () => {}
    release()
    await expect.poll(async () => (await deliveries()).filter(({ status }) => status === 'pending')).toEqual([])
    await stop()
  }
  expect(sentBy().email).toEqual(['digest', 'export_ready', 'import_finished', 'view_alert'])
})
