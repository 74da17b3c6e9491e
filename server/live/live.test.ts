import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { liveReplayLimit } from '../../contract/live.ts'
import { Notification } from '../../contract/notifications.ts'
import { LiveSocket } from '../../testing/live-socket.ts'
import { useTestApp } from '../../testing/test-app.ts'
import type { App } from '../app.ts'
import { inTransaction } from '../database/transaction.ts'
import { notify } from '../features/notifications/notifications.ts'

const t = useTestApp({ LIVE_CONNECTIONS: '5' })

const open: LiveSocket[] = []
const connect = (headers?: Record<string, string>, path?: string) => {
  const socket = new LiveSocket(t, headers, path)
  open.push(socket)
  return socket
}
let told = 0
const tell = (user: { id: string } = t.app.localUser, app: App = t.app) =>
  notify(app, user, { type: 'digest', cause: `live ${told++}`, title: 'News', body: 'News' }) as Promise<Notification>
const lastSeq = async () => (await connect().hello(null)).seq

beforeEach(() => t.app.pool.query('delete from notifications'))
afterEach(async () => {
  for (const { socket } of open) socket.terminate()
  await Promise.all(open.splice(0).map(({ ended }) => ended))
})

describe('hello', () => {
  test('from now on: what was before is not sent, what comes is, as the list has it', async () => {
    const before = await tell()
    const one = connect()
    expect(await one.hello(null)).toEqual({ type: 'ready', seq: before.seq, unread: 1 })
    const after = await tell()
    const { notification } = await one.next('notification')
    expect(notification).toEqual(after)
    expect(Notification.parse(notification)).toEqual(await t.client.notifications.get({ params: { id: after.id } }))
    expect(one.seqs).toEqual([after.seq])
  })

  test('what was missed comes in its order, then what is new', async () => {
    const missed = [await tell(), await tell(), await tell()]
    const one = connect()
    await one.hello(missed[0]?.seq as number)
    const live = await tell()
    await one.next('notification', ({ seq }) => seq === live.seq)
    expect(one.seqs).toEqual([missed[1]?.seq, missed[2]?.seq, live.seq])
    expect(one.received[0]).toMatchObject({ type: 'ready', seq: missed[2]?.seq })
  })

  test('up to the limit is sent again; more is not, and what comes then is', async () => {
    const from = await lastSeq()
    for (let n = 0; n < liveReplayLimit; n++) await tell()
    const one = connect()
    const { seq } = await one.hello(from)
    await one.next('notification', (message) => message.seq === seq)
    expect(one.seqs).toHaveLength(liveReplayLimit)

    await tell()
    const other = connect()
    await other.hello(from)
    expect(await other.next('resync')).toEqual({ type: 'resync', seq: seq + 1 })
    const live = await tell()
    await other.next('notification')
    expect(other.seqs).toEqual([live.seq])
  })

  test('a number that was never given out leads to a resync, not to silence', async () => {
    const { seq } = await tell()
    const one = connect()
    await one.hello(seq + 1_000)
    expect(await one.next('resync')).toEqual({ type: 'resync', seq })
    const live = await tell()
    expect(await one.next('notification')).toMatchObject({ seq: live.seq })
  })

  test('without gap and without double, while others write and it comes and goes', async () => {
    const from = await lastSeq()
    let isDone = false
    const writing = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let n = 0; n < 60; n++) await tell()
      }),
    ).then(() => {
      isDone = true
    })
    const steady = connect()
    await steady.hello(from)
    const seen: number[] = []
    while (!isDone) {
      const one = connect()
      await one.hello(seen.at(-1) ?? from)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
      one.socket.terminate()
      await one.ended
      seen.push(...one.seqs)
    }
    await writing
    const all = (await t.client.notifications.list({ query: { after_seq: from, sort: 'seq', limit: 200 } })).items.map(({ seq }) => seq)
    const last = connect()
    const { seq } = await last.hello(seen.at(-1) ?? from)
    if (seq > (seen.at(-1) ?? from)) await last.next('notification', (message) => message.seq === seq)
    seen.push(...last.seqs)
    await steady.next('notification', (message) => message.seq === seq)
    expect(steady.seqs).toEqual(Array.from({ length: 240 }, (_, n) => from + 1 + n))
    expect(seen).toEqual(steady.seqs)
    expect(all).toEqual(steady.seqs.slice(0, 200))
  }, 60_000)
})

