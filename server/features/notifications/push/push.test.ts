import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PushService, startPushService, type TestBrowser } from '../../../../testing/push-service.ts'
import { useTestApp } from '../../../../testing/test-app.ts'
import { notify } from '../notifications.ts'
import { sendDue } from '../sending/send-due.ts'
import { deviceOf } from './device.ts'

let service: PushService
beforeAll(async () => {
  service = await startPushService()
})
afterAll(() => service.stop())
// The service is there before the server is.
const t = useTestApp(() => ({ OUTGOING_ALLOW: service.host }))

const someKey = 'BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA'
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const pushOn = { channels: { push: true }, types: { job_status_changed: { push: true } } }
let told = 0
const tell = (more: { title?: string; body?: string; topic?: string; pointlessAt?: string } = {}) =>
  notify(t.app, t.app.localUser, { type: 'job_status_changed', cause: `push ${told++}`, title: 'Closed', body: 'Gone', ...more })
async function subscribe(): Promise<TestBrowser & { id: string }> {
  const browser = service.subscribe()
  const { id } = await t.client.notifications.addPushSubscription({ body: browser.subscription })
  return Object.assign(browser, { id })
}
const subscriptions = async () => (await t.client.notifications.pushSubscriptions({ query: {} })).items
const deliveriesOf = async (id: string) => (await t.client.notifications.deliveries({ query: { notification_id: id } })).items
const pushState = async () => (await t.client.notifications.channels()).push

beforeEach(async () => {
  t.setNow('2026-11-25T12:00:00.000Z')
  for (const table of ['deliveries', 'push_subscriptions', 'notifications']) await t.app.pool.query(`delete from ${table}`)
  await t.client.notifications.replacePreferences({ body: pushOn })
})
afterAll(() => expect(service.problems).toEqual([]))

test('a browser is known by its endpoint, named in words, and removed', async () => {
  const { subscription } = service.subscribe()
  const send = (body: unknown) => t.send('POST', '/api/v1/notifications/push-subscriptions', { body, headers: { 'user-agent': firefox } })
  const made = await send(subscription)
  expect(made.status).toBe(201)
  const { id, ...shown } = (await made.json()) as Record<string, unknown>
  expect(shown).toEqual({
    endpoint: subscription.endpoint,
    device: 'Firefox on Linux',
    created_at: '2026-11-25T12:00:00.000Z',
    last_ok_at: null,
  })
  expect(made.headers.get('location')).toBe(`/api/v1/notifications/push-subscriptions/${id}`)
  const again = await send(subscription)
  expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, id])
  expect(await subscriptions()).toHaveLength(1)
  await t.client.notifications.deletePushSubscription({ params: { id: id as string } })
  expect(await subscriptions()).toEqual([])
  await expect(t.client.notifications.deletePushSubscription({ params: { id: id as string } })).rejects.toMatchObject({
    problem: { status: 404 },
  })
})

test.each([
  ['endpoint', { endpoint: 'http://169.254.169.254/latest' }],
  ['endpoint', { endpoint: 'http://127.0.0.1:5432/' }],
  ['endpoint', { endpoint: 'javascript:alert(1)' }],
  ['keys.p256dh', { keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } }],
  ['keys.auth', { keys: { p256dh: someKey, auth: 'A' } }],
])('what nothing could be sent to is refused: %s %o', async (field, part) => {
  const answer = await t.send('POST', '/api/v1/notifications/push-subscriptions', {
    body: { ...service.subscribe().subscription, ...part },
  })
  expect([answer.status, await answer.json()]).toMatchObject([422, { field_errors: [{ field }] }])
})

test('each browser gets it once: signed by the key that browsers subscribe with, and only they can read it', async () => {
  const [one, other] = [await subscribe(), await subscribe()]
  const { id } = (await tell({ title: 'Closed: Ström & Söhne <b>', body: 'x'.repeat(5_000) })) as { id: string }
  await Promise.all([sendDue(t.app), sendDue(t.app)])
  const { public_key } = await t.client.notifications.pushKey()
  for (const browser of [one, other]) {
    expect(browser.pushed).toHaveLength(1)
    const [{ payload, claims, publicKey, headers }] = browser.pushed as [(typeof browser.pushed)[0]]
    expect(payload).toMatchObject({ id, type: 'job_status_changed', title: 'Closed: Ström & Söhne <b>', url: '/inbox', tag: id })
    expect(payload['body']).toHaveLength(1_501)
    expect(publicKey).toBe(public_key)
    expect(claims).toMatchObject({ aud: service.origin, sub: 'mailto:landed@example.com' })
    expect(headers).toMatchObject({ ttl: String(3 * 24 * 60 * 60), urgency: 'normal', 'content-encoding': 'aes128gcm' })
    expect(headers['topic']).toBeUndefined()
  }
  expect(await deliveriesOf(id)).toMatchObject([
    { channel: 'push', status: 'sent', attempts: 1, last_error: null, finished_at: '2026-11-25T12:00:00.000Z' },
    { status: 'sent' },
  ])
  expect((await subscriptions()).map(({ last_ok_at }) => last_ok_at)).toEqual(Array(2).fill('2026-11-25T12:00:00.000Z'))
})

