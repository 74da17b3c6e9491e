import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveReplayLimit } from '../contract/live.ts'
import type { Notification } from '../contract/notifications.ts'
import { notify } from '../server/features/notifications/notifications.ts'
import { LiveSocket } from '../testing/live-socket.ts'
import { TcpProxy } from '../testing/tcp-proxy.ts'
import { useTestApp } from '../testing/test-app.ts'
import { connectLive, type LiveConnection, type LiveOptions, type LiveState } from './live.ts'

/** The client on a real server, through a network that fails. */

const t = useTestApp()
let proxy: TcpProxy
beforeAll(async () => {
  proxy = await TcpProxy.to(t.url)
})
afterAll(() => proxy?.close())

const timing = { answerWithinMs: 2_000, pingAfterMs: 200, firstWaitMs: 20, longestWaitMs: 100, pollEveryMs: 50, trySocketEveryMs: 300 }

type Seen = {
  live: LiveConnection
  notifications: Notification[]
  states: LiveState[]
  refetches: string[]
  changed: string[]
  unread: number
}
const open: LiveConnection[] = []
function listen(options: Partial<LiveOptions> = {}): Seen & { seqs(): number[] } {
  const seen = { notifications: [], states: [], refetches: [], changed: [], unread: -1 } as unknown as Seen
  seen.live = connectLive({
    baseUrl: proxy.url,
    timing,
    onNotification: (notification) => seen.notifications.push(notification),
    onState: (state) => seen.states.push(state),
    onRefetch: (reason) => seen.refetches.push(reason),
    onRecordChanged: ({ kind, version }) => seen.changed.push(`${kind} ${version}`),
    onUnread: (unread) => {
      seen.unread = unread
    },
    ...options,
  })
  open.push(seen.live)
  return Object.assign(seen, { seqs: () => seen.notifications.map(({ seq }) => seq) })
}
const until = (check: () => unknown, what: unknown) => expect.poll(check, { timeout: 20_000, interval: 20 }).toEqual(what)

let told = 0
const tell = (more: object = {}) =>
  notify(t.app, t.app.localUser, {
    type: 'digest',
    cause: `client ${told++}`,
    title: 'News',
    body: 'News',
    ...more,
  }) as Promise<Notification>
const tellMany = async (count: number) => {
  const seqs: number[] = []
  for (let n = 0; n < count; n++) seqs.push((await tell()).seq)
  return seqs
}

beforeEach(() => t.app.pool.query('delete from notifications'))
afterEach(async () => {
  for (const live of open.splice(0)) live.close()
  proxy.refuse(null)
  await proxy.open()
})

describe('while the network holds', () => {
  test('from now on: notifications, the count of unread, and records that change', async () => {
    await tell()
    const seen = listen()
    await until(() => seen.live.state, 'live')
    expect(seen).toMatchObject({ unread: 1, notifications: [], refetches: ['connected'] })
    const made = await tell()
    await until(() => seen.notifications, [made])
    expect(seen.unread).toBe(2)
    expect(seen.live.lastSeq).toBe(made.seq)
    await tell({ isSeen: true })
    await until(() => seen.notifications.length, 2)
    expect(seen.unread).toBe(2)
    await t.client.notifications.readAll()
    await until(() => seen.unread, 0)
    const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    await t.client.jobs.delete({ params: { id }, query: { permanent: true } })
    await until(() => seen.changed, ['job 1', 'job null'])
  })

  test('what was missed since the last time, counted once', async () => {
    const [first, ...missed] = await tellMany(5)
    const seen = listen({ lastSeq: first as number })
    await until(seen.seqs, missed)
    expect(seen.unread).toBe(5)
  })

  test('pings of its own keep a silent connection', async () => {
    const seen = listen({ timing: { ...timing, pingAfterMs: 5 } })
    await until(() => seen.live.state, 'live')
    await tell()
    await until(() => seen.notifications.length, 1)
    expect(seen.states).toEqual(['live'])
  })

  test('of more than the limit it says that the list is to be read, and goes on from there', async () => {
    const { seq: from } = await tell()
    const { rows } = await t.app.pool.query<{ last: number }>(
      `with made as (
         insert into notifications (user_id, id, seq, type, title, body, data, created_at)
         select $1, gen_random_uuid(), $2::int + n, 'digest', 'News', 'News', '{}', now() from generate_series(1, $3::int) n returning seq)
       update notification_counters set last_seq = $2::int + $3::int where user_id = $1 returning last_seq as last`,
      [t.app.localUser.id, from, liveReplayLimit + 1],
    )
    const socket = listen({ lastSeq: from })
    await until(() => socket.refetches, ['connected', 'resync'])
    proxy.refuse(/upgrade: websocket/i)
    const polling = listen({ lastSeq: from })
    await until(() => polling.refetches.slice(0, 2), ['resync', 'polled'])
    for (const seen of [socket, polling]) {
      expect(seen.live.lastSeq).toBe(rows[0]?.last)
      expect(seen.notifications).toEqual([])
    }
    const { seq } = await tell()
    await until(socket.seqs, [seq])
    await until(polling.seqs, [seq])
  })

  test('what a listener throws stops nothing', async () => {
    const mistakes: unknown[] = []
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => mistakes.push(error))
    try {
      const seen = listen({
        onUnread: () => {
          throw new Error('of the listener')
        },
      })
      await until(() => seen.live.state, 'live')
      await tell()
      await until(() => seen.notifications.length, 1)
      await until(() => mistakes.length, 2)
    } finally {
      process.removeAllListeners('uncaughtException')
      for (const listener of others) process.on('uncaughtException', listener)
    }
  })
})