describe('live', () => {
  test('only after the commit, and never when it is rolled back', async () => {
    const one = connect()
    await one.hello(null)
    const rolledBack = inTransaction(t.app, async (app) => {
      await tell(t.app.localUser, app)
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    const held = await inTransaction(t.app, async (app) => {
      const notification = await tell(t.app.localUser, app)
      await one.send({ type: 'ping' })
      await one.next('pong')
      expect(one.seqs).toEqual([])
      return notification
    })
    await one.next('notification')
    expect(one.seqs).toEqual([held.seq])
  })

  test('read here is read there', async () => {
    const [here, there] = [connect(), connect()]
    await Promise.all([here.hello(null), there.hello(null)])
    const { id } = await tell()
    await there.next('notification')
    await t.client.notifications.update({ params: { id }, body: { read: true } })
    expect(await there.next('notifications_changed')).toEqual({ type: 'notifications_changed', unread: 0 })
    await t.client.notifications.update({ params: { id }, body: { read: false } })
    expect(await here.next('notifications_changed', ({ unread }) => unread === 1)).toBeDefined()
    await t.client.notifications.delete({ params: { id } })
    await expect.poll(() => here.received.at(-1)).toEqual({ type: 'notifications_changed', unread: 0 })
  })

  test('records that change are told with their version', async () => {
    const one = connect()
    await one.hello(null)
    const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    await t.client.jobs.update({ params: { id }, body: { notes: 'x' } })
    const { id: application } = await t.client.applications.create({ body: { job_id: id } })
    await t.client.applications.addEvent({ params: { id: application }, body: { to_status: 'applied' } })
    await t.client.jobs.delete({ params: { id }, query: { permanent: true } })
    await one.next('record_changed', ({ version }) => version === null)
    const changed = one.received.flatMap((message) =>
      message.type === 'record_changed' ? [[message.kind, message.id, message.version]] : [],
    )
    expect(changed).toEqual([
      ['job', id, 1],
      ['job', id, 2],
      ['application', application, 1],
      ['application', application, 2],
      ['job', id, null],
    ])
  })

  test('how far an import is', async () => {
    const one = connect()
    await one.hello(null)
    const rows = Array.from({ length: 20_000 }, (_, n) => `Company ${n},Engineer,${'x'.repeat(200)}`).join('\n')
    const { id } = await t.client.imports.create({ file: new Blob([`company,title,notes\n${rows}\n`]), filename: 'jobs.csv' })
    expect(await one.next('import_progress')).toMatchObject({ id, status: 'running', total: 20_000 })
    // To its end, which the tests after this would be told of; on a busy machine that takes a minute.
    await one.next('notification')
  }, 180_000)
})

describe('whoever', () => {
  test('a foreign page is refused before it is connected, and so is a foreign name', async () => {
    expect(await connect({ origin: 'https://evil.example' }).ended).toBe(403)
    expect(await connect({ host: 'evil.example' }).ended).toBe(403)
    const own = connect({ origin: t.url })
    expect((await own.hello(null)).type).toBe('ready')
  })

  test('another address is not there', async () => {
    expect(await connect({}, '/ws/gossip').ended).toBe(404)
  })

  test('what belongs to somebody else is neither replayed nor sent', async () => {
    const other = { id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60' }
    await t.app.pool.query(`insert into users (id, email, is_local, created_at) values ($1, 'other@example.com', false, now())`, [other.id])
    await tell(other)
    const one = connect()
    await one.hello(0)
    await tell(other)
    const mine = await tell()
    await one.next('notification', ({ seq }) => seq === mine.seq)
    expect(one.received.flatMap((message) => (message.type === 'notification' ? [message.notification.id] : []))).toEqual([mine.id])
  })

  test('a token with AUTH=off changes nothing', async () => {
    const one = connect()
    await one.send({ type: 'auth', token: 'ldd_somebody_else' })
    expect((await one.hello(null)).type).toBe('ready')
  })
})

describe('limits', () => {
  test.each([
    ['no JSON', 'hello'],
    ['an unknown type', { type: 'subscribe' }],
    ['an unknown field', { type: 'hello', last_seq: 1, channel: 'x' }],
    ['a number that is none', { type: 'hello', last_seq: '1' }],
    ['too long', JSON.stringify({ type: 'auth', token: 'x'.repeat(5_000) })],
    ['an ack of what was not sent', { type: 'ack', seq: 999 }],
  ])('%s ends it with 4400', async (_, message) => {
    const one = connect()
    await one.send(message)
    expect(await one.ended).toBe(4400)
  })

  test('hello twice, or bytes, end it with 4400', async () => {
    const one = connect()
    await one.hello(null)
    await one.send({ type: 'hello', last_seq: null })
    expect(await one.ended).toBe(4400)
    const two = connect()
    await two.hello(null)
    two.socket.send(Buffer.from([1, 2, 3]))
    expect(await two.ended).toBe(4400)
  })

  test('a flood ends it with 4400', async () => {
    const one = connect()
    await one.hello(null)
    for (let n = 0; n < 150; n++) void one.send({ type: 'ping' })
    expect(await one.ended).toBe(4400)
  })

  test('one too many is ended with 4429; when another goes there is room again', async () => {
    const five = Array.from({ length: 5 }, () => connect())
    await Promise.all(five.map((one) => one.hello(null)))
    expect(await connect().ended).toBe(4429)
    five[0]?.socket.close()
    await five[0]?.ended
    await expect
      .poll(async () => (await Promise.race([connect().hello(null), new Promise<null>((r) => setTimeout(r, 200, null))]))?.type)
      .toBe('ready')
  })

  test('who does not read is ended with 4408, and finds everything when it comes again', async () => {
    const from = await lastSeq()
    const slow = connect()
    await slow.hello(null)
    slow.socket.pause()
    const long = { title: 'x'.repeat(500), body: 'x'.repeat(60_000) }
    for (let n = 0; n < 150; n++) await notify(t.app, t.app.localUser, { type: 'digest', cause: `long ${told++}`, ...long })
    const { seq } = (await t.client.notifications.list({ query: { sort: '-seq', limit: 1 } })).items[0] as Notification
    slow.socket.resume()
    expect([1006, 4408]).toContain(await slow.ended)
    expect(slow.seqs.length).toBeLessThan(150)
    const again = connect()
    await again.hello(slow.seqs.at(-1) ?? from)
    await again.next('notification', (message) => message.seq === seq)
    expect([...slow.seqs, ...again.seqs]).toEqual(Array.from({ length: 150 }, (_, n) => from + 1 + n))
  }, 60_000)

  test('ping gets pong, and ack is taken', async () => {
    const one = connect()
    const { seq } = await one.hello(null)
    await one.send({ type: 'ack', seq })
    await one.send({ type: 'ping' })
    expect(await one.next('pong')).toEqual({ type: 'pong' })
  })
})
