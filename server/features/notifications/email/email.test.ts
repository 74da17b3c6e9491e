import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailServer, mailFrom, startMailServer } from '../../../../testing/mail-server.ts'
import { accountsOn, type Person, signIn } from '../../../../testing/people.ts'
import { type TestApp, useTestApp } from '../../../../testing/test-app.ts'
import { notify } from '../notifications.ts'
import { remind } from '../reminders.ts'
import { retryAfterMinutes, sendDue } from '../sending/send-due.ts'

let smtp: MailServer
beforeAll(async () => {
  smtp = await startMailServer()
})
afterAll(() => smtp.close())
const env = () => ({ SMTP_URL: smtp.url, MAIL_FROM: mailFrom, PUBLIC_URL: 'https://landed.example.com' })
const t = useTestApp(env)
const withAccounts = useTestApp(() => ({ ...env(), ...accountsOn }))
const bare = useTestApp()

const emailOn = { channels: { email: true }, types: { job_status_changed: { email: true } }, email_address: 'ana@example.com' }
let told = 0
const tell = async (more: { title?: string; body?: string; job_id?: string; pointlessAt?: string } = {}) =>
  (await notify(t.app, t.app.localUser, {
    type: 'job_status_changed',
    cause: `mail ${told++}`,
    title: 'Closed: Northwind',
    body: 'Engineer',
    ...more,
  })) as { id: string }
const deliveriesOf = async (id: string) => (await t.client.notifications.deliveries({ query: { notification_id: id } })).items
const emailState = async (on: TestApp = t) => (await on.client.notifications.channels()).email
const only = (server: MailServer) => {
  expect(server.received).toHaveLength(1)
  return server.received[0] as MailServer['received'][0]
}

beforeEach(async () => {
  t.setNow('2026-11-25T12:00:00.000Z')
  smtp.received.length = 0
  smtp.refuse('rcpt', null)
  smtp.refuse('data', null)
  for (const table of ['deliveries', 'notifications', 'jobs']) await t.app.pool.query(`delete from ${table}`)
  await t.client.notifications.replacePreferences({ body: emailOn })
})

describe('a mail', () => {
  test('says it in HTML and in text, with a link to the record by PUBLIC_URL, and how to stop it', async () => {
    const { id: job_id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    const { id } = await tell({ job_id, title: 'Closed: Ström\n& <Söhne>', body: '<img src="https://evil.example/x.png">\nTwo "lines"' })
    await Promise.all([sendDue(t.app), sendDue(t.app), sendDue(t.app)])
    const mail = only(smtp)
    const [{ id: delivery } = { id: '' }] = await deliveriesOf(id)
    expect(mail).toMatchObject({
      envelope: ['ana@example.com'],
      subject: 'Closed: Ström & <Söhne>',
      from: { address: 'landed@example.com', name: 'Landed' },
      to: [{ address: 'ana@example.com' }],
      messageId: `<${delivery}@example.com>`,
      attachments: [],
    })
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('list-unsubscribe')).toMatch(/^<https:\/\/landed\.example\.com\/unsubscribe\?link=[\w.-]+>$/)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const link = `https://landed.example.com/jobs/${job_id}`
    expect(mail.text).toContain(`<img src="https://evil.example/x.png">\nTwo "lines"\n\n${link}\n`)
    const html = mail.html as string
    expect(html).toContain(`href="${link}"`)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain('prefers-color-scheme:dark')
    // All that is written is text, and nothing is fetched from anywhere.
    expect(html).toContain('&#60;img src=&#34;https://evil.example/x.png&#34;&#62;<br>Two &#34;lines&#34;')
    expect(html).not.toMatch(/<(img|script|link|iframe)|url\(|@import|src="/)
    const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => new URL(href as string).origin)
    expect(new Set(addresses)).toEqual(new Set(['https://landed.example.com']))
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'sent', goes_to: 'ana@example.com', attempts: 1 }])
    expect(await emailState()).toMatchObject({ is_available: true, is_broken: false, last_sent_at: '2026-11-25T12:00:00.000Z', waiting: 0 })
  })

  test('goes by itself once the change is saved', async () => {
    // Looks by itself, as a server does that is not under test.
    const { startSending } = await import('../sending/sender.ts')
    const stop = startSending({ ...t.app, config: { ...t.app.config, reminders: true } })
    const { id } = await t.client.notifications.test({ body: { channel: 'email' } })
    await expect.poll(() => deliveriesOf(id)).toMatchObject([{ status: 'sent' }])
    await stop()
    expect(only(smtp)).toMatchObject({ subject: 'This is a test' })
  })

  test('of a digest has its lists as tables', async () => {
    await t.client.notifications.replacePreferences({ body: { ...emailOn, digest: { frequency: 'daily', hour: 8 } } })
    t.setNow('2026-11-26T07:00:00.000Z')
    const { id: job_id } = await t.client.jobs.create({ body: { company: 'Northwind <i>', title: 'Engineer' } })
    const { id } = await t.client.applications.create({ body: { job_id, follow_up_on: '2026-11-26' } })
    t.setNow('2026-11-26T08:00:00.000Z')
    await remind(t.app)
    await sendDue(t.app)
    const mail = smtp.received.find(({ subject }) => subject?.startsWith('Your day'))
    expect(mail?.subject).toBe('Your day: 1 follow-up, 2 changes')
    expect(mail?.html).toMatch(
      new RegExp(`<table[\\s\\S]*Thu,? 26 Nov[\\s\\S]*/applications/${id}"[\\s\\S]*Northwind &#60;i&#62;, Engineer`),
    )
    expect(mail?.text).toContain('Follow-ups\n- Thu')
  })
})

