import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, mailFrom, startMailServer } from '../../../../testing/mail-server.ts'
import { startProcess } from '../../../../testing/own-process.ts'
import { useSecondServer } from '../../../../testing/second-server.ts'
import { useTestApp } from '../../../../testing/test-app.ts'
import { notify } from '../notifications.ts'
import { sendDue } from './send-due.ts'

let smtp: MailServer
beforeAll(async () => {
  smtp = await startMailServer()
})
afterAll(() => smtp.close())
const env = () => ({ SMTP_URL: smtp.url, MAIL_FROM: mailFrom, REMINDERS: 'off' })
const t = useTestApp(env)
const second = useSecondServer(t, env)

beforeEach(async () => {
  smtp.received.length = 0
  await t.app.pool.query('delete from deliveries')
  await t.client.notifications.replacePreferences({
    body: { channels: { email: true }, types: { bulk_finished: { email: true } }, email_address: 'ana@example.com' },
  })
})
const deliveries = async () => (await t.client.notifications.deliveries({ query: { limit: 200 } })).items

test('two servers with several workers each send everything once', async () => {
  const all = Array.from({ length: 60 }, (_, n) => `Change ${n}`)
  await Promise.all(
    all.map((title, n) => notify(n % 2 ? t.app : second.app, t.app.localUser, { type: 'bulk_finished', cause: title, title, body: '' })),
  )
  await Promise.all([t.app, second.app, t.app, second.app, t.app, second.app].map((app) => sendDue(app)))
  expect(smtp.received.map(({ subject }) => subject).toSorted()).toEqual(all.toSorted())
  expect((await deliveries()).filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
})

test('what a server was sending when it was killed, another sends again under the same Message-ID', async () => {
  // It has taken the message, and never gets to say so.
  let release = () => {}
  smtp.beforeAnswer = () =>
    new Promise((resolve) => {
      release = resolve
    })
  const dataDir = await mkdtemp(join(tmpdir(), 'landed-test-files-'))
  const server = await startProcess({
    ...env(),
    REMINDERS: 'on',
    DATABASE_URL: t.app.config.databaseUrl as string,
    DATA_DIR: dataDir,
    BACKUPS: 'off',
  })
  await server.client.notifications.test({ body: { channel: 'email' } })
  await expect.poll(() => smtp.received.length, { timeout: 20_000 }).toBe(1)
  await server.kill('SIGKILL')
  smtp.beforeAnswer = async () => {}
  release()
  await rm(dataDir, { recursive: true, force: true })

  await sendDue(t.app)
  expect(smtp.received).toHaveLength(1)
  t.setNow(new Date(Date.now() + 4 * 60_000).toISOString())
  await Promise.all([sendDue(t.app), sendDue(second.app)])
  expect(smtp.received).toHaveLength(2)
  expect(smtp.received[0]?.messageId).toMatch(/^<[\w-]+@example\.com>$/)
  expect(smtp.received[1]?.messageId).toBe(smtp.received[0]?.messageId)
  expect(await deliveries()).toMatchObject([{ status: 'sent', attempts: 2 }])
})
