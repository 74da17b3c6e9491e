import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Notification } from '../../contract/notifications.ts'
import { LiveSocket } from '../../testing/live-socket.ts'
import { thereIsRedis, useRedis } from '../../testing/redis.ts'
import { useSecondServer } from '../../testing/second-server.ts'
import { useTestApp } from '../../testing/test-app.ts'
import { notify } from '../features/notifications/notifications.ts'

/** Two servers on one database: who is connected to one is told what the other wrote. */

const open: LiveSocket[] = []
afterEach(async () => {
  for (const { socket } of open) socket.terminate()
  await Promise.all(open.splice(0).map(({ ended }) => ended))
})
const connectTo = (server: { url: string }) => {
  const socket = new LiveSocket(server)
  open.push(socket)
  return socket
}
let told = 0
const tellAt = ({ app }: Pick<ReturnType<typeof useTestApp>, 'app'>) =>
  notify(app, app.localUser, { type: 'digest', cause: `fan-out ${told++}`, title: 'News', body: 'News' }) as Promise<Notification>

describe.skipIf(!thereIsRedis)('through Redis', () => {
  const redis = useRedis()
  const first = useTestApp(() => ({ REDIS_URL: redis.url }))
  const second = useSecondServer(first, () => ({ REDIS_URL: redis.url }))
  const whole = (isWhole: boolean) =>
    vi.waitUntil(() => [first, second].every(({ app }) => app.live.fanOut.isWhole() === isWhole), { timeout: 30_000 })
  beforeAll(async () => {
    await whole(true)
  })

  test('notifications, each once, in whatever place they were made', async () => {
    const [here, there] = [connectTo(first), connectTo(second)]
    const { seq: from } = await here.hello(null)
    await there.hello(null)
    let last = from
    for (let n = 0; n < 30; n++) last = (await tellAt(n % 2 ? first : second)).seq
    for (const socket of [here, there]) {
      await socket.next('notification', ({ seq }) => seq === last)
      expect(socket.seqs).toEqual(Array.from({ length: 30 }, (_, n) => from + 1 + n))
    }
  })

  test('what was read, which records changed, and how far an import is', async () => {
    const there = connectTo(second)
    await there.hello(null)
    const { id } = await tellAt(first)
    await there.next('notification')
    await first.client.notifications.update({ params: { id }, body: { read: true } })
    await there.next('notifications_changed', ({ unread }) => unread >= 0)
    const job = await first.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    expect(await there.next('record_changed')).toEqual({ type: 'record_changed', kind: 'job', id: job.id, version: 1 })
    const rows = Array.from({ length: 20_000 }, (_, n) => `Company ${n},Engineer,${'x'.repeat(200)}`).join('\n')
    const made = await first.client.imports.create({ file: new Blob([`company,title,notes\n${rows}\n`]), filename: 'jobs.csv' })
    expect(await there.next('import_progress')).toMatchObject({ id: made.id, status: 'running', total: 20_000 })
    // To its end, which the tests after this would be told of; on a busy machine that takes a minute.
    await there.next('notification', ({ notification }) => notification.type === 'import_finished')
  }, 180_000)

  test('what is no hint, or of somebody else, is passed over', async () => {
    const there = connectTo(second)
    await there.hello(null)
    const { openRedis } = await import('../redis/connect.ts')
    const stranger = openRedis(redis.url, 'test', {})
    const hint = {
      kind: 'message',
      user_id: second.app.localUser.id,
      message: { type: 'record_changed', kind: 'job', id: 'no id', version: 1 },
    }
    for (const text of ['', '{}', '[', JSON.stringify({ from: crypto.randomUUID(), hint }), JSON.stringify({ hint: 'x'.repeat(100_000) })])
      await stranger.publish('landed:live', text)
    stranger.disconnect()
    const { seq } = await tellAt(first)
    await there.next('notification', (message) => message.seq === seq)
    expect(there.received.map(({ type }) => type)).toEqual(['ready', 'notification'])
  })

  test('Redis lost and back, hanging and well again, while a writer counts', async () => {
    const [here, there] = [connectTo(first), connectTo(second)]
    const { seq: from } = await here.hello(null)
    await there.hello(null)
    let last = from
    const tellSome = async () => {
      for (let n = 0; n < 10; n++) last = (await tellAt(first)).seq
    }
    const bothHave = async () => {
      for (const socket of [here, there]) await socket.next('notification', ({ seq }) => seq === last)
    }
    await tellSome()
    await redis.kill()
    await whole(false)
    // Without it: they are looked for.
    await tellSome()
    await bothHave()
    const { id } = (await first.client.notifications.list({ query: { sort: '-seq', limit: 1 } })).items[0] as Notification
    const { unread } = await first.client.notifications.unreadCount()
    await first.client.notifications.update({ params: { id }, body: { read: true } })
    await redis.start()
    await whole(true)
    // Lost while it was away, and made good.
    await there.next('notifications_changed', (message) => message.unread === unread - 1)
    await tellSome()
    await bothHave()
    for (const socket of [here, there]) expect(socket.seqs).toEqual(Array.from({ length: 30 }, (_, n) => from + 1 + n))
  }, 60_000)
})

describe('without Redis', () => {
  const first = useTestApp()
  const second = useSecondServer(first)

  test('notifications of the other are found within seconds', async () => {
    const there = connectTo(second)
    await there.hello(null)
    const made = [await tellAt(first), await tellAt(first)]
    await there.next('notification', ({ seq }) => seq === made[1]?.seq)
    expect(there.seqs).toEqual(made.map(({ seq }) => seq))
  })
})