describe('what a mail server does not take', () => {
  test('for now comes again by the schedule, under the same Message-ID, and says that it is late', async () => {
    smtp.refuse('data', { code: 451, words: 'greylisted, try later' })
    const { id } = await tell()
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toMatchObject([
      { status: 'pending', attempts: 1, next_attempt_at: '2026-11-25T12:01:00.000Z', last_error: expect.stringContaining('greylisted') },
    ])
    expect(await emailState()).toMatchObject({ is_broken: false, waiting: 1, last_error: expect.stringContaining('greylisted') })
    t.setNow('2026-11-25T12:00:59.000Z')
    await sendDue(t.app)
    t.setNow('2026-11-25T12:01:00.000Z')
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toMatchObject([{ attempts: 2, next_attempt_at: '2026-11-25T12:06:00.000Z' }])
    smtp.refuse('data', null)
    t.setNow('2026-11-25T12:06:00.000Z')
    await sendDue(t.app)
    expect(only(smtp).text).toContain('This comes late: it is from 25 Nov 2026, 12:00.')
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'sent', attempts: 3, last_error: null }])
  })

  test('for a day and more is given up, and the person can see it', async () => {
    smtp.refuse('rcpt', { code: 450, words: 'mailbox busy' })
    const { id } = await tell()
    let at = Date.parse('2026-11-25T12:00:00.000Z')
    await sendDue(t.app)
    for (const minutes of retryAfterMinutes) {
      expect(await deliveriesOf(id)).toMatchObject([{ status: 'pending' }])
      at += minutes * 60_000
      t.setNow(new Date(at).toISOString())
      await sendDue(t.app)
    }
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', attempts: retryAfterMinutes.length + 1, next_attempt_at: null }])
    expect(await emailState()).toMatchObject({ is_broken: true, last_error: expect.stringContaining('mailbox busy') })
  })

  test('for good is tried once; the channel is shown broken until something goes through, or goes elsewhere', async () => {
    smtp.refuse('rcpt', { code: 550, words: '5.1.1 no such user' })
    const { id } = await tell()
    await sendDue(t.app)
    t.setNow('2026-11-26T12:00:00.000Z')
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', attempts: 1 }])
    expect(await emailState()).toMatchObject({
      is_available: true,
      is_broken: true,
      last_failed_at: '2026-11-25T12:00:00.000Z',
      last_error: expect.stringContaining('no such user'),
    })
    await t.client.notifications.replacePreferences({ body: { ...emailOn, email_address: 'new@example.com' } })
    expect(await emailState()).toMatchObject({ is_broken: false, goes_to: 'new@example.com' })
    await t.client.notifications.replacePreferences({ body: emailOn })
    smtp.refuse('rcpt', null)
    await t.client.notifications.test({ body: { channel: 'email' } })
    await sendDue(t.app)
    expect(await emailState()).toMatchObject({ is_broken: false })
    expect(smtp.received).toHaveLength(1)
  })

  test('is not sent when its time is over', async () => {
    smtp.refuse('data', { code: 451, words: 'later' })
    const { id } = await tell({ pointlessAt: '2026-11-25T12:00:30.000Z' })
    await sendDue(t.app)
    smtp.refuse('data', null)
    t.setNow('2026-11-25T12:00:30.000Z')
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'dropped', last_error: expect.stringContaining('too late') }])
    expect(smtp.received).toEqual([])
  })
})

