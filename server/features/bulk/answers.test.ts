import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** What each bulk request is told. */

vi.setConfig({ testTimeout: 60_000 })

const t = useTestApp()
const nobody = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'

type Said = {
  status: number
  body: Record<string, unknown> & { errors: Record<string, unknown>[]; field_errors: { field: string; message: string }[] }
}
async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Said> {
  const answer = await t.send('POST', `/api/v1${path}`, { body, headers })
  return { status: answer.status, body: (await answer.json()) as Said['body'] }
}
const jobsNamed = (company: string, n: number, more: object = {}) =>
  Array.from({ length: n }, (_, at) => ({ company, title: `Job ${at}`, ...more }))
async function makeJobs(n: number, more: object = {}): Promise<string[]> {
  return (await t.client.bulk.createJobs({ body: { jobs: jobsNamed('Northwind', n, more) } })).created_ids
}
const getJob = (id: string) => t.client.jobs.get({ params: { id }, query: { deleted: 'include' } })

test('creating: 201 with the ids in the order of the request', async () => {
  const { status, body } = await post('/jobs/bulk-create', { jobs: jobsNamed('Ordered', 3, { tags: ['a', 'A'] }) })
  expect(status).toBe(201)
  expect(body).toMatchObject({ total: 3, succeeded: 3, failed: 0, errors: [], undo_token: expect.any(String) })
  const jobs = await Promise.all((body['created_ids'] as string[]).map(getJob))
  expect(jobs).toMatchObject([0, 1, 2].map((at) => ({ title: `Job ${at}`, version: 1, tags: ['a'], status: 'open', deleted_at: null })))
})

const oneBad = [
  { company: 'Kept', title: 'A' },
  { company: 'Kept', title: 'B', salary_min: -1, salery_max: 2 },
  { company: 'Kept', title: 'C', id: nobody, version: 3 },
  null,
  { company: 'Kept', title: 'D', salary_min: 9, salary_max: 3 },
  { company: 'Kept', title: 'E' },
]
const itsErrors = [
  {
    index: 1,
    code: 'validation_failed',
    field_errors: [
      { field: 'jobs[1].salary_min', code: 'too_small', message: 'must be 0 or more, not -1' },
      { field: 'jobs[1].salery_max', code: 'unknown_field', message: 'is not known here; did you mean salary_max?' },
    ],
  },
  {
    index: 2,
    id: nobody,
    field_errors: [
      { field: 'jobs[2].id', code: 'read_only' },
      { field: 'jobs[2].version', code: 'read_only' },
    ],
  },
  { index: 3, field_errors: [{ field: 'jobs[3]', message: 'must be an object, not null' }] },
  { index: 4, message: '1 field needs attention: jobs[4].salary_min must not be more than salary_max.' },
]

test('atomic: the same body as 422, and nothing is written', async () => {
  const before = await canonicalDump(t.app)
  const { status, body } = await post('/jobs/bulk-create', { jobs: oneBad })
  expect(status).toBe(422)
  expect(body).toMatchObject({ total: 6, succeeded: 0, failed: 4, created_ids: [], errors: itsErrors })
  expect(body).not.toHaveProperty('undo_token')
  expect(await canonicalDump(t.app)).toEqual(before)
  expect((await t.client.bulk.list()).items.map(({ total }) => total)).not.toContain(6)
})

test('partial: the right ones go in', async () => {
  const { status, body } = await post('/jobs/bulk-create', { jobs: oneBad, mode: 'partial' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ total: 6, succeeded: 2, failed: 4, errors: itsErrors, undo_token: expect.any(String) })
  const kept = await Promise.all((body['created_ids'] as string[]).map(getJob))
  expect(kept.map(({ title }) => title)).toEqual(['A', 'E'])
})

