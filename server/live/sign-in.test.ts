import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectLive } from '../../client/live.ts'
import type { Notification } from '../../contract/notifications.ts'
import { LiveSocket } from '../../testing/live-socket.ts'
import { accountsOn, goodPassword, makePerson, type Person, signIn, tokenOf } from '../../testing/people.ts'
import { thereIsRedis, useRedis } from '../../testing/redis.ts'
import { useSecondServer } from '../../testing/second-server.ts'
import { useTestApp } from '../../testing/test-app.ts'
import { notify } from '../features/notifications/notifications.ts'

/** Who may be here, from when and until when. */

const redis = useRedis()
const t = useTestApp(() => ({ ...accountsOn, ...(thereIsRedis ? { REDIS_URL: redis.url } : {}) }))
const second = useSecondServer(t, () => ({ ...accountsOn, ...(thereIsRedis ? { REDIS_URL: redis.url } : {}) }))

let ana: Person
let ben: Person
beforeAll(async () => {
  ana = await makePerson(t, 'ana@example.com')
  ben = await makePerson(t, 'ben@example.com')
  if (thereIsRedis) await vi.waitUntil(() => [t, second].every(({ app }) => app.live.fanOut.isWhole()), { timeout: 30_000 })
})

const open: LiveSocket[] = []
const connect = (headers: Record<string, string> = {}, server: { url: string } = t) => {
  const socket = new LiveSocket(server, headers)
  open.push(socket)
  return socket
}
afterEach(async () => {
  for (const { socket } of open) socket.terminate()
  await Promise.all(open.splice(0).map(({ ended }) => ended))
})
let told = 0
const tell = async (person: Person) => {
  const { id } = await person.client.account.me()
  return notify(t.app, { id }, { type: 'digest', cause: `sign-in ${told++}`, title: 'News', body: 'News' }) as Promise<Notification>
}
const secretOf = ({ authorization }: Record<string, string>) => authorization?.slice('Bearer '.length) as string

describe('signing in', () => {
  test('by cookie, by token in a header, or by token as the first message; each is told of its own', async () => {
    const token = await tokenOf(ana, ['read'])
    const sockets = [connect(ana.headers), connect(token), connect()]
    await sockets[2]?.send({ type: 'auth', token: secretOf(token) })
    for (const socket of sockets) await socket.hello(null)
    const other = connect(ben.headers)
    await other.hello(null)
    await tell(ben)
    const made = await tell(ana)
    for (const socket of sockets) {
      expect(await socket.next('notification')).toMatchObject({ notification: { id: made.id } })
      expect(socket.seqs).toHaveLength(1)
    }
    await other.next('notification')
    const { id } = await ana.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    await ana.client.notifications.readAll()
    for (const socket of sockets) {
      expect(await socket.next('record_changed')).toMatchObject({ id })
      await socket.next('notifications_changed')
    }
    expect(other.received.map(({ type }) => type)).toEqual(['ready', 'notification'])
  })

  test('a number of somebody else leads to nothing of theirs', async () => {
    const made = await tell(ana)
    const other = connect(ben.headers)
    await other.hello(Math.max(0, made.seq - 1))
    await other.send({ type: 'ping' })
    await other.next('pong')
    expect(other.received.flatMap((message) => (message.type === 'notification' ? [message.notification.id] : []))).not.toContain(made.id)
  })

  test.each<[string, unknown]>([
    ['who says hello first', { type: 'hello', last_seq: null }],
    ['an unknown token', { type: 'auth', token: 'ldd_nobody' }],
  ])('%s is ended with 4401', async (_, message) => {
    const socket = connect()
    await socket.send(message)
    expect(await socket.ended).toBe(4401)
  })

  test('who says nothing is ended with 4401', async () => {
    expect(await connect().ended).toBe(4401)
  })

  test('what was forged or signed out is not taken for a cookie', async () => {
    const gone = await signIn(t, 'ben@example.com')
    await gone.send('POST', '/api/auth/sign-out', { body: {} })
    const cookie = ana.headers?.['cookie'] as string
    for (const headers of [gone.headers, { cookie: `${cookie.slice(0, -8)}AAAAAAAA` }]) {
      const socket = connect(headers)
      await socket.send({ type: 'hello', last_seq: null })
      expect(await socket.ended).toBe(4401)
    }
  })

  test('a token without the scope to read is refused', async () => {
    expect(await connect(await tokenOf(ana, ['write'])).ended).toBe(403)
  })

  test('a token of somebody else does not change who it is', async () => {
    const socket = connect(ana.headers)
    await socket.send({ type: 'auth', token: secretOf(await tokenOf(ben, ['read'])) })
    expect(await socket.ended).toBe(4401)
  })
})

const servers: [string, () => { url: string }][] = [['at the same server', () => t]]
if (thereIsRedis) servers.push(['at another', () => second])

describe.each(servers)('who may not be here any more is ended with 4401 at once, %s', (_, server) => {
  const here = async (headers?: Record<string, string>) => {
    const socket = connect(headers, server())
    await socket.hello(null)
    return socket
  }

  test('signed out: that session, and no other', async () => {
    const person = await signIn(t, 'ben@example.com')
    const [gone, stays] = [await here(person.headers), await here(ben.headers)]
    await person.send('POST', '/api/auth/sign-out', { body: {} })
    expect(await gone.ended).toBe(4401)
    await stays.send({ type: 'ping' })
    await stays.next('pong')
  })

  test('a token that was removed', async () => {
    const { id, token } = await ana.client.tokens.create({ body: { name: 'gone', scopes: ['read'] } })
    const gone = await here({ authorization: `Bearer ${token}` })
    const states: string[] = []
    const live = connectLive({ baseUrl: server().url, token, onState: (state) => states.push(state) })
    await expect.poll(() => live.state).toBe('live')
    await ana.client.tokens.delete({ params: { id } })
    expect(await gone.ended).toBe(4401)
    await expect.poll(() => live.state).toBe('signed_out')
    live.close()
  })

  test('a new password ends the sessions elsewhere', async () => {
    const person = await makePerson(t, `password-${told++}@example.com`)
    const gone = await here((await signIn(t, person.email)).headers)
    const body = { currentPassword: goodPassword, newPassword: `${goodPassword}!` }
    expect((await person.send('POST', '/api/auth/change-password', { body })).status).toBe(200)
    expect(await gone.ended).toBe(4401)
  })

  test('an account that was disabled, by session and by token alike', async () => {
    const person = await makePerson(t, `disabled-${told++}@example.com`)
    const sockets = [await here(person.headers), await here(await tokenOf(person, ['read']))]
    const { id } = await person.client.account.me()
    await ana.client.admin.changeUser({ params: { id }, body: { disabled: true } })
    for (const socket of sockets) expect(await socket.ended).toBe(4401)
  })

  test('an account that was deleted', async () => {
    const person = await makePerson(t, `deleted-${told++}@example.com`)
    const gone = await here(person.headers)
    await person.client.account.delete({ body: { email: person.email } })
    expect(await gone.ended).toBe(4401)
  })
})
