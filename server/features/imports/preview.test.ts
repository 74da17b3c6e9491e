import { beforeEach, expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
beforeEach(() => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings cascade'))

const fileOf = (lines: string[]) => new Blob([`${lines.join('\n')}\n`])
const preview = (lines: string[], body: object = {}) => t.client.imports.create({ file: fileOf(lines), body: { ...body, dry_run: true } })
const send = (lines: string[], body: object = {}) => t.client.imports.create({ file: fileOf(lines), body })
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error) => error.problem,
  )

test('a preview suggests a mapping, with the first rows and samples', async () => {
  const found = await preview([
    'Employer,Role,Where,Stage,Date Applied,Blah',
    'A,X,Lisbon,Applied,2026-01-05,',
    'B,Y,Lisbon,Panel,2026-01-06,z',
    'C,Z,,Applied,2026-01-07,',
  ])
  expect(found).toMatchObject({ dry_run: true, kind: 'applications', preset: null, status: 'completed', total: 3, created: 2, failed: 1 })
  expect(found.columns).toEqual([
    { name: 'Employer', field: 'company', from: 'name', samples: ['A', 'B', 'C'] },
    { name: 'Role', field: 'title', from: 'name', samples: ['X', 'Y', 'Z'] },
    { name: 'Where', field: null, from: 'none', samples: ['Lisbon'] },
    { name: 'Stage', field: 'status', from: 'name', samples: ['Applied', 'Panel'] },
    { name: 'Date Applied', field: 'applied_on', from: 'name', samples: ['2026-01-05', '2026-01-06', '2026-01-07'] },
    { name: 'Blah', field: null, from: 'none', samples: ['z'] },
  ])
  expect(found.first_rows[1]).toEqual(['B', 'Y', 'Lisbon', 'Panel', '2026-01-06', 'z'])
  expect(found.unmapped_columns).toEqual(['Where', 'Blah'])
  expect(found.status_words).toEqual([
    { word: 'Applied', count: 2, status: 'applied', suggestion: null },
    { word: 'Panel', count: 1, status: null, suggestion: 'interview' },
  ])
  expect(found.errors).toMatchObject([{ row: 3, column: 'Stage', value: 'Panel', code: 'unknown_status' }])
  expect(await t.client.imports.get({ params: { id: found.id } })).toEqual(found)
  expect((await t.client.imports.list()).items).toEqual([])
  expect((await t.client.imports.list({ query: { dry_run: true } })).items).toEqual([found])
})

test('what it answered with is a mapping to send back, changed', async () => {
  const lines = ['Employer,Role,Where,Stage', 'A,X,Lisbon,Panel']
  const { mapping } = await preview(lines)
  const done = await send(lines, {
    mapping: { ...mapping, columns: { ...mapping.columns, Where: 'location' }, statuses: { Panel: 'interview' } },
  })
  expect(done).toMatchObject({ created: 1, failed: 0, status_mapping: { Panel: 'interview' } })
  expect((await t.client.jobs.list()).items).toMatchObject([{ location: 'Lisbon', application_status: 'interview' }])
})

test('a mapping is remembered for the header, in whatever order its columns come next time', async () => {
  const lines = ['Who,What,Stage', 'A,X,Panel']
  await send(lines, {
    kind: 'applications',
    mapping: { columns: { Who: 'company', What: 'title' }, statuses: { Panel: 'interview' }, create_jobs: true },
  })
  const next = await preview(['Stage,what,Who', 'Panel,Y,B'])
  expect(next).toMatchObject({ kind: 'applications', created: 0, failed: 1 })
  const same = await preview(['Stage,What,Who', 'Panel,Y,B'])
  expect(same).toMatchObject({ kind: 'applications', created: 1, failed: 0, mapping: { create_jobs: true } })
  expect(same.columns.map(({ field, from }) => [field, from])).toEqual([
    ['status', 'name'],
    ['title', 'remembered'],
    ['company', 'remembered'],
  ])
  expect(await preview(['Who,What,Other', 'A,X,Panel'])).toMatchObject({ missing_fields: ['company', 'title'] })
})