test('atomic really is: a failure at record 9,999 of 10,000 leaves all as it was', async () => {
  const ids = await makeJobs(9_999)
  const before = await canonicalDump(t.app)
  const updates = [...ids, nobody].map((id, at) => ({ id, priority: at % 6, notes: `Note ${at}` }))
  const update = await post('/jobs/bulk-update', { updates })
  expect(update).toMatchObject({
    status: 422,
    body: { total: 10_000, succeeded: 0, failed: 1, updated_ids: [], errors: [{ index: 9_999, code: 'not_found' }] },
  })
  const create = await post('/jobs/bulk-create', { jobs: [...jobsNamed('Never', 9_999), { company: 'Never' }] })
  expect(create).toMatchObject({
    status: 422,
    body: { failed: 1, errors: [{ index: 9_999, field_errors: [{ field: 'jobs[9999].title' }] }] },
  })
  expect(await canonicalDump(t.app)).toEqual(before)

  const partial = await post('/jobs/bulk-update', { updates, mode: 'partial' })
  expect(partial).toMatchObject({ status: 200, body: { total: 10_000, succeeded: 9_999, failed: 1, updated_ids: ids } })
  expect(await getJob(ids[9_998] as string)).toMatchObject({ notes: 'Note 9998', version: 2 })
  expect(await post('/jobs/bulk-delete', { ids, permanent: true })).toMatchObject({ status: 200, body: { succeeded: 9_999 } })
})

test('what only the database refuses is found by halving, and is an error of its own', async () => {
  // An index takes less of an address than the contract does, when it is written in many different characters.
  const tail = Array.from({ length: 1_900 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000))).join('')
  const sent = jobsNamed('Halved', 40).map((job, at) => (at === 17 || at === 30 ? { ...job, url: `https://example.com/${tail}` } : job))
  const before = await canonicalDump(t.app)
  const atomic = await post('/jobs/bulk-create', { jobs: sent })
  expect(atomic).toMatchObject({
    status: 422,
    body: {
      succeeded: 0,
      failed: 2,
      errors: [
        { index: 17, code: 'refused' },
        { index: 30, code: 'refused' },
      ],
    },
  })
  expect(await canonicalDump(t.app)).toEqual(before)
  const partial = await post('/jobs/bulk-create', { jobs: sent, mode: 'partial' })
  expect(partial).toMatchObject({ status: 200, body: { succeeded: 38, failed: 2 } })
  expect((await t.client.jobs.list({ query: { company: ['Halved'] } })).total.value).toBe(38)
})

test.each([
  ['an empty list', '/jobs/bulk-create', { jobs: [] }, 'jobs', 'must have at least 1 entries'],
  ['no list', '/jobs/bulk-create', {}, 'jobs', 'is required'],
  [
    '10,001 entries',
    '/jobs/bulk-create',
    { jobs: Array.from({ length: 10_001 }, () => 1) },
    'jobs',
    'must have at most 10000 entries, not 10001',
  ],
  [
    '10,001 ids',
    '/jobs/bulk-delete',
    { ids: Array.from({ length: 10_001 }, () => nobody) },
    'ids',
    'must have at most 10000 entries, not 10001',
  ],
  ['an empty list of ids', '/applications/bulk-restore', { ids: [] }, 'ids', 'must have at least 1 entries'],
  ['nothing that says which', '/jobs/bulk-delete', {}, 'ids', 'is needed: say which records are meant by ids or filter'],
  ['nothing that says what', '/jobs/bulk-update', { ids: [nobody] }, 'changes', 'is needed: say what shall become of these records'],
  ['changes of nothing', '/jobs/bulk-update', { ids: [nobody], changes: {} }, 'changes', 'must name at least one field'],
  [
    'changes beside updates',
    '/jobs/bulk-update',
    { updates: [{ id: nobody }], changes: { priority: 1 } },
    'changes',
    'goes with ids or filter; with updates, each entry says its own changes',
  ],
  [
    'two selections',
    '/jobs/bulk-delete',
    { ids: [nobody], filter: {} },
    'filter',
    'cannot be sent together with ids: say which records are meant by ids or filter',
  ],
  [
    '{} as a filter',
    '/jobs/bulk-delete',
    { filter: {} },
    'filter',
    'leaves nothing out, so it means every record. If that is what you want, send "all": true with it',
  ],
  [
    'a blank search',
    '/applications/bulk-delete',
    { filter: { q: ' ' } },
    'filter',
    'leaves nothing out, so it means every record. If that is what you want, send "all": true with it',
  ],
  [
    'a filter with deleted ones',
    '/jobs/bulk-restore',
    { filter: { deleted: 'include' } },
    'filter',
    'leaves nothing out, so it means every record. If that is what you want, send "all": true with it',
  ],
  ['all without a filter', '/jobs/bulk-delete', { ids: [nobody], all: true }, 'all', 'goes with filter only'],
  ['a misspelt filter', '/jobs/bulk-delete', { filter: { statsu: ['open'] } }, 'filter.statsu', 'is not known here; leave it out'],
  [
    'a wrong filter',
    '/jobs/bulk-delete',
    { filter: { status: ['opne'] } },
    'filter.status[0]',
    'must be open, closed or archived, not "opne"',
  ],
  [
    'an update in the trash',
    '/jobs/bulk-update',
    { filter: { deleted: 'only' }, changes: { priority: 1 } },
    'filter.deleted',
    /cannot be changed/,
  ],
  ['an unknown mode', '/jobs/bulk-create', { jobs: [{}], mode: 'some' }, 'mode', 'must be atomic or partial, not "some"'],
  [
    'a list and words for it',
    '/jobs/bulk-update',
    { ids: [nobody], changes: { tags: ['a'], add_tags: ['b'] } },
    'changes.tags',
    'cannot be sent together with add_tags or remove_tags',
  ],
  [
    'pay that contradicts itself',
    '/jobs/bulk-update',
    { ids: [nobody], changes: { salary_min: 2, salary_max: 1 } },
    'changes.salary_min',
    'must not be more than salary_max',
  ],
])('refused as a whole: %s', async (_, path, body, field, message) => {
  const { status, body: said } = await post(path, body)
  expect(status).toBe(422)
  expect(said).toMatchObject({
    code: 'validation_failed',
    field_errors: [{ field, message: typeof message === 'string' ? message : expect.stringMatching(message) }],
  })
})

