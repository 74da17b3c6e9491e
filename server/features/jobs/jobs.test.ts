import { describe, expect, test } from 'vitest'
import type { Job, JobInput } from '../../../contract/jobs.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const everything = {
  company: 'Çelik & Söhne',
  title: 'Ingénieure "plateforme" 🚀',
  location: 'Łódź',
  remote_option: 'hybrid',
  job_type: 'part_time',
  description: 'a\r\nb\tc \u2028 עברית',
  requirements: 'none',
  responsibilities: 'all',
  salary_min: 0.1,
  salary_max: 1e12,
  salary_currency: 'EUR',
  salary_period: 'hour',
  tech_stack: ['C++', 'C#', 'NULL', '{a,"b"}', '\\'],
  tags: ['dream job'],
  url: 'https://example.com/a?b=c#d',
  source: 'Referral',
  status: 'archived',
  priority: 5,
  notes: "'); drop table jobs; --",
  posted_on: '2024-02-29',
  deadline_on: '2999-12-31',
} satisfies Partial<JobInput>

const create = (more: Partial<JobInput> = {}) => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', ...more } })
const changed = async (job: Job, body: object) => {
  const answer = await t.send('PATCH', `/api/v1/jobs/${job.id}`, { body })
  return { status: answer.status, body: (await answer.json()) as Job & Pick<Problem, 'field_errors'> }
}

describe('create and read', () => {
  test('company and title are enough; everything else has its default', async () => {
    const job = await create()
    expect(job).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      company: 'Northwind',
      title: 'Engineer',
      location: null,
      remote_option: null,
      job_type: null,
      description: null,
      requirements: null,
      responsibilities: null,
      salary_min: null,
      salary_max: null,
      salary_currency: null,
      salary_period: null,
      tech_stack: [],
      tags: [],
      url: null,
      source: null,
      status: 'open',
      priority: 0,
      notes: null,
      posted_on: null,
      deadline_on: null,
      match_score: null,
      application_status: null,
      version: 1,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: job.created_at,
      deleted_at: null,
    })
    expect(await t.client.jobs.get({ params: { id: job.id } })).toEqual(job)
  })

  test('every field comes back as it was written', async () => {
    const job = await create(everything)
    expect(job).toMatchObject(everything)
    expect(await t.client.jobs.get({ params: { id: job.id } })).toEqual(job)
  })

  test('201 tells where it is and which version', async () => {
    const answer = await t.send('POST', '/api/v1/jobs', { body: { company: 'a', title: 'b' } })
    const job = (await answer.json()) as Job
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(await (await t.send('GET', `/api/v1/jobs/${job.id}`)).json()).toEqual(job)
  })

  test('an id is found in capitals too', async () => {
    const job = await create()
    expect((await t.send('GET', `/api/v1/jobs/${job.id.toUpperCase()}`)).status).toBe(200)
  })

  test('empty text is no text, a list keeps its order and no word twice', async () => {
    const job = await create({ location: '', notes: '', url: '', tech_stack: ['Go', 'C++', 'go', 'c++', 'GO '] })
    expect(job).toMatchObject({ location: null, notes: null, url: null, tech_stack: ['Go', 'C++', 'GO '] })
  })

  test('null is the absence of each field that may be absent, and an empty list', async () => {
    const { company: _, title: __, status: ___, priority: ____, ...rest } = everything
    const nothing = Object.fromEntries(Object.keys(rest).map((name) => [name, null]))
    expect(await create(nothing)).toMatchObject({ ...nothing, tech_stack: [], tags: [] })
    const job = await create(everything)
    expect((await changed(job, nothing)).body).toMatchObject({
      ...nothing,
      tech_stack: [],
      tags: [],
      company: everything.company,
      version: 2,
    })
  })

  test('every text at its longest fits, in whichever script and however it is escaped', async () => {
    const text = '世'.repeat(100_000)
    const words = Array.from({ length: 200 }, (_, at) => `${at}${'世'.repeat(190)}`)
    const longest = { description: text, requirements: text, responsibilities: text, notes: text, tech_stack: words, tags: words }
    const escaped = JSON.stringify({ company: '世'.repeat(500), title: '世'.repeat(500), ...longest }).replaceAll('世', '\\u4e16')
    const answer = await t.send('POST', '/api/v1/jobs', { body: escaped })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject(longest)
  })

  test('words that no search could find are kept as well', async () => {
    const odd = { company: '\u0301', title: '!!!', tech_stack: ['\u0301', '→', "'", '\\', ':*', '🚀'], tags: ['\u0301'] }
    expect(await create(odd)).toMatchObject(odd)
  })

  test.each([
    ['salary_min', { salary_min: 2, salary_max: 1 }],
    ['salary_min', { salary_min: -0.01 }],
    ['salary_max', { salary_max: 1e13 }],
    ['salary_currency', { salary_currency: 'XYZ' }],
    ['priority', { priority: 6 }],
    ['priority', { priority: 0.5 }],
    ['company', { company: ' \n' }],
    ['company', { company: 'x'.repeat(501) }],
    ['title', { title: null }],
    ['notes', { notes: 'x'.repeat(100_001) }],
    ['url', { url: 'ftp://example.com' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: 'https://' }],
    ['posted_on', { posted_on: '2025-02-29' }],
    ['deadline_on', { deadline_on: '2025-01-01T00:00:00Z' }],
    ['tech_stack', { tech_stack: Array.from({ length: 201 }, (_, at) => `${at}`) }],
    ['tech_stack[1]', { tech_stack: ['a', ''] }],
    ['tags[0]', { tags: [1] }],
  ])('%s is refused by its name: %o', async (field, body) => {
    for (const [method, path] of [
      ['POST', '/api/v1/jobs'],
      ['PATCH', `/api/v1/jobs/${(await create()).id}`],
    ] as const) {
      const answer = await t.send(method, path, { body: { company: 'a', title: 'b', ...body } })
      expect(answer.status).toBe(422)
      expect(((await answer.json()) as Problem).field_errors?.map((error) => error.field)).toEqual([field])
    }
  })
})

