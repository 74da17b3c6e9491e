import { beforeEach, expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import type { View, ViewInput } from '../../../contract/views.ts'
import { asFile, changeRow, downloadBackup, rewrite } from '../../../testing/backup-archives.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

beforeEach(() => t.app.pool.query('truncate views cascade'))

type Said = Partial<Omit<ViewInput, 'kind'>> & { kind?: 'jobs' | 'applications' }
const create = (said: Said = {}) => t.client.views.create({ body: { name: 'Remote', kind: 'jobs', ...said } })
const refusal = async (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it was taken'),
    (error) => error.problem,
  )
const names = async (query = {}) => (await t.client.views.list({ query })).items.map(({ name }) => name)

test('a view is kept as it was saved, and found again', async () => {
  const query = { q: 'platform', remote_option: ['remote'], salary_min: 60_000, has_application: false }
  const view = await create({ query, sort: '-match_score', columns: ['company', 'title'], pinned: true })
  expect(view).toMatchObject({ name: 'Remote', kind: 'jobs', query, sort: '-match_score', columns: ['company', 'title'] })
  expect(view).toMatchObject({ pinned: true, position: 0, alert: false, version: 1 })
  expect(await t.client.views.get({ params: { id: view.id } })).toEqual(view)
  // What it holds is what the list takes.
  await t.client.jobs.create({ body: { company: 'Northwind', title: 'Platform Engineer', remote_option: 'remote' } })
  const { items } = await t.client.jobs.list({ query: { ...view.query, sort: '-match_score' } })
  expect(items).toHaveLength(1)
  const plain = await create({ name: 'All', query: { status: 'open' } })
  expect(plain).toMatchObject({ query: { status: ['open'] }, sort: null, columns: null, position: 1 })
})

test('a change merges, replaces the query as a whole and raises the version; a stale one is told', async () => {
  const { id } = await create({ query: { q: 'a', status: ['open'] } })
  const change = (body: object, headers = {}) => t.send('PATCH', `/api/v1/views/${id}`, { body, headers })
  const answer = await change({ query: { q: 'b' } })
  expect(answer.headers.get('etag')).toBe('"2"')
  expect(await answer.json()).toMatchObject({ name: 'Remote', query: { q: 'b' }, version: 2 })
  expect((await change({ pinned: true }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await change({ pinned: true, version: 1 })).status).toBe(412)
  expect(await (await change({ pinned: false })).json()).toMatchObject({ version: 2 })
  expect(await (await change({ pinned: true }, { 'if-match': '"2"' })).json()).toMatchObject({ pinned: true, version: 3 })
  expect((await change({ kind: 'applications' })).status).toBe(422)
  expect((await t.send('DELETE', `/api/v1/views/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(412)
  expect((await t.send('DELETE', `/api/v1/views/${id}`)).status).toBe(204)
  expect((await t.send('DELETE', `/api/v1/views/${id}`)).status).toBe(404)
})

test.each<[Said, string, string]>([
  [{ query: { compny: ['acme'] } }, 'query.compny', 'unknown_field'],
  [{ query: { status: ['lost'] } }, 'query.status[0]', 'invalid_value'],
  [{ query: { limit: 5 } }, 'query.limit', 'unknown_field'],
  [{ query: { silent_days_min: 5 } }, 'query.silent_days_min', 'unknown_field'],
  [{ kind: 'applications', query: { company: ['acme'] } }, 'query.company', 'unknown_field'],
  [{ sort: 'applied_on' }, 'sort', 'invalid_value'],
  [{ kind: 'applications', sort: '-match_score' }, 'sort', 'invalid_value'],
  [{ kind: 'applications', alert: true }, 'alert', 'invalid_value'],
  [{ query: { deleted: 'only' }, alert: true }, 'alert', 'invalid_value'],
  [{ columns: ['title', 'title'] }, 'columns', 'invalid_value'],
  [{ name: '  ' }, 'name', 'invalid_value'],
])('%j is refused at %s, in a new view and in one that is here', async (said, field, code) => {
  const wrong = await refusal(create({ name: 'Wrong', ...said }))
  expect(wrong).toMatchObject({ status: 422, code: 'validation_failed', field_errors: [{ field, code }] })
  const { kind = 'jobs', ...changes } = said
  const { id } = await create({ kind })
  const changed = await refusal(t.client.views.update({ params: { id }, body: changes }))
  expect(changed).toMatchObject({ status: 422, field_errors: [{ field, code }] })
  expect(await t.client.views.get({ params: { id } })).toMatchObject({ version: 1 })
})

test('a name is there once a kind, whatever its case, also when several come at the same moment', async () => {
  const answers = await Promise.allSettled(['Café', 'CAFÉ', 'cafe'].map((name) => create({ name })))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await refusal(create({ name: 'cafe' }))).toMatchObject({ status: 409, code: 'conflict', field_errors: [{ field: 'name' }] })
  const other = await create({ name: 'cafe', kind: 'applications' })
  const second = await create({ name: 'Second' })
  const renamed = refusal(t.client.views.update({ params: { id: second.id }, body: { name: 'Cafe' } }))
  expect(await renamed).toMatchObject({ status: 409, field_errors: [{ field: 'name' }] })
  expect(await t.client.views.update({ params: { id: other.id }, body: { name: 'Cafe' } })).toMatchObject({ name: 'Cafe' })
})

test('the list is in the order of the navigation, by kind and page by page', async () => {
  for (const [name, position] of [
    ['C', 2],
    ['A', 0],
    ['B', 1],
  ] as const)
    await create({ name, position, pinned: name !== 'B' })
  await create({ name: 'D', kind: 'applications' })
  expect(await names()).toEqual(['A', 'B', 'C', 'D'])
  expect(await names({ kind: 'jobs', sort: '-name' })).toEqual(['C', 'B', 'A'])
  expect(await names({ pinned: true })).toEqual(['A', 'C'])
  const first = await t.client.views.list({ query: { limit: 3 } })
  expect(first.total).toEqual({ value: 4, relation: 'exact' })
  expect(await names({ limit: 3, cursor: first.next_cursor })).toEqual(['D'])
})

test('there may be a hundred; a repeated request with its key makes none more', async () => {
  const headers = { 'idempotency-key': 'once' }
  const twice = [1, 2].map(() => t.send('POST', '/api/v1/views', { body: { name: 'Once', kind: 'jobs' }, headers }))
  const statuses = (await Promise.all(twice)).map(({ status }) => status)
  expect(statuses).toContain(201)
  expect(await names()).toEqual(['Once'])
  for (let n = 1; n < 100; n++) await create({ name: `View ${n}` })
  expect(await refusal(create({ name: 'One more' }))).toMatchObject({ status: 409, detail: expect.stringContaining('100') })
})

test('a backup has them; merged, a name that is taken here stays with the view that is here', async () => {
  const kept = await create({ name: 'Kept', query: { tech_stack: ['C++'] }, columns: ['title'], alert: true })
  const renamed = await create({ name: 'Renamed' })
  const archive = await downloadBackup(t)
  await t.app.pool.query('truncate views cascade')
  expect((await t.client.backups.restore({ file: asFile(archive) })).records['views']).toMatchObject({ added: 2 })
  const all = async () => (await t.client.views.list()).items
  expect(await all()).toEqual([kept, renamed])

  await t.client.views.delete({ params: { id: kept.id } })
  const mine = await create({ name: 'KEPT' })
  const newer = await rewrite(archive, (files) =>
    files.set(
      'views.json',
      changeRow(files.get('views.json') as string, (row) => ({ ...row, name: 'Other', updated_at: '2990-01-01T00:00:00.000Z' }), 1),
    ),
  )
  const told = await t.client.backups.restore({ file: asFile(newer) })
  expect(told.records['views']).toMatchObject({ added: 0, skipped: 1, updated: 1 })
  expect(told.skipped).toMatchObject([{ kind: 'views', id: kept.id, reason: expect.stringContaining('name') }])
  const now: View[] = await all()
  expect(now.map(({ name, version }) => [name, version])).toEqual([
    ['Other', 2],
    ['KEPT', 1],
  ])
  expect(now.at(-1)).toEqual(mine)
})
