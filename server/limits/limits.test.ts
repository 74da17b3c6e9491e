import { describe, expect, test } from 'vitest'
import { LiveSocket } from '../../testing/live-socket.ts'
import { accountsOn, goodPassword, makePerson } from '../../testing/people.ts'
import { thereIsRedis, useRedis } from '../../testing/redis.ts'
import { useSecondServer } from '../../testing/second-server.ts'
import { type TestApp, useTestApp } from '../../testing/test-app.ts'

const fewOf = { RATE_LIMIT_READS: '5', RATE_LIMIT_WRITES: '3', RATE_LIMIT_FILES: '2', RATE_LIMIT_CONNECTIONS: '2' }
const read = (t: TestApp, headers: Record<string, string> = {}) => t.send('GET', '/api/v1/jobs', { headers })
const from = (address: string) => ({ 'x-forwarded-for': address })

/** How many get through before one is refused, and that one. */
async function until429(ask: () => Promise<Response>): Promise<{ through: number; refused: Response }> {
  for (let through = 0; through < 100; through++) {
    const answer = await ask()
    if (answer.status === 429) return { through, refused: answer }
    await answer.text()
  }
  throw new Error('nothing was refused')
}

/** What was counted before counts no more. */
const laterOn = (t: TestApp) => t.setNow(new Date(t.app.now().getTime() + 61_000).toISOString())

describe('with accounts', () => {
  const t = useTestApp({ ...accountsOn, ...fewOf, RATE_LIMITS: 'all', RATE_LIMIT_SIGN_IN: '50' })

  test('each person has their own, for each kind of request; what is refused says when to come again', async () => {
    const [ana, ben] = [await makePerson(t, 'ana@example.com'), await makePerson(t, 'ben@example.com')]
    const first = await read(ana)
    expect(first.headers.get('ratelimit-policy')).toBe('"reads";q=5;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"reads";r=4;t=\d+$/)
    const { through, refused } = await until429(() => read(ana))
    expect(through).toBe(4)
    expect(await refused.json()).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/^"reads";r=0;t=/)
    expect((await read(ben)).status).toBe(200)
    const write = () => ana.send('POST', '/api/v1/jobs', { body: { company: 'a', title: 'b' } })
    expect((await until429(write)).through).toBe(3)
    expect((await until429(() => ana.send('GET', '/api/v1/exports/jobs?format=csv'))).through).toBe(2)
    laterOn(t)
    expect((await read(ana)).status).toBe(200)
  })

  test('who is not known is counted by their address, and then not even looked up', async () => {
    laterOn(t)
    const ask = () => read(t, { authorization: 'Bearer ldd_guessed' })
    expect((await until429(ask)).through).toBe(5)
    expect((await read(t)).status).toBe(429)
  })

  test('live connections are counted, too', async () => {
    laterOn(t)
    const ana = await makePerson(t, 'carl@example.com')
    const sockets = [1, 2, 3].map(() => new LiveSocket(t, ana.headers))
    expect(await Promise.race(sockets.map(({ ended }) => ended))).toBe(429)
    for (const { socket } of sockets) socket.terminate()
  })

  test('whoever watches over the server may look as often as they like', async () => {
    for (let n = 0; n < 20; n++) expect((await t.send('GET', '/health/live')).status).toBe(200)
  })
})

describe('behind a proxy', () => {
  const t = useTestApp({ ...accountsOn, ...fewOf, TRUST_PROXY: 'true' })

  test('the address is the one that the proxy saw, whatever was claimed before', async () => {
    expect((await until429(() => read(t, from('203.0.113.1')))).through).toBe(5)
    expect((await read(t, from('10.9.8.7, 203.0.113.1'))).status).toBe(429)
    expect((await read(t, from('203.0.113.1, 203.0.113.2'))).status).toBe(401)
  })

  test('one line of IPv6 is one, however many addresses it has', async () => {
    let n = 0
    const next = () => read(t, from(`2001:db8:1:2::${(++n).toString(16)}`))
    expect((await until429(next)).through).toBe(5)
    expect((await read(t, from('2001:db8:1:3::1'))).status).toBe(401)
  })

  test('this machine is not counted unless that is said', async () => {
    for (let n = 0; n < 20; n++) expect((await read(t)).status).toBe(401)
    for (let n = 0; n < 20; n++) expect((await read(t, from('127.0.0.1'))).status).toBe(401)
  })
})

describe('without accounts', () => {
  const t = useTestApp({ ...fewOf, TRUST_PROXY: '1' })

  test('the person at this machine is never refused; who comes through a proxy is counted', async () => {
    for (let n = 0; n < 20; n++) {
      const answer = await read(t)
      expect(answer.status).toBe(200)
      expect(answer.headers.has('ratelimit')).toBe(false)
    }
    expect((await until429(() => read(t, from('203.0.113.1')))).through).toBe(5)
  })
})

describe.skipIf(!thereIsRedis)('through Redis', () => {
  const redis = useRedis()
  const env = () => ({ ...accountsOn, RATE_LIMITS: 'all', RATE_LIMIT_READS: '40', REDIS_URL: redis.url })
  const first = useTestApp(env)
  const second = useSecondServer(first, env)
  const alsoThere = () => ({ ...first, url: second.url, send: sendTo(second.url) }) as TestApp
  const sendTo =
    (url: string): TestApp['send'] =>
    (method, path, { body, headers = {} } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })

  test('two servers count together, guesses at a password as well', async () => {
    const ana = await makePerson(first, 'ana@example.com')
    let turn = 0
    const { through } = await until429(() => read(turn++ % 2 ? first : alsoThere(), ana.headers))
    expect(through).toBe(40)
    expect([(await read(first, ana.headers)).status, (await read(alsoThere(), ana.headers)).status]).toEqual([429, 429])

    const guess = (t: TestApp, password: string) =>
      t.send('POST', '/api/auth/sign-in/email', { body: { email: 'ana@example.com', password } })
    for (let n = 0; n < 10; n++) expect((await guess(n % 2 ? first : alsoThere(), `wrong ${n}`)).status).toBe(401)
    for (const t of [first, alsoThere()]) expect((await guess(t, goodPassword)).status).toBe(429)
  })

  test('when Redis goes away nobody is failed, nobody is let off, and it is told', async () => {
    const told: string[] = []
    first.app.log.warn = (...said: unknown[]) => void told.push(String(said[1]))
    const ben = await makePerson(first, 'ben@example.com')
    for (let n = 0; n < 30; n++) expect((await read(first, ben.headers)).status).toBe(200)
    redis.hang()
    const { through } = await until429(() => read(first, ben.headers))
    expect(through).toBe(10)
    await redis.kill()
    expect((await read(first, ben.headers)).status).toBe(429)
    expect(told).toContain('Redis does not answer; going on without it')
  })
})