test('a body of 50 MB is refused by its Content-Length alone', async () => {
  const { port, hostname } = new URL(t.url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /api/v1/jobs/bulk-create HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${50 * 1024 * 1024}\r\n\r\n`,
  )
  const said = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  socket.destroy()
  expect(said).toMatch(/^HTTP\/1\.1 413 /)
  expect(said).toContain('24 MB')
})

test('a filter that matches nothing: 200, and nothing to undo', async () => {
  const filter = { company: ['no such company'] }
  expect(await post('/jobs/bulk-update', { filter, changes: { priority: 1 } })).toEqual({
    status: 200,
    body: { total: 0, succeeded: 0, failed: 0, errors: [], updated_ids: [] },
  })
  expect(await post('/jobs/bulk-delete', { filter })).toMatchObject({ status: 200, body: { total: 0, deleted_ids: [] } })
})

test('ids twice, of nobody, of somebody else, trashed, malformed: each its own error', async () => {
  const [a, b, trashed, theirs] = (await makeJobs(4)) as [string, string, string, string]
  await t.client.jobs.delete({ params: { id: trashed } })
  await t.app.pool.query('insert into users (id, is_local, created_at) values ($1, false, now()) on conflict do nothing', [other])
  await t.app.pool.query('update jobs set user_id = $1 where id = $2', [other, theirs])
  const ids = [a, nobody, theirs, trashed, 'x', a.toUpperCase(), 7, b]
  const errors = [
    { index: 1, id: nobody, code: 'not_found', field_errors: [{ field: 'ids[1]', code: 'not_found', message: 'leads to no job' }] },
    { index: 2, id: theirs, code: 'not_found' },
    { index: 3, id: trashed, code: 'not_found' },
    { index: 4, code: 'validation_failed', field_errors: [{ field: 'ids[4]', message: 'must be an id (a UUID), not "x"' }] },
    { index: 5, id: a, code: 'duplicate_id', message: 'ids[5] is the same as ids[0]; name each record once.' },
    { index: 6, field_errors: [{ field: 'ids[6]', message: 'must be a string, not 7' }] },
  ]
  for (const [path, body] of [
    ['/jobs/bulk-update', { ids, changes: { status: 'archived' } }],
    ['/jobs/bulk-delete', { ids }],
  ] as const) {
    const before = await canonicalDump(t.app)
    expect(await post(path, body)).toMatchObject({ status: 422, body: { total: 8, succeeded: 0, failed: 6, errors } })
    expect(await canonicalDump(t.app)).toEqual(before)
    const partial = await post(path, { ...body, mode: 'partial' })
    expect(partial).toMatchObject({ status: 200, body: { total: 8, succeeded: 2, failed: 6, errors } })
    expect(partial.body['updated_ids'] ?? partial.body['deleted_ids']).toEqual([a, b])
  }
  // A restore sees what is in the trash.
  expect(await post('/jobs/bulk-restore', { ids, mode: 'partial' })).toMatchObject({ body: { updated_ids: [a, trashed, b], failed: 5 } })
  expect((await t.app.pool.query('select version, deleted_at from jobs where id = $1', [theirs])).rows).toEqual([
    { version: 1, deleted_at: null },
  ])

  const updates = await post('/jobs/bulk-update', {
    updates: [{ id: a, priority: 1 }, { id: a, priority: 2 }, { priority: 3 }],
    mode: 'partial',
  })
  expect(updates.body).toMatchObject({
    updated_ids: [a],
    errors: [
      { index: 1, code: 'duplicate_id', field_errors: [{ field: 'updates[1].id' }] },
      { index: 2, field_errors: [{ field: 'updates[2].id', code: 'required' }] },
    ],
  })
  expect(await getJob(a)).toMatchObject({ priority: 1 })
})

test('a stale version, and pay that does not go with what is there', async () => {
  const [a, b, c] = (await makeJobs(3, { salary_min: 50, salary_max: 60 })) as [string, string, string]
  await t.client.jobs.update({ params: { id: a }, body: { priority: 5 } })
  const updates = [
    { id: a, version: 1, priority: 2 },
    { id: b, version: 1, salary_min: 70 },
    { id: c, version: 1, salary_min: 70, salary_max: null },
  ]
  expect(await post('/jobs/bulk-update', { updates, mode: 'partial' })).toMatchObject({
    status: 200,
    body: {
      updated_ids: [c],
      errors: [
        {
          index: 0,
          id: a,
          code: 'stale_version',
          field_errors: [{ field: 'updates[0].version', message: 'is 1, but the record is now at version 2' }],
        },
        { index: 1, field_errors: [{ field: 'updates[1].salary_min', message: 'salary_min (70) must not be more than salary_max (60)' }] },
      ],
    },
  })
  expect(await getJob(c)).toMatchObject({ salary_min: 70, salary_max: null, version: 2 })
  const all = await post('/jobs/bulk-update', { ids: [a, c], changes: { salary_max: 40 } })
  expect(all).toMatchObject({ status: 422, body: { errors: [{ field_errors: [{ field: 'changes.salary_max' }] }, { id: c }] } })
})

test('an Idempotency-Key gives the first answer again', async () => {
  const body = { jobs: jobsNamed('Keyed', 2) }
  const key = { 'idempotency-key': 'bulk-1' }
  const first = await post('/jobs/bulk-create', body, key)
  expect(await post('/jobs/bulk-create', body, key)).toEqual(first)
  expect((await t.client.jobs.list({ query: { company: ['Keyed'] } })).total.value).toBe(2)
  expect((await post('/jobs/bulk-create', { jobs: jobsNamed('Other', 2) }, key)).body['code']).toBe('idempotency_key_reused')
  const refused = { jobs: [{ company: 'Keyed' }, ...jobsNamed('Keyed', 1)] }
  const failing = { 'idempotency-key': 'bulk-2' }
  const no = await post('/jobs/bulk-create', refused, failing)
  expect(no.status).toBe(422)
  expect(await post('/jobs/bulk-create', refused, failing)).toEqual(no)
  expect((await t.client.jobs.list({ query: { company: ['Keyed'] } })).total.value).toBe(2)
  const undo = { undo_token: first.body['undo_token'] }
  const undone = await post('/bulk/undo', undo, { 'idempotency-key': 'bulk-3' })
  expect(undone.status).toBe(200)
  expect(await post('/bulk/undo', undo, { 'idempotency-key': 'bulk-3' })).toEqual(undone)
})
