import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../client/client.ts'
import { thereIsRedis, useRedis } from '../../testing/redis.ts'
import { useSecondServer } from '../../testing/second-server.ts'
import { useTestApp } from '../../testing/test-app.ts'
import { readConfig } from '../config.ts'
import { findJobs } from '../features/jobs/jobs.ts'

/** Two servers on one database: whatever one writes, the other never answers from before. */

type Two = { first: ReturnType<typeof useTestApp>; clients: () => Client[] }

/** Random reads and writes in turn, each read beside what the database says. */
function neverStale({ first, clients }: Two) {
  test('random reads and writes through both, one after the other', async () => {
    const step = fc.record({
      through: fc.nat(1),
      act: fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({ do: fc.constant('read' as const), sort: fc.constantFrom('company', '-priority', '-created_at') }),
        },
        {
          weight: 1,
          arbitrary: fc.record({ do: fc.constant('add' as const), company: fc.constantFrom('Marulho', 'Quillstone', 'Ninevane') }),
        },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), which: fc.nat(20), priority: fc.nat(5) }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat(20) }) },
      ),
    })
    let hits = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const { items } = await findJobs(first.app, first.app.localUser, { sort: 'created_at', limit: 50 })
        const ids = items.map((job) => job.id)
        for (const { through, act } of steps) {
          const client = clients()[through] as Client
          const id = ids['which' in act ? act.which % Math.max(1, ids.length) : 0]
          if (act.do === 'add') ids.push((await client.jobs.create({ body: { company: act.company, title: 'Engineer' } })).id)
          else if (act.do === 'read') {
            const query = { sort: act.sort as 'company', limit: 50 }
            const [answer, truth] = [await client.jobs.list({ query }), await findJobs(first.app, first.app.localUser, query)]
            expect(answer).toEqual(truth)
          } else if (id === undefined) continue
          else if (act.do === 'change') await client.jobs.update({ params: { id }, body: { priority: act.priority } })
          else {
            await client.jobs.delete({ params: { id } })
            ids.splice(ids.indexOf(id), 1)
          }
        }
        hits = first.app.cache.counts()['/jobs']?.hit ?? 0
      }),
      { numRuns: 12 },
    )
    expect(hits).toBeGreaterThan(5)
  })

  test('many at the same time: what was answered to a writer is in every answer that is asked for afterwards', async () => {
    await first.app.pool.query('truncate jobs cascade')
    const confirmed = new Map<string, number>()
    const all = clients()
    for (let at = 0; at < 4; at++) {
      const { id } = await first.client.jobs.create({ body: { company: 'Marulho', title: `${at}`, notes: '0' } })
      confirmed.set(id, 0)
    }
    let writing = true
    const writers = [...confirmed.keys()].map(async (id, at) => {
      for (let count = 1; count <= 40; count++) {
        await (all[(at + count) % all.length] as Client).jobs.update({ params: { id }, body: { notes: `${count}` } })
        confirmed.set(id, count)
      }
    })
    const stale: string[] = []
    let reads = 0
    const readers = Array.from({ length: 6 }, async (_, at) => {
      while (writing) {
        const atLeast = new Map(confirmed)
        const { items } = await (all[at % all.length] as Client).jobs.list({ query: { sort: 'title' } })
        reads++
        for (const { id, notes } of items) if (Number(notes) < (atLeast.get(id) ?? 0)) stale.push(`${notes} after ${atLeast.get(id)}`)
      }
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(readers)
    expect(stale).toEqual([])
    expect(reads).toBeGreaterThan(20)
  })
}

describe('each with a cache of its own', () => {
  const first = useTestApp()
  const second = useSecondServer(first)
  neverStale({ first, clients: () => [first.client, second.client] })
})

describe.skipIf(!thereIsRedis)('with one Redis', () => {
  const redis = useRedis()
  const env = () => ({ REDIS_URL: redis.url })
  const first = useTestApp(env)
  const second = useSecondServer(first, env)
  const clients = () => [first.client, second.client]
  const ask = async (url = first.url) => {
    const answer = await fetch(`${url}/api/v1/jobs`)
    const { items } = (await answer.json()) as { items: { company: string }[] }
    return { outcome: answer.headers.get('server-timing'), items }
  }
  const readiness = async () => (await fetch(`${first.url}/health/ready`)).json()
  const untilConnected = async (url = first.url) => {
    do await new Promise((resolve) => setTimeout(resolve, 20))
    while ((await ask(url)).outcome !== 'cache;desc=hit')
  }

  beforeAll(async () => {
    await untilConnected(first.url)
    await untilConnected(second.url)
  })
  afterEach(() => redis.start())

  neverStale({ first, clients })

  test('what one has made the other gives', async () => {
    // On a machine that does other things too, Redis may be too slow for once.
    const inTurn = async () => {
      await first.client.jobs.create({ body: { company: 'Marulho', title: 'Engineer' } })
      return [(await ask(first.url)).outcome, (await ask(second.url)).outcome]
    }
    await expect.poll(inTurn, { timeout: 30_000, interval: 500 }).toEqual(['cache;desc=miss', 'cache;desc=hit'])
    expect(await readiness()).toMatchObject({ status: 'ok', dependencies: { redis: { status: 'ok', latency_ms: expect.any(Number) } } })
  })

  test('Redis is killed and comes back: every answer is right meanwhile, and kept again afterwards', async () => {
    await untilConnected()
    await redis.kill()
    expect(await readiness()).toMatchObject({ status: 'ok', dependencies: { redis: { status: 'failing', latency_ms: null } } })
    for (const client of clients()) {
      const { company } = await client.jobs.create({ body: { company: `Without ${Math.random()}`, title: 'Engineer' } })
      for (const other of clients()) expect((await other.jobs.list()).items[0]?.company).toBe(company)
    }
    expect((await ask()).outcome).toBe('cache;desc=miss')
    await redis.start()
    await untilConnected()
    expect((await ask()).items).toEqual((await findJobs(first.app, first.app.localUser, { sort: '-created_at', limit: 50 })).items)
  })

  test('Redis hangs: it is waited for a moment, then left alone', async () => {
    await untilConnected()
    redis.hang()
    for (let at = 0; at < 10; at++) {
      const { company } = await first.client.jobs.create({ body: { company: `Hanging ${at}`, title: 'Engineer' } })
      const { outcome, items } = await ask()
      expect([outcome, items[0]?.company]).toEqual(['cache;desc=miss', company])
    }
    expect(await readiness()).toMatchObject({ status: 'ok', dependencies: { redis: { status: 'failing' } } })
  })

  test('killed and started again in the middle of reading and writing', async () => {
    await first.app.pool.query('truncate jobs cascade')
    const { id } = await first.client.jobs.create({ body: { company: 'Marulho', title: 'Engineer', notes: '0' } })
    let confirmed = 0
    let writing = true
    const stale: string[] = []
    const readers = [...clients(), ...clients()].map(async (client) => {
      while (writing) {
        const atLeast = confirmed
        const notes = Number((await client.jobs.list()).items[0]?.notes)
        if (notes < atLeast) stale.push(`${notes} after ${atLeast}`)
      }
    })
    for (let count = 1; count <= 60; count++) {
      if (count % 20 === 5) await redis.kill()
      if (count % 20 === 10) await redis.start()
      if (count === 50) redis.hang()
      await (clients()[count % 2] as Client).jobs.update({ params: { id }, body: { notes: `${count}` } })
      confirmed = count
    }
    writing = false
    await Promise.all(readers)
    expect(stale).toEqual([])
  })
})

test('a Redis that cannot be one is named at the start, without its password', () => {
  expect(() => readConfig({ REDIS_URL: 'http://:secret@localhost' })).toThrow(/REDIS_URL must look like redis:\/\/(?!.*secret@localhost)/)
  expect(readConfig({ REDIS_URL: 'rediss://:secret@cache.example.com:6380/2' }).redisUrl).toContain('cache.example.com')
  expect(readConfig({}).redisUrl).toBeNull()
})