describe('change', () => {
  test('merges: what is left out stays, arrays replace', async () => {
    t.setNow('2026-03-20T10:00:00.000Z')
    const job = await create(everything)
    t.setNow('2026-03-20T10:00:00.001Z')
    const { status, body } = await changed(job, { notes: 'call Ana', tech_stack: ['Go'] })
    t.setNow(null)
    expect(status).toBe(200)
    expect(body).toEqual({ ...job, notes: 'call Ana', tech_stack: ['Go'], version: 2, updated_at: '2026-03-20T10:00:00.001Z' })
  })

  test('what is already so changes nothing, neither version nor time', async () => {
    const job = await create(everything)
    expect((await changed(job, { ...everything, salary_currency: 'eur' })).body).toEqual(job)
    expect((await changed(job, {})).body).toEqual(job)
  })

  test('the two ends of the pay are compared with what is stored', async () => {
    const job = await create({ salary_min: 10, salary_max: 20 })
    for (const body of [{ salary_min: 21 }, { salary_max: 9 }]) {
      const refused = await changed(job, body)
      expect(refused.status).toBe(422)
      expect(refused.body.field_errors).toMatchObject([{ field: Object.keys(body)[0] }])
    }
    expect((await changed(job, { salary_min: 20 })).status).toBe(200)
    expect((await changed(job, { salary_min: 30, salary_max: null })).body).toMatchObject({ salary_min: 30, salary_max: null })
  })

  test('what Landed sets itself is read-only, by name, and nothing is saved', async () => {
    const job = await create()
    const own = {
      id: job.id,
      match_score: 5,
      application_status: 'applied',
      created_at: job.created_at,
      updated_at: job.updated_at,
      deleted_at: null,
    }
    const refused = await changed(job, { notes: 'x', ...own })
    expect(refused.status).toBe(422)
    expect(refused.body.field_errors?.map(({ field, code }) => [field, code]).toSorted()).toEqual(
      Object.keys(own)
        .map((field) => [field, 'read_only'])
        .toSorted(),
    )
    expect((await t.send('POST', '/api/v1/jobs', { body: { company: 'a', title: 'b', version: 1 } })).status).toBe(422)
    expect(await t.client.jobs.get({ params: { id: job.id } })).toEqual(job)
  })

  test('of changes at the same time none is lost', async () => {
    const job = await create()
    const fields = ['notes', 'location', 'source', 'description', 'requirements', 'responsibilities']
    await Promise.all(fields.map((name) => changed(job, { [name]: name })))
    expect(await t.client.jobs.get({ params: { id: job.id } })).toMatchObject({
      ...Object.fromEntries(fields.map((name) => [name, name])),
      version: 1 + fields.length,
    })
  })
})