test('day and month that cannot be told apart are asked for, column by column', async () => {
  const lines = ['company,title,status,applied_on,deadline', 'A,X,applied,03/04/2026,25/12/2026', 'B,Y,applied,05/06/2026,']
  const found = await preview(lines)
  expect(found).toMatchObject({ created: 2, failed: 0 })
  expect(found.ambiguous_dates).toEqual([
    {
      column: 'applied_on',
      readings: [
        { date_format: 'dmy', value: '03/04/2026', day: '2026-04-03' },
        { date_format: 'mdy', value: '03/04/2026', day: '2026-03-04' },
      ],
    },
  ])
  expect(await problemOf(send(lines))).toMatchObject({
    status: 422,
    code: 'ambiguous_date_format',
    field_errors: [
      {
        field: 'mapping.date_format',
        code: 'ambiguous_date_format',
        message: 'is needed: "03/04/2026" in column "applied_on" is 2026-04-03 with dmy, 2026-03-04 with mdy',
      },
    ],
  })
  expect((await t.client.jobs.list()).total.value).toBe(0)
  expect(await send(lines, { mapping: { date_format: 'DD/MM/YYYY' } })).toMatchObject({ created: 2, mapping: { date_format: 'dmy' } })
  const { items } = await t.client.applications.list({ query: { sort: 'applied_on' } })
  expect(items.map(({ applied_on }) => applied_on)).toEqual(['2026-04-03', '2026-06-05'])
})

test.each([
  ['13/04/2026', '05/06/2026', '2026-06-05'],
  ['04/13/2026', '05/06/2026', '2026-05-06'],
  ['05.06.2026', '05.06.2026', '2026-06-05'],
  ['05/05/2026', '06/06/2026', '2026-06-06'],
])('one date that is clear decides for its column: %s', async (first, second, day) => {
  await send(['company,title,status,applied_on', `A,X,applied,${first}`, `B,Y,applied,${second}`])
  expect((await t.client.applications.list({ query: { q: 'Y' } })).items).toMatchObject([{ applied_on: day }])
})

test('without a column for company or title a preview tells which are missing, and an import is refused', async () => {
  const lines = ['Name,Application URL,Date,Stage', 'Amazon,https://amazon.example,2024-11-05,Rejected']
  expect(await preview(lines)).toMatchObject({
    kind: 'applications',
    missing_fields: ['company', 'title'],
    created: 0,
    failed: 1,
    unmapped_columns: ['Name'],
  })
  expect(await problemOf(send(lines))).toMatchObject({
    status: 422,
    detail:
      'No column is known as company or title, and no row can be imported without. Say in mapping.columns which one it is; the columns are "Name", "Application URL", "Date", "Stage".',
    field_errors: [
      { field: 'mapping.columns', code: 'missing_column' },
      { field: 'mapping.columns', code: 'missing_column' },
    ],
  })
})

test.each([
  ['jobs', ['company,title,location', 'A,B,C']],
  ['jobs', ['company,title,status', 'A,B,open', 'C,D,closed']],
  ['jobs', ['company,title,date', 'A,B,2026-01-01']],
  ['applications', ['company,title,status', 'A,B,applied']],
  ['applications', ['company,role,date,status', 'A,B,2026-01-01,Interview']],
  ['applications', ['company,title,date applied', 'A,B,2026-01-01']],
])('a table is seen to be of %s: %j', async (kind, lines) => {
  expect(await preview(lines)).toMatchObject({ kind, failed: 0 })
})

test('read as jobs, the stages of a tracker are left out and named, not refused', async () => {
  expect(await preview(['company,title,status', 'A,B,applied'], { kind: 'jobs' })).toMatchObject({
    created: 1,
    failed: 0,
    unmapped_columns: ['status'],
  })
  expect(await preview(['company,title,status', 'A,B,ajar'], { kind: 'jobs' })).toMatchObject({
    created: 0,
    failed: 1,
    errors: [{ code: 'unknown_status' }],
  })
})

test('previews of yesterday are cleared away', async () => {
  const old = await preview(['company,title', 'A,B'])
  t.setNow(new Date(Date.now() + 25 * 3_600_000).toISOString())
  await preview(['company,title', 'A,B'])
  t.setNow(null)
  expect(await problemOf(t.client.imports.get({ params: { id: old.id } }))).toMatchObject({ code: 'not_found' })
})
