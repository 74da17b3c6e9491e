/** The download while it is under way. */
import { beforeAll, expect, test } from 'vitest'
import { unpack } from '../../../testing/backup-archives.ts'
import { lockTable } from '../../../testing/lock-table.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const rows = 500

// 25 MB that do not compress: more than all buffers between PostgreSQL and a reader who does not read can hold.
beforeAll(async () => {
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, requirements, created_at, updated_at)
     select $1, gen_random_uuid(), 'Northwind', 'Engineer ' || at, (select string_agg(md5(random()::text), '') from generate_series(at, at + 1599)), now(), now()
     from generate_series(1, $2) at`,
    [t.app.localUser.id, rows],
  )
})

const begin = async () => {
  const hangUp = new AbortController()
  const response = await fetch(`${t.url}/api/v1/exports/backup`, { signal: hangUp.signal })
  const reader = response.body!.getReader()
  const first = Buffer.from((await reader.read()).value ?? [])
  const rest = async () => {
    const chunks = [first]
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return Buffer.concat(chunks)
      chunks.push(Buffer.from(value))
    }
  }
  return { response, first, rest, hangUp: () => hangUp.abort() }
}
const underWay = async () =>
  (
    await t.app.pool.query<{ pid: number; wait_event: string | null }>(
      `select pid, wait_event from pg_stat_activity where datname = current_database() and state = 'active' and query like 'copy (%'`,
    )
  ).rows
const until = (check: () => Promise<boolean>) => expect.poll(check, { timeout: 20_000, interval: 20 }).toBe(true)
const connectionsAreFree = () => until(async () => t.app.streams.totalCount === t.app.streams.idleCount && (await underWay()).length === 0)

test('it begins before the first row is found, under a name that says what it is', async () => {
  const lock = await lockTable(t.app.config.databaseUrl as string, 'jobs', 'access exclusive')
  const file = await begin()
  expect(file.first.toString('latin1')).toMatch(/^PK/)
  expect(file.first.toString('latin1', 30)).toBe('jobs.json')
  expect(file.response.headers.get('content-type')).toBe('application/zip')
  expect(file.response.headers.get('content-disposition')).toMatch(/^attachment; filename="landed-backup-\d{4}-\d\d-\d\d\.zip"$/)
  file.hangUp()
  await until(async () => (await underWay()).length === 0)
  await lock.release()
  await connectionsAreFree()
})

test('it is of one moment, whatever is written meanwhile', async () => {
  const file = await begin()
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  const { id } = await t.client.jobs.create({ body: { company: 'Late', title: 'Job' } })
  await t.client.applications.create({ body: { job_id: id } })
  const files = await unpack(await file.rest())
  expect(JSON.parse(String(files.get('jobs.json')))).toHaveLength(rows)
  expect(JSON.parse(String(files.get('applications.json')))).toEqual([])
  await connectionsAreFree()
})

test('who hangs up stops the query', async () => {
  const left = await begin()
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  left.hangUp()
  await connectionsAreFree()
})

test('a query that fails in the middle breaks the file off', async () => {
  const broken = await begin()
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  const reading = broken.rest()
  await t.app.pool.query('select pg_cancel_backend($1)', [(await underWay())[0]?.pid])
  await expect(reading).rejects.toThrow(/terminated/)
  await connectionsAreFree()
})

test('a refusal before the file has begun is a plain answer', async () => {
  await t.app.pool.query('alter table migrations rename to migrations_elsewhere')
  const refused = await t.send('GET', '/api/v1/exports/backup')
  await t.app.pool.query('alter table migrations_elsewhere rename to migrations')
  expect(refused.headers.has('content-disposition')).toBe(false)
  expect([refused.status, await refused.json()]).toMatchObject([500, { code: 'internal_error' }])
  await connectionsAreFree()
})

test('HEAD gives the headers and makes no file', async () => {
  const head = await t.send('HEAD', '/api/v1/exports/backup')
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/zip', ''])
  await connectionsAreFree()
})

test('beyond as many files as have a connection, one is told to come back', async () => {
  const files = await Promise.all(Array.from({ length: t.app.streams.options.max }, begin))
  const refused = await t.send('GET', '/api/v1/exports/backup')
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'overloaded' }])
  for (const file of files) file.hangUp()
  await connectionsAreFree()
})
