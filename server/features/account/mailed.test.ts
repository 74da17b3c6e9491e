import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { linkIn, type MailServer, startMailServer } from '../../../testing/mail-server.ts'
import { accountsOn, goodPassword, signIn } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

let mails: MailServer
beforeAll(async () => {
  mails = await startMailServer()
})
afterAll(() => mails.close())

const t = useTestApp(() => ({
  ...accountsOn,
  SMTP_URL: mails.url,
  MAIL_FROM: 'Landed <landed@example.com>',
  PUBLIC_URL: 'http://landed.example.com',
  SIGN_UP: 'invite',
}))

const auth = (path: string, body: unknown) => t.send('POST', `/api/auth${path}`, { body })
const codeOf = async (answer: Response) => ((await answer.json()) as Problem).code
const verify = (link: URL) => t.send('GET', `/api/auth/verify-email?token=${link.searchParams.get('token')}`)

test('an account can be used once its e-mail is confirmed', async () => {
  expect((await auth('/sign-up/email', { email: 'ana@example.com', password: goodPassword })).status).toBe(200)
  const mail = await mails.next('ana@example.com')
  expect(mail).toMatchObject({ from: { address: 'landed@example.com', name: 'Landed' } })
  const link = linkIn(mail)
  expect(`${link.origin}${link.pathname}`).toBe('http://landed.example.com/verify-email')

  const early = await auth('/sign-in/email', { email: 'ana@example.com', password: goodPassword })
  expect([early.status, await codeOf(early)]).toEqual([403, 'email_not_verified'])
  await mails.next('ana@example.com')
  const wrong = await auth('/sign-in/email', { email: 'ana@example.com', password: 'not the right one' })
  expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'unauthenticated'])

  const damaged = await t.send('GET', `/api/auth/verify-email?token=${link.searchParams.get('token')}x`)
  expect([damaged.status, await codeOf(damaged)]).toEqual([410, 'link_expired'])
  expect((await verify(link)).status).toBe(200)
  const ana = await signIn(t, 'ana@example.com')
  expect(await ana.client.account.me()).toMatchObject({ email_verified: true, is_admin: true })
})

test('a new password by mail: once, within its hour, and every session ends', async () => {
  const before = await signIn(t, 'ana@example.com')
  await auth('/request-password-reset', { email: 'ana@example.com' })
  const token = linkIn(await mails.next('ana@example.com')).searchParams.get('token')
  // Nothing in the table opens the link.
  const { rows } = await t.app.pool.query<{ text: string }>('select verifications::text as text from verifications')
  expect(rows.filter(({ text }) => text.includes(token as string))).toEqual([])
  const reset = (newPassword: string) => auth('/reset-password', { token, newPassword })
  expect((await reset('short')).status).toBe(422)
  expect((await reset('a password after the reset')).status).toBe(200)
  expect(await mails.next('ana@example.com')).toMatchObject({ subject: 'Your password for Landed was changed' })
  expect((await before.send('GET', '/api/v1/me')).status).toBe(401)
  const again = await reset('a password after the other')
  expect([again.status, await codeOf(again)]).toEqual([410, 'link_expired'])
  expect((await auth('/sign-in/email', { email: 'ana@example.com', password: goodPassword })).status).toBe(401)
  await signIn(t, 'ana@example.com', 'a password after the reset')
})

test('asking for a new password is answered alike whether or not there is an account, and not without end', async () => {
  const known = await auth('/request-password-reset', { email: 'ana@example.com' })
  const unknown = await auth('/request-password-reset', { email: 'nobody@example.com' })
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
  expect(await mails.next('ana@example.com')).toMatchObject({ subject: 'A new password for Landed' })
  const statuses = []
  for (let n = 0; n < 5; n++) statuses.push((await auth('/request-password-reset', { email: 'nobody@example.com' })).status)
  expect(statuses).toEqual([200, 200, 200, 200, 429])
})

