import { connect, createServer, type Server, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Job } from '../../contract/jobs.ts'
import type { Problem } from '../../contract/problems.ts'
import { makeDatabase } from '../../testing/database.ts'
import { lockTable } from '../../testing/lock-table.ts'
import { createApp, type OpenApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { startServer } from '../server.ts'

/** A server whose way to the database can be cut, and whose log can be read. */
let database: Awaited<ReturnType<typeof makeDatabase>>
let way: Way
let app: OpenApp
let server: Awaited<ReturnType<typeof startServer>>
const log: Record<string, unknown>[] = []

beforeAll(async () => {
  database = await makeDatabase(inject('cluster'))
  way = await openWay(database.url)
  const lines = { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) }
  app = await createApp(readConfig({ PORT: '0', DATABASE_URL: way.url }), { log: pino({ level: 'info' }, lines) })
  server = await startServer(app)
})
afterAll(async () => {
  await server.stop()
  await app[Symbol.asyncDispose]()
  await way.close()
  await database.drop()
})

const get = (path: string) => fetch(`${server.url}${path}`)
const post = (path: string, body: unknown) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const job = { company: 'Northwind', title: 'Engineer', notes: 'a secret of mine' }

/** What a 5xx may never show: SQL, code, files, addresses, names and passwords of the database. */
async function expectPlain(answer: Response, code: string, hidden: string[]): Promise<Problem> {
  const text = await answer.text()
  const problem = JSON.parse(text) as Problem
  expect(problem).toMatchObject({ code, status: answer.status, request_id: answer.headers.get('x-request-id') })
  const { username, password, pathname, port } = new URL(way.url)
  for (const secret of [...hidden, username, password, pathname.slice(1), port, 'a secret of mine']) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/select |insert |update |relation|node_modules|\.ts|\bat \w+ \(|ECONN|postgres|database "/i)
  return problem
}
/** The cause is in the log, under the same request_id. */
const logged = ({ request_id }: Problem) => JSON.stringify(log.filter((line) => line['request_id'] === request_id && line['level'] === 50))

describe('the unexpected', () => {
  test('is a 500 that says nothing of what is inside, and a log line that does', async () => {
    await app.pool.query('alter table jobs rename to jobs_away')
    try {
      for (const answer of [await get('/api/v1/jobs'), await post('/api/v1/jobs', job)]) {
        expect(answer.status).toBe(500)
        expect(logged(await expectPlain(answer, 'internal_error', ['jobs_away']))).toContain('relation \\"jobs\\" does not exist')
      }
    } finally {
      await app.pool.query('alter table jobs_away rename to jobs')
    }
    expect((await get('/api/v1/jobs')).status).toBe(200)
  })

  test('what was written before it happened is not half-saved', async () => {
    const { id } = (await (await post('/api/v1/jobs', job)).json()) as Job
    await app.pool.query('alter table application_events rename to events_away')
    try {
      await expectPlain(await post('/api/v1/applications', { job_id: id }), 'internal_error', ['events_away'])
    } finally {
      await app.pool.query('alter table events_away rename to application_events')
    }
    const { items } = (await (await get('/api/v1/applications')).json()) as { items: unknown[] }
    expect(items).toEqual([])
    expect((await post('/api/v1/applications', { job_id: id })).status).toBe(201)
  })
})

describe('the database', () => {
  test('when it is away: 503 with Retry-After, alive but not ready; when it is back, all goes on', async () => {
    way.cut()
    for (let round = 0; round < 3; round++) {
      const answer = await get('/api/v1/jobs')
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
      expect(logged(await expectPlain(answer, 'not_ready', []))).toMatch(/ECONN|terminated/)
    }
    await expectPlain(await post('/api/v1/jobs', job), 'not_ready', [])
    expect((await get('/health/live')).status).toBe(200)
    const ready = await get('/health/ready')
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'failing', dependencies: { database: { status: 'failing', latency_ms: null } } })
    expect((await get('/openapi.json')).status).toBe(200)

    await way.mend()
    expect((await get('/health/ready')).status).toBe(200)
    expect((await post('/api/v1/jobs', job)).status).toBe(201)
  })

  test('when it goes away in the middle of a change, the change is not made', async () => {
    const before = ((await (await get('/api/v1/jobs')).json()) as { total: { value: number } }).total.value
    const lock = await lockTable(database.url, 'jobs', 'access exclusive')
    const answer = post('/api/v1/jobs', job)
    await lock.untilWaiting(1)
    way.cut()
    await expectPlain(await answer, 'not_ready', [])
    await lock.release()
    await way.mend()
    expect(await (await get('/api/v1/jobs')).json()).toMatchObject({ total: { value: before } })
  })

  test('when it stops what took too long: 503 overloaded', async () => {
    const lock = await lockTable(database.url, 'jobs', 'access exclusive')
    const answer = post('/api/v1/jobs', job)
    await lock.untilWaiting(1)
    await lock.cancelTheWaiting()
    const stopped = await answer
    expect([stopped.status, stopped.headers.get('retry-after')]).toEqual([503, '2'])
    await expectPlain(stopped, 'overloaded', [])
    await lock.release()
    expect((await post('/api/v1/jobs', job)).status).toBe(201)
  })
})

type Way = { url: string; cut(): void; mend(): Promise<void>; close(): Promise<void> }

/** A port that leads to the database, until it is cut. */
async function openWay(databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl)
  const folder = target.searchParams.get('host')
  const open = new Set<Socket>()
  const listen = (port: number) =>
    new Promise<Server>((resolve) => {
      const listening = createServer((from) => {
        const to = folder ? connect(`${folder}/.s.PGSQL.${target.port}`) : connect(Number(target.port || 5432), target.hostname)
        for (const [one, other] of [
          [from, to],
          [to, from],
        ] as const) {
          open.add(one)
          one.on('error', () => {})
          one.on('close', () => {
            open.delete(one)
            other.destroy()
          })
        }
        from.pipe(to)
        to.pipe(from)
      }).listen(port, '127.0.0.1', () => resolve(listening))
    })
  let listening = await listen(0)
  const { port } = listening.address() as { port: number }
  const url = new URL(target.href)
  url.search = ''
  url.hostname = '127.0.0.1'
  url.port = String(port)
  const cut = () => {
    listening.close()
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    mend: async () => {
      listening = await listen(port)
    },
    close: async () => cut(),
  }
}