describe('where it goes', () => {
  test('without a mail server, or without an address, it says what is missing', async () => {
    expect(await emailState(bare)).toMatchObject({
      is_available: false,
      problem: 'not_set_up',
      reason: expect.stringContaining('SMTP_URL'),
    })
    await expect(bare.client.notifications.test({ body: { channel: 'email' } })).rejects.toMatchObject({ problem: { status: 409 } })
    await t.client.notifications.replacePreferences({ body: { ...emailOn, email_address: null } })
    expect(await emailState()).toMatchObject({ is_available: false, problem: 'no_address' })
    await expect(t.client.notifications.test({ body: { channel: 'email' } })).rejects.toMatchObject({ problem: { status: 409 } })
    const { id } = await tell()
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'dropped', last_error: expect.stringContaining('no address') }])
  })

  test.each([
    'ana',
    'ana@example.com\r\nBcc: all@example.com',
    'Ana <ana@example.com>',
    'a@b@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('not to %j', async (email_address) => {
    const answer = await t.send('PUT', '/api/v1/notifications/preferences', { body: { ...emailOn, email_address } })
    expect([answer.status, await answer.json()]).toMatchObject([422, { field_errors: [{ field: 'email_address' }] }])
  })

  test('with accounts only to the address that the account has confirmed', async () => {
    await withAccounts.send('POST', '/api/auth/sign-up/email', { body: { email: 'ben@example.com', password: 'correct horse battery' } })
    await expect.poll(() => smtp.received.length).toBe(1)
    const link = /token=(\S+)/.exec(only(smtp).text ?? '')?.[1] as string
    expect((await withAccounts.send('GET', `/api/auth/verify-email?token=${link}`)).status).toBe(200)
    const ben: Person = await signIn(withAccounts, 'ben@example.com')
    const { channels, types } = emailOn
    const refused = await ben.send('PUT', '/api/v1/notifications/preferences', { body: emailOn })
    expect([refused.status, await refused.json()]).toMatchObject([422, { field_errors: [{ field: 'email_address' }] }])
    expect(await ben.client.notifications.replacePreferences({ body: { channels, types } })).toMatchObject({ email_address: null })
    smtp.received.length = 0
    await ben.client.notifications.test({ body: { channel: 'email' } })
    await sendDue(withAccounts.app)
    expect(only(smtp)).toMatchObject({ envelope: ['ben@example.com'] })

    await withAccounts.app.pool.query('update users set email_verified = false')
    expect(await emailState(ben)).toMatchObject({ is_available: false, problem: 'address_not_confirmed' })
  })

  test('with accounts one does not see what another was sent, nor to which browser', async () => {
    await withAccounts.app.pool.query(`update users set email_verified = true`)
    const ben = await signIn(withAccounts, 'ben@example.com')
    await withAccounts.send('POST', '/api/auth/sign-up/email', { body: { email: 'cleo@example.com', password: 'correct horse battery' } })
    await withAccounts.app.pool.query(`update users set email_verified = true`)
    const cleo = await signIn(withAccounts, 'cleo@example.com')
    const keys = {
      p256dh: 'BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA',
      auth: 'soDU_BBhHIpEzOiqWUnVFQ',
    }
    const { id } = await ben.client.notifications.addPushSubscription({ body: { endpoint: 'https://push.example.com/1', keys } })
    expect((await ben.client.notifications.deliveries({ query: {} })).items.length).toBeGreaterThan(0)
    expect((await cleo.client.notifications.deliveries({ query: {} })).items).toEqual([])
    expect((await cleo.client.notifications.pushSubscriptions({ query: {} })).items).toEqual([])
    await expect(cleo.client.notifications.deletePushSubscription({ params: { id } })).rejects.toMatchObject({ problem: { status: 404 } })
    expect(await emailState(cleo)).toMatchObject({ last_sent_at: null, goes_to: 'cleo@example.com' })
  })
})