test('an invitation by mail makes one account, for that address, confirmed', async () => {
  const ana = await signIn(t, 'ana@example.com', 'a password after the reset')
  const closed = await auth('/sign-up/email', { email: 'ben@example.com', password: goodPassword })
  expect([closed.status, await codeOf(closed)]).toEqual([403, 'sign_up_closed'])

  const made = await ana.client.admin.createInvite({ body: { email: 'Ben@example.com' } })
  expect(made).toMatchObject({ email: 'ben@example.com', sent: true, used_at: null })
  const mail = await mails.next('ben@example.com')
  expect(linkIn(mail).href).toBe(made.url)
  const invite = linkIn(mail).searchParams.get('secret') as string
  expect(await t.client.account.invitation({ params: { secret: invite } })).toMatchObject({ email: 'ben@example.com' })

  const join = (email: string, sent = invite) => auth('/sign-up/email', { email, password: goodPassword, invite: sent })
  expect((await join('carl@example.com')).status).toBe(403)
  expect((await join('ben@example.com', 'x'.repeat(43))).status).toBe(403)
  expect((await join('ben@example.com')).status).toBe(200)
  const ben = await signIn(t, 'ben@example.com')
  expect(await ben.client.account.me()).toMatchObject({ email_verified: true, is_admin: false })
  expect((await join('ben@example.com')).status).toBe(403)
  expect((await t.send('GET', `/api/v1/invitations/${invite}`)).status).toBe(404)
})

test('an invitation for whoever has the link is not used up by an address that has an account, whose owner is told', async () => {
  const ana = await signIn(t, 'ana@example.com', 'a password after the reset')
  const { url, id } = await ana.client.admin.createInvite({ body: {} })
  const invite = new URL(url).searchParams.get('secret') as string
  expect((await auth('/sign-up/email', { email: 'ben@example.com', password: goodPassword, invite })).status).toBe(200)
  expect(await mails.next('ben@example.com')).toMatchObject({ subject: 'You have an account at Landed' })
  expect((await t.send('GET', `/api/v1/invitations/${invite}`)).status).toBe(200)
  await ana.client.admin.deleteInvite({ params: { id } })
  expect((await auth('/sign-up/email', { email: 'dora@example.com', password: goodPassword, invite })).status).toBe(403)
})

test('a new e-mail is in force once the link sent to it is opened', async () => {
  const ben = await signIn(t, 'ben@example.com')
  const change = await ben.send('POST', '/api/auth/change-email', { body: { newEmail: 'benjamin@example.com', password: goodPassword } })
  expect(change.status).toBe(200)
  expect(await ben.client.account.me()).toMatchObject({ email: 'ben@example.com' })
  expect((await mails.next('ben@example.com')).text).toContain('is to become benjamin@example.com')
  expect((await verify(linkIn(await mails.next('benjamin@example.com')))).status).toBe(200)
  expect(await ben.client.account.me()).toMatchObject({ email: 'benjamin@example.com', email_verified: true })
})

test('a new password is told to its owner, and no mail was sent that is not told of here', async () => {
  const ben = await signIn(t, 'benjamin@example.com')
  const body = { currentPassword: goodPassword, newPassword: 'a password that is new' }
  expect((await ben.send('POST', '/api/auth/change-password', { body })).status).toBe(200)
  expect(await mails.next('benjamin@example.com')).toMatchObject({ subject: 'Your password for Landed was changed' })
  expect(mails.received).toEqual([])
})

test('an invitation that could not be mailed says so, and confirms no address', async () => {
  const ana = await signIn(t, 'ana@example.com', 'a password after the reset')
  const mailed = await ana.client.admin.createInvite({ body: { email: `${'x'.repeat(64)}@example.com` } })
  expect(mailed.sent).toBe(true)
  await mails.close()
  const made = await ana.client.admin.createInvite({ body: { email: 'emil@example.com' } })
  expect(made.sent).toBe(false)
  expect((await ana.client.admin.listInvites()).items.slice(0, 2).map(({ email, sent }) => [email, sent])).toEqual([
    ['emil@example.com', false],
    [mailed.email, true],
  ])
  const invite = new URL(made.url).searchParams.get('secret') as string
  expect((await auth('/sign-up/email', { email: 'emil@example.com', password: goodPassword, invite })).status).toBe(200)
  const early = await auth('/sign-in/email', { email: 'emil@example.com', password: goodPassword })
  expect([early.status, await codeOf(early)]).toEqual([403, 'email_not_verified'])
})
