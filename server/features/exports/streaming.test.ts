import type { PoolClient } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const rows = 500

// 25 MB: more than all buffers between PostgreSQL and a reader who does not read can hold.
beforeAll(async () => {
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, requirements, created_at, updated_at)
     select $1, gen_random_uuid(), 'Northwind', 'Engineer ' || at, repeat(md5(at::text), 1600), now(), now() from generate_series(1, $2) at`,
    [t.app.localUser.id, rows],
  )
})

const begin = async (query: string) => {
  const hangUp = new AbortController()
  const response = await fetch(`${t.url}/api/v1/exports/jobs?${query}`, { signal: hangUp.signal })
  const reader = response.body!.getReader()
  const first = Buffer.from((await reader.read()).value ?? []).toString()
  const rest = async () => {
    let text = first
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text
      text += Buffer.from(value).toString('latin1')
    }
  }
  return { response, first, rest, hangUp: () => hangUp.abort() }
}

/** The exports that PostgreSQL is working on, and what each is waiting for. */
async function underWay(): Promise<{ pid: number; wait_event: string | null }[]> {
  const { rows } = await t.app.pool.query(
    `select pid, wait_event from pg_stat_activity where datname = current_database() and state = 'active' and query like 'copy (%'`,
  )
  return rows
}
const until = (check: () => Promise<boolean>) => expect.poll(check, { timeout: 10_000, interval: 20 }).toBe(true)
const nobodyIsAt = () => until(async () => (await underWay()).length === 0)

/** Nobody can read jobs while this runs: queries wait without sending anything. */
async function whileJobsAreLocked(work: () => Promise<void>): Promise<void> {
  const holder: PoolClient = await t.app.pool.connect()
  try {
    await holder.query('begin; lock table jobs in access exclusive mode')
    await work()
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

test('the file begins before the first row is found', async () => {
  await whileJobsAreLocked(async () => {
    const csv = await begin('format=csv&fields=id,title')
    expect(csv.response.headers.get('content-disposition')).toContain('.csv')
    expect(csv.first).toBe('id,title')
    const json = await begin('format=json')
    expect(json.first).toMatch(/^\{"exported_at":"[^"]+","version":1,"filters":\{\},"items":\[$/)
    csv.hangUp()
    json.hangUp()
    await nobodyIsAt()
  })
})

test('who does not read slows PostgreSQL down, and loses nothing by it', async () => {
  const slow = await begin('format=csv')
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  const lines = (await slow.rest()).split('\r\n')
  // the header, every row, and nothing after the last line's end
  expect(lines).toHaveLength(1 + rows + 1)
  expect(lines.at(-1)).toBe('')
  await nobodyIsAt()
})

test('a hang-up cancels the query while it sends', async () => {
  const left = await begin('format=json')
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  left.hangUp()
  await nobodyIsAt()
})

test('a hang-up cancels the query while it has nothing to send', async () => {
  await whileJobsAreLocked(async () => {
    const left = await begin('format=csv')
    await until(async () => (await underWay())[0]?.wait_event === 'relation')
    left.hangUp()
    await nobodyIsAt()
  })
})

test.each(['csv', 'json'])('a %s file that breaks off in the middle never looks complete', async (format) => {
  const broken = await begin(`format=${format}`)
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  await t.app.pool.query('select pg_terminate_backend($1)', [(await underWay())[0]?.pid])
  await expect(broken.rest()).rejects.toThrow(/terminated/)
  expect((await (await t.client.exports.jobs({ query: { fields: ['id'] } })).json()).count).toBe(rows)
})

test('a query that fails in the middle breaks the file off', async () => {
  const broken = await begin('format=json')
  await until(async () => (await underWay())[0]?.wait_event === 'ClientWrite')
  const reading = broken.rest()
  await t.app.pool.query('select pg_cancel_backend($1)', [(await underWay())[0]?.pid])
  await expect(reading).rejects.toThrow(/terminated/)
})

test('a refusal before the file has begun is a plain answer', async () => {
  await t.app.pool.query('alter table jobs rename column notes to notes_elsewhere')
  const refused = await t.send('GET', '/api/v1/exports/jobs?format=csv')
  await t.app.pool.query('alter table jobs rename column notes_elsewhere to notes')
  expect(refused.headers.has('content-disposition')).toBe(false)
  expect([refused.status, await refused.json()]).toMatchObject([500, { code: 'internal_error' }])
  expect(await (await t.client.exports.jobs({ query: { format: 'csv', fields: ['id'] } })).text()).toMatch(/^id\r\n/)
})

test('beyond as many files as have a connection, one is told to come back; the lists go on', async () => {
  const files = await Promise.all(Array.from({ length: t.app.streams.options.max }, () => begin('format=csv')))
  const refused = await t.send('GET', '/api/v1/exports/jobs')
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'overloaded' }])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await t.client.jobs.list({ query: { limit: 1 } })).items).toHaveLength(1)
  for (const file of files) file.hangUp()
  await until(async () => {
    const again = await t.send('GET', '/api/v1/exports/jobs?fields=id')
    await again.text()
    return again.status === 200
  })
})

test('files one after the other share connections that are whole', async () => {
  for (let at = 0; at < 20; at++) {
    const { items, count } = await (await t.client.exports.jobs({ query: { fields: ['requirements'], q: `${at + 1}` } })).json()
    expect(items).toHaveLength(count)
    expect(count).toBeGreaterThan(0)
  }
  expect(t.app.streams.totalCount).toBeLessThanOrEqual(t.app.streams.options.max)
})

test('HEAD gives the headers and makes no file', async () => {
  for (let at = 0; at < 10; at++) {
    const head = await t.send('HEAD', '/api/v1/exports/jobs?format=csv')
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'text/csv; charset=utf-8', ''])
    await nobodyIsAt()
  }
})

test('who hangs up before the answer leaves nothing behind', async () => {
  await whileJobsAreLocked(async () => {
    const hangUp = new AbortController()
    const asked = fetch(`${t.url}/api/v1/exports/jobs`, { signal: hangUp.signal })
    await until(async () => (await underWay()).length > 0)
    hangUp.abort()
    await expect(asked).rejects.toThrow()
    await nobodyIsAt()
  })
})