test.each([
  ['what JSON makes long', '\u0001"\\\n', 300],
  ['what is more than one unit', '👩🏽‍💻', 60],
])('a push service takes it whatever is in it: %s', async (_, odd, least) => {
  const browser = await subscribe()
  await tell({ title: odd.repeat(200), body: odd.repeat(2_000) })
  await sendDue(t.app)
  const [{ payload }] = browser.pushed as [(typeof browser.pushed)[0]]
  const body = payload['body'] as string
  expect(body.length).toBeGreaterThan(least)
  expect(`${odd.repeat(2_000)}`.startsWith(body.slice(0, -1)) && body.isWellFormed() && body.endsWith('…')).toBe(true)
})

test('a test goes to every browser, whatever is switched off; without one it says what is missing', async () => {
  await t.client.notifications.replacePreferences({ body: {} })
  await expect(t.client.notifications.test({ body: { channel: 'push' } })).rejects.toMatchObject({ problem: { status: 409 } })
  expect(await pushState()).toMatchObject({ is_available: false, problem: 'no_subscription' })
  const browser = await subscribe()
  const { id } = await t.client.notifications.test({ body: { channel: 'push' } })
  await sendDue(t.app)
  expect(browser.pushed).toMatchObject([{ payload: { id, title: 'This is a test' }, headers: { urgency: 'high' } }])
  expect(await pushState()).toMatchObject({ is_available: true, goes_to: '1 browser', last_sent_at: '2026-11-25T12:00:00.000Z' })
})

test.each([404, 410])('a browser that is no more (%s) is removed, and the others are not', async (status) => {
  const [gone, other] = [await subscribe(), await subscribe()]
  gone.answer = { status }
  const { id } = (await tell()) as { id: string }
  await sendDue(t.app)
  expect((await subscriptions()).map(({ endpoint }) => endpoint)).toEqual([other.subscription.endpoint])
  expect((await deliveriesOf(id)).map(({ status }) => status).toSorted()).toEqual(['dropped', 'sent'])
})

test('a push service that is busy is asked again when it says, and one that refuses is not', async () => {
  const [busy, refusing] = [await subscribe(), await subscribe()]
  busy.answer = { status: 429, headers: { 'retry-after': '600' } }
  refusing.answer = { status: 403 }
  const { id } = (await tell()) as { id: string }
  await sendDue(t.app)
  const states = () => deliveriesOf(id).then((all) => all.map(({ status, next_attempt_at }) => `${status} ${next_attempt_at}`).toSorted())
  expect(await states()).toEqual(['failed null', 'pending 2026-11-25T12:10:00.000Z'])
  expect(await pushState()).toMatchObject({ is_broken: true, waiting: 1, last_error: expect.stringContaining('429') })
  busy.answer = { status: 201 }
  t.setNow('2026-11-25T12:09:59.000Z')
  await sendDue(t.app)
  expect(busy.pushed).toEqual([])
  t.setNow('2026-11-25T12:10:00.000Z')
  await sendDue(t.app)
  expect(busy.pushed).toMatchObject([{ payload: { body: 'This comes late: it is from 25 Nov 2026, 12:00.\nGone' } }])
  expect(await states()).toEqual(['failed null', 'sent null'])
  expect(await pushState()).toMatchObject({ is_broken: false, waiting: 0 })
})

test('what is newer of one topic takes the place of what waits, here and at the push service; what is over is not kept', async () => {
  const browser = await subscribe()
  browser.answer = { status: 503 }
  const first = (await tell({ topic: 'one' })) as { id: string }
  await sendDue(t.app)
  browser.answer = { status: 201 }
  await tell({ title: 'Newer', topic: 'one', pointlessAt: '2026-11-25T13:00:00.000Z' })
  t.setNow('2026-11-25T12:05:00.000Z')
  await sendDue(t.app)
  expect(browser.pushed).toMatchObject([
    { payload: { title: 'Newer', tag: 'one' }, headers: { ttl: '3300', topic: expect.stringMatching(/^[\w-]{32}$/) } },
  ])
  expect(await deliveriesOf(first.id)).toMatchObject([{ status: 'superseded', attempts: 1 }])
})

test('the endpoint is looked at again when something is sent: a name that leads inside is not asked', async () => {
  const inside = await t.app.pool.query<{ id: string }>(
    `insert into push_subscriptions (user_id, id, endpoint, p256dh, auth, device, created_at)
     values ($1, '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e', 'http://localhost/', $2, 'soDU_BBhHIpEzOiqWUnVFQ', 'x', now()) returning id`,
    [t.app.localUser.id, someKey],
  )
  expect(inside.rows).toHaveLength(1)
  const { id } = (await tell()) as { id: string }
  await sendDue(t.app)
  expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', last_error: expect.stringContaining('localhost') }])
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  ['curl/8', 'A browser'],
])('%s is %s', (agent, device) => {
  expect(deviceOf(agent)).toBe(device)
})