describe('the link that stops it', () => {
  const linkOf = () => {
    const list = smtp.received.at(-1)?.headers.find(({ key }) => key === 'list-unsubscribe')?.value as string
    const { pathname, search } = new URL(list.slice(1, -1))
    return `${pathname}${search}`
  }
  const post = (link: string, form: string) =>
    t.send('POST', link, { body: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  const preferences = () => t.client.notifications.getPreferences()

  test('changes nothing when it is opened, stops the one kind at one click, and offers to undo it', async () => {
    await tell()
    await sendDue(t.app)
    const page = await t.send('GET', linkOf())
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain('Stop e-mail about this')
    expect(await preferences()).toMatchObject({ types: { job_status_changed: { email: true } } })

    // As a mail program does it (RFC 8058), which is nobody's web page.
    const done = await post(linkOf(), 'List-Unsubscribe=One-Click')
    expect(done.status).toBe(200)
    expect(await done.text()).toMatch(/no more e-mail about: job status changed[\s\S]*Undo/)
    expect(await preferences()).toMatchObject({
      channels: { email: true },
      types: { job_status_changed: { email: false, in_app: true }, interview_reminder: { email: true } },
      email_address: 'ana@example.com',
    })
    const { id } = await tell()
    await sendDue(t.app)
    expect(await deliveriesOf(id)).toEqual([])

    expect(await (await post(linkOf(), 'act=undo')).text()).toContain('e-mail again')
    expect(await preferences()).toMatchObject({ types: { job_status_changed: { email: true } } })

    // The other form that they may choose, and the better one by the standard.
    const body = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    const form = await t.send('POST', linkOf(), { body, headers: { 'content-type': 'multipart/form-data; boundary=x' } })
    expect(form.status).toBe(200)
    expect(await preferences()).toMatchObject({ channels: { email: true }, types: { job_status_changed: { email: false } } })
  })

  test('can stop all of it, and undo that', async () => {
    await tell()
    await sendDue(t.app)
    await post(linkOf(), 'act=all')
    expect(await preferences()).toMatchObject({ channels: { email: false }, types: { job_status_changed: { email: true } } })
    await post(linkOf(), 'act=undo-all')
    expect(await preferences()).toMatchObject({ channels: { email: true } })
  })

  test('is only what was signed: another account, another kind or half of it leads nowhere', async () => {
    await tell()
    await sendDue(t.app)
    const link = linkOf()
    for (const other of [
      link.replace('job_status_changed', 'all'),
      link.replace(t.app.localUser.id, '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'),
      link.slice(0, -3),
      '/unsubscribe',
      '/unsubscribe?link=a&link=b',
    ]) {
      for (const method of ['GET', 'POST']) expect((await t.send(method, other)).status, `${method} ${other}`).toBe(404)
    }
    expect(await preferences()).toMatchObject({ channels: { email: true }, types: { job_status_changed: { email: true } } })
    const foreign = await t.send('POST', link, { headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
  })
})