describe('while the network fails', () => {
  test('connections that break, over and over, while others write: each once, in order', async () => {
    const seen = listen()
    await until(() => seen.live.state, 'live')
    const expected: number[] = []
    for (let round = 0; round < 8; round++) {
      expected.push(...(await tellMany(5)))
      proxy.cut()
      expected.push(...(await tellMany(5)))
    }
    await until(seen.seqs, expected)
    expect(seen.refetches).not.toContain('resync')
    expect(seen.unread).toBe(80)
  })

  test('a half-open connection is noticed and left', async () => {
    const seen = listen({ timing: { ...timing, answerWithinMs: 500, pingAfterMs: 50 } })
    await until(() => seen.live.state, 'live')
    proxy.stall()
    const expected = await tellMany(3)
    await until(seen.seqs, expected)
    expect(seen.states.slice(0, 3)).toEqual(['live', 'connecting', 'live'])
  })

  test('where no socket gets through it asks, and goes back to a socket when one does', async () => {
    proxy.refuse(/upgrade: websocket/i)
    const [first, second] = await tellMany(2)
    const seen = listen({ lastSeq: first as number })
    await until(seen.seqs, [second])
    await until(() => seen.live.state, 'polling')
    await t.client.notifications.update({ params: { id: seen.notifications[0]?.id as string }, body: { read: true } })
    await until(() => seen.unread, 1)
    // Put away before it was asked for: it came all the same.
    const third = await tell()
    const snoozed_until = '2990-01-01T00:00:00.000Z'
    await t.client.notifications.update({ params: { id: third.id }, body: { snoozed_until } })
    await until(seen.seqs, [second, third.seq])
    proxy.refuse(null)
    await until(() => seen.live.state, 'live')
    const fourth = await tell()
    await until(seen.seqs, [second, third.seq, fourth.seq])
  })

  test('from now on begins when it first asked, if it had to ask', async () => {
    proxy.refuse(/upgrade: websocket/i)
    await tell()
    const seen = listen()
    await until(() => seen.live.state, 'polling')
    const { seq } = await tell()
    await until(seen.seqs, [seq])
  })

  test('a server that is away is tried until it is back', async () => {
    const seen = listen()
    await until(() => seen.live.state, 'live')
    await proxy.close()
    await until(() => seen.live.state, 'away')
    const expected = await tellMany(3)
    await proxy.open()
    await until(seen.seqs, expected)
    await until(() => seen.live.state, 'live')
  })

  test('reconnect() does not wait for the next attempt', async () => {
    const seen = listen({ timing: { ...timing, firstWaitMs: 10_000_000, longestWaitMs: 10_000_000 } })
    await until(() => seen.live.state, 'live')
    proxy.cut()
    await until(() => seen.live.state, 'connecting')
    seen.live.reconnect()
    await until(() => seen.live.state, 'live')
  })

  test('once closed it is over: no socket, no request, no call', async () => {
    const seen = listen()
    await until(() => seen.live.state, 'live')
    seen.live.close()
    const witness = new LiveSocket(t)
    await witness.hello(null)
    await tell()
    await witness.next('notification')
    witness.socket.terminate()
    expect(seen).toMatchObject({ notifications: [], states: ['live', 'closed'] })
    seen.live.reconnect()
    expect(seen.live.state).toBe('closed')
  })
})
