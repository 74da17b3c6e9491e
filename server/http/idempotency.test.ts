import { afterEach, describe, expect, test } from 'vitest'
import type { Job } from '../../contract/jobs.ts'
import type { Problem } from '../../contract/problems.ts'
import { lockTable } from '../../testing/lock-table.ts'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()
afterEach(() => t.setNow(null))

let keys = 0
const newKey = () => `key-${++keys}`
const post = async (path: string, body: unknown, key: string, method = 'POST') => {
  const answer = await t.send(method, `/api/v1${path}`, { body, headers: { 'idempotency-key': key } })
  return {
    status: answer.status,
    replayed: answer.headers.get('idempotent-replayed'),
    headers: { location: answer.headers.get('location'), etag: answer.headers.get('etag'), type: answer.headers.get('content-type') },
    text: await answer.text(),
    requestId: answer.headers.get('x-request-id'),
  }
}
const codeOf = (answer: { text: string }) => (JSON.parse(answer.text) as Problem).code
const job = (more: object = {}) => ({ company: 'Northwind', title: 'Engineer', ...more })
const count = async () => (await t.client.jobs.list({ query: { deleted: 'include' } })).total.value
const newJob = () => t.client.jobs.create({ body: job() })

describe('the same key and body', () => {
  test('give the first answer again, to the byte and with its headers, and nothing happens twice', async () => {
    const [key, before] = [newKey(), await count()]
    const first = await post('/jobs', job({ salary_min: 1e12, notes: '世' }), key)
    expect(first).toMatchObject({ status: 201, replayed: null })
    await t.client.jobs.update({ params: { id: (JSON.parse(first.text) as Job).id }, body: { notes: 'changed since' } })
    for (let round = 0; round < 2; round++) {
      const again = await post('/jobs', job({ salary_min: 1e12, notes: '世' }), key)
      expect(again).toEqual({ ...first, replayed: 'true', requestId: again.requestId })
      expect(again.requestId).not.toBe(first.requestId)
    }
    expect(await count()).toBe(before + 1)
  })

  test('the same in other words is the same', async () => {
    const key = newKey()
    const first = await post('/jobs', '{"company":"a","title":"b","salary_min":1.0}', key)
    expect((await post('/jobs', '{ "salary_min": 1, "title": "b",\n "company": "a" }', key)).text).toBe(first.text)
  })

  test('hold for everything that is added', async () => {
    const { id: job_id } = await newJob()
    const application = JSON.parse((await post('/applications', { job_id }, 'application')).text) as { id: string }
    const below = `/applications/${application.id}`
    const asked: [string, object][] = [
      ['/applications', { job_id }],
      [`${below}/events`, { note: 'called' }],
      [`${below}/interviews`, { starts_at: '2026-11-22T08:00:00Z' }],
    ]
    for (const [path, body] of asked) {
      const [first, again] = [await post(path, body, 'application'), await post(path, body, 'application')]
      expect(again).toMatchObject({ status: 201, replayed: 'true', text: first.text })
    }
    expect((await t.client.applications.listEvents({ params: { id: application.id } })).items.map(({ type }) => type)).toEqual([
      'created',
      'note',
      'interview_scheduled',
    ])
  })

  test('of many at the same time one is done; the others get its answer or are told to wait', async () => {
    for (let round = 0; round < 3; round++) {
      const [key, before] = [newKey(), await count()]
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('/jobs', job(), key)))
      const done = answers.filter(({ status }) => status === 201)
      expect(done.filter(({ replayed }) => replayed === null)).toHaveLength(1)
      expect(new Set(done.map(({ text }) => text)).size).toBe(1)
      for (const other of answers.filter(({ status }) => status !== 201)) expect([other.status, codeOf(other)]).toEqual([409, 'conflict'])
      expect(await count()).toBe(before + 1)
    }
  })

  test('while the first is still running: 409, and then its answer', async () => {
    const key = newKey()
    const lock = await lockTable(t.app.config.databaseUrl as string, 'jobs', 'access exclusive')
    const first = post('/jobs', job(), key)
    await lock.untilWaiting(1)
    const second = await post('/jobs', job(), key)
    expect([second.status, codeOf(second)]).toEqual([409, 'conflict'])
    await lock.release()
    expect((await first).status).toBe(201)
    expect(await post('/jobs', job(), key)).toMatchObject({ status: 201, replayed: 'true', text: (await first).text })
  })
})

describe('the same key with another body', () => {
  test('is refused, and nothing happens', async () => {
    const [key, before] = [newKey(), await count()]
    await post('/jobs', job(), key)
    for (const body of [job({ notes: 'x' }), job({ title: 'engineer' }), job({ tags: ['a'] })]) {
      const refused = await post('/jobs', body, key)
      expect([refused.status, codeOf(refused)]).toEqual([422, 'idempotency_key_reused'])
    }
    expect(await count()).toBe(before + 1)
  })
})

describe('the scope of a key', () => {
  test('is the address', async () => {
    const key = newKey()
    const [one, other] = [await newJob(), await newJob()]
    const applications = await Promise.all([one, other].map(({ id }) => t.client.applications.create({ body: { job_id: id } })))
    for (const { id } of applications)
      expect(await post(`/applications/${id}/events`, { note: 'x' }, key)).toMatchObject({ status: 201, replayed: null })
    expect(await post('/jobs', job(), key)).toMatchObject({ status: 201, replayed: null })
  })

  test('is not what changes a record: PATCH and DELETE have no use for it', async () => {
    const key = newKey()
    const { id } = await newJob()
    expect(await post(`/jobs/${id}`, { notes: 'x' }, key, 'PATCH')).toMatchObject({ status: 200, replayed: null })
    expect(await post(`/jobs/${id}`, { notes: 'y' }, key, 'PATCH')).toMatchObject({ status: 200, replayed: null })
  })

  test('lasts 24 hours', async () => {
    const key = newKey()
    t.setNow('2026-03-20T10:00:00.000Z')
    const first = await post('/jobs', job(), key)
    t.setNow('2026-03-21T09:59:59.999Z')
    expect(await post('/jobs', job(), key)).toMatchObject({ replayed: 'true', text: first.text })
    t.setNow('2026-03-21T10:00:00.000Z')
    const next = await post('/jobs', job({ notes: 'another' }), key)
    expect(next).toMatchObject({ status: 201, replayed: null })
    expect(await post('/jobs', job({ notes: 'another' }), key)).toMatchObject({ replayed: 'true', text: next.text })
  })
})

describe('a refusal', () => {
  test('of the work is an answer like any other, and comes again even when it would be otherwise now', async () => {
    const key = newKey()
    const { id: job_id } = await newJob()
    const open = await t.client.applications.create({ body: { job_id } })
    const first = await post('/applications', { job_id }, key)
    expect([first.status, codeOf(first)]).toEqual([409, 'application_already_open'])
    await t.client.applications.delete({ params: { id: open.id } })
    expect(await post('/applications', { job_id }, key)).toEqual({ ...first, replayed: 'true', requestId: expect.any(String) })
    expect(await post('/applications', { job_id }, newKey())).toMatchObject({ status: 201 })
  })

  test('of the body is none: put right, it may come with the same key', async () => {
    const key = newKey()
    expect(await post('/jobs', { company: 'a' }, key)).toMatchObject({ status: 422, replayed: null })
    expect(await post('/jobs', job(), key)).toMatchObject({ status: 201, replayed: null })
  })

  test('by a failure of ours is not kept', async () => {
    const [key, before] = [newKey(), await count()]
    await t.app.pool.query('alter table jobs rename to jobs_away')
    const failed = await post('/jobs', job(), key)
    await t.app.pool.query('alter table jobs_away rename to jobs')
    expect(failed).toMatchObject({ status: 500, replayed: null })
    expect(await post('/jobs', job(), key)).toMatchObject({ status: 201, replayed: null })
    expect(await count()).toBe(before + 1)
  })

  test('undoes what was written before it, and is kept', async () => {
    const key = newKey()
    const { id: job_id } = await newJob()
    const closed = await t.client.applications.create({ body: { job_id, status: 'ghosted' } })
    await t.client.applications.create({ body: { job_id } })
    const path = `/applications/${closed.id}/interviews`
    const first = await post(path, { starts_at: '2026-11-22T08:00:00Z' }, key)
    expect([first.status, codeOf(first)]).toEqual([409, 'application_already_open'])
    expect((await t.client.applications.listInterviews({ params: { id: closed.id } })).items).toEqual([])
    expect(await post(path, { starts_at: '2026-11-22T08:00:00Z' }, key)).toMatchObject({ status: 409, replayed: 'true' })
  })
})

describe('a key', () => {
  test.each(['a', 'x'.repeat(255), '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~', '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'])(
    'may be %s',
    async (key) => {
      expect((await post('/jobs', job(), key)).status).toBe(201)
      expect((await post('/jobs', job(), key)).replayed).toBe('true')
    },
  )

  test.each(['', 'x'.repeat(256), 'a b', 'é', 'a\tb'])('may not be %j', async (key) => {
    const before = await count()
    const refused = await post('/jobs', job(), key)
    expect([refused.status, (JSON.parse(refused.text) as Problem).field_errors]).toMatchObject([422, [{ field: 'Idempotency-Key' }]])
    expect(await count()).toBe(before)
  })
})
