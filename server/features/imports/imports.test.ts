import { expect, test } from 'vitest'
import type { Import, ImportRow } from '../../../contract/imports.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const csv = (...lines: string[]) => new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' })
const rowsOf = async (id: string, query: object = {}) =>
  (await t.client.imports.rows({ params: { id }, query })) as unknown as {
    items: ImportRow[]
    next_cursor: string | null
    total: { value: number }
  }
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error) => error.problem,
  )

test('a tracker goes in: applications with their jobs, and again without changing anything', async () => {
  const file = csv('Company,Position,Status,Date Applied', 'Northwind,Engineer,Applied,2026-01-05', 'Contoso,Designer,Rejected,2026-02-03')
  const first = await t.client.imports.create({ file, filename: 'tracker.csv' })
  expect(first).toMatchObject({
    kind: 'applications',
    status: 'completed',
    total: 2,
    processed: 2,
    created: 2,
    skipped: 0,
    failed: 0,
    errors: [],
  })
  expect(first.status_mapping).toEqual({ Applied: 'applied', Rejected: 'rejected' })

  const { items } = await t.client.applications.list({ query: { sort: 'company' } })
  expect(items).toMatchObject([
    { job: { company: 'Contoso', title: 'Designer' }, status: 'rejected', applied_on: '2026-02-03' },
    { job: { company: 'Northwind', title: 'Engineer' }, status: 'applied', applied_on: '2026-01-05' },
  ])
  expect(await t.client.imports.get({ params: { id: first.id } })).toEqual(first)
  expect((await t.client.imports.list()).items[0]).toEqual(first)

  const before = await canonicalDump(t.app)
  const second = await t.client.imports.create({ file, filename: 'tracker.csv' })
  expect(second).toMatchObject({ created: 0, updated: 0, skipped: 2, failed: 0 })
  expect(await canonicalDump(t.app)).toEqual(before)
})

test('every row is accounted for: what is wrong names row, column, value and what would be right', async () => {
  const file = csv(
    'company,title,url,salary_min,salary_max,remote_option,posted_on,priority',
    'Acme,Fine,https://acme.example/1,1,2,remote,2026-01-02,1',
    ',No company,,,,,,',
    'Acme,Bad address,acme,,,,,',
    'Acme,Bad pay,,many,,,,',
    'Acme,Upside down,,9,2,,,',
    'Acme,Bad word,,,,sometimes,,',
    'Acme,Bad day,,,,,2026-02-30,',
    'Acme,Too much,,,,,,9',
    `${'x'.repeat(501)},Too long,,,,,,`,
    'Acme,Too many,,,,,,,,9',
    'Acme,Short',
  )
  const done = await t.client.imports.create({ file, body: { kind: 'jobs' } })
  expect(done).toMatchObject({ total: 11, created: 2, updated: 0, skipped: 0, failed: 9 })
  expect(done.errors.map(({ row, column, value, code }) => [row, column, value?.slice(0, 9) ?? null, code])).toEqual([
    [3, 'company', null, 'required'],
    [4, 'url', 'acme', 'invalid_value'],
    [5, 'salary_min', 'many', 'invalid_value'],
    [6, 'salary_min', '9', 'invalid_value'],
    [7, 'remote_option', 'sometimes', 'invalid_value'],
    [8, 'posted_on', '2026-02-3', 'invalid_date'],
    [9, 'priority', '9', 'invalid_value'],
    [10, 'company', 'xxxxxxxxx', 'too_long'],
    [11, null, null, 'long_row'],
  ])
  expect(done.errors[1]?.message).toBe('must be a web address that begins with http:// or https://, not "acme"')
  expect(done.warnings).toMatchObject([{ row: 12, code: 'short_row' }])

  const failed = await rowsOf(done.id, { outcome: ['failed'], limit: 5 })
  expect(failed).toMatchObject({ total: { value: 9 } })
  expect(failed.items[1]).toMatchObject({
    row: 4,
    outcome: 'failed',
    job_id: null,
    cells: { company: 'Acme', title: 'Bad address', url: 'acme' },
  })
  const rest = await rowsOf(done.id, { outcome: ['failed'], limit: 5, cursor: failed.next_cursor })
  expect(rest.items.map(({ row }) => row)).toEqual([8, 9, 10, 11])
  expect(rest.next_cursor).toBeNull()
  expect((await rowsOf(done.id)).total.value).toBe(11)
  expect(await problemOf(rowsOf(done.id, { cursor: 'x' }))).toMatchObject({ code: 'invalid_cursor' })
})

test('the failed rows come back as they were, with a reason, and go in once they are put right', async () => {
  const file = csv('Firma;Stelle;Bemerkungen;Beworben am', '"A; B";Koch;"zwei\nZeilen ""hier""";31.02.2026', 'C;Kellner;ok;2026-01-01;x;y')
  const done = await t.client.imports.create({
    file,
    filename: 'Liste.csv',
    body: { kind: 'applications', mapping: { create_jobs: true } },
  })
  expect(done).toMatchObject({ total: 2, failed: 2 })
  const response = await t.client.imports.rows({ params: { id: done.id }, query: { format: 'csv', outcome: ['failed'] } })
  expect(response.headers.get('content-disposition')).toContain('Liste - failed rows.csv')
  const text = await response.text()
  expect(text.split('\r\n')).toEqual([
    'reason;Firma;Stelle;Bemerkungen;Beworben am',
    '"Row 2, Beworben am must be a day that exists, such as 2026-11-22, not ""31.02.2026""";"A; B";Koch;"zwei\nZeilen ""hier""";31.02.2026',
    '"Row 3 has 6 cells where the header has 4; put a cell that holds the separator in quotes";C;Kellner;ok;2026-01-01;x;y',
    '',
  ])
  // The mapping is remembered, though the file has one column more now.
  const again = await t.client.imports.create({
    file: new Blob([text.replace('31.02.2026\r', '28.02.2026\r').replace(';x;y', '')]),
    body: { kind: 'applications' },
  })
  expect(again).toMatchObject({ total: 2, created: 2, unmapped_columns: ['reason'], mapping: { create_jobs: true } })
  expect(again.columns[1]).toMatchObject({ name: 'Firma', field: 'company' })
  expect(await problemOf(t.client.imports.rows({ params: { id: done.id }, query: { format: 'csv', outcome: ['created'] } }))).toMatchObject(
    { code: 'invalid_query' },
  )
})

test('atomic: one bad row keeps all others out', async () => {
  const before = await canonicalDump(t.app)
  const file = csv('company,title', 'Atomic,One', ',Two', 'Atomic,Three')
  const done = await t.client.imports.create({ file, body: { mode: 'atomic' } })
  expect(done).toMatchObject({ status: 'failed', created: 0, updated: 0, skipped: 2, failed: 1, problem: { code: 'rows_failed' } })
  expect((await rowsOf(done.id, { outcome: ['skipped'] })).items[0]?.problems).toMatchObject([{ row: 2, code: 'not_applied' }])
  expect(await canonicalDump(t.app)).toEqual(before)
  const fine = await t.client.imports.create({ file: csv('company,title', 'Atomic,One'), body: { mode: 'atomic' } })
  expect(fine).toMatchObject({ status: 'completed', created: 1 })
})

test('what the database alone refuses is found by halving, and only that fails', async () => {
  await t.app.pool.query(`
    create function refuse_one() returns trigger language plpgsql as $$ begin
      if new.company = 'Refused' then raise exception using errcode = '23514', message = 'not this one'; end if; return new; end $$;
    create trigger refuse_one before insert on jobs for each row execute function refuse_one()`)
  const lines = Array.from({ length: 40 }, (_, at) => (at === 7 || at === 30 ? `Refused,Job ${at}` : `Kept,Job ${at}`))
  const done = await t.client.imports.create({ file: csv('company,title', ...lines) })
  expect(done).toMatchObject({ status: 'completed', total: 40, created: 38, failed: 2 })
  expect(done.errors).toMatchObject([
    { row: 9, code: 'refused' },
    { row: 32, code: 'refused' },
  ])
  expect((await t.client.jobs.list({ query: { company: ['Kept'] } })).total.value).toBe(38)
  await t.app.pool.query('drop trigger refuse_one on jobs')
})

test('what it cannot read it says how to save', async () => {
  const xlsx = new Blob([Buffer.from([0x50, 0x4b, 3, 4, 20, 0])])
  expect(await problemOf(t.client.imports.create({ file: xlsx, filename: 'jobs.csv' }))).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
    detail: 'This file is an Excel workbook or a ZIP archive, whatever its name says. Open it, save it as CSV, and send that.',
  })
  expect(await problemOf(t.client.imports.create({ file: csv('company,title', 'A,"B') }))).toMatchObject({
    status: 422,
    field_errors: [
      {
        field: 'file',
        code: 'unclosed_quote',
        message: 'cannot be read beyond row 2: a quote (") is opened there and never closed. Close it, or remove it',
      },
    ],
  })
  const before = await t.client.imports.list()
  expect(await problemOf(t.client.imports.create({ file: new Blob(['']) }))).toMatchObject({
    status: 422,
    field_errors: [{ code: 'empty_file' }],
  })
  expect(await t.client.imports.list()).toEqual(before)
})

test('a file may hold no rows', async () => {
  expect(await t.client.imports.create({ file: csv('company,title') })).toMatchObject({ status: 'completed', total: 0, created: 0 })
})

test('the same Idempotency-Key never doubles; with another file it is refused', async () => {
  const call = { file: csv('company,title', 'Once,Only'), filename: 'x.csv', idempotencyKey: 'import-1' }
  const first = await t.client.imports.create(call)
  expect(await t.client.imports.create(call)).toEqual(first)
  expect((await t.client.jobs.list({ query: { company: ['Once'] } })).total.value).toBe(1)
  const other = t.client.imports.create({ ...call, file: csv('company,title', 'Twice,Only') })
  expect(await problemOf(other)).toMatchObject({ code: 'idempotency_key_reused' })
})

test('two imports of one person take turns', async () => {
  const file = csv('company,title,status,applied_on', ...Array.from({ length: 50 }, (_, at) => `Turns,Job ${at},applied,2026-01-05`))
  const both = await Promise.all([t.client.imports.create({ file }), t.client.imports.create({ file })])
  expect(both.map(({ created, skipped }) => created + skipped)).toEqual([50, 50])
  expect(both.reduce((sum, { created }) => sum + created, 0)).toBe(50)
  expect((await t.client.jobs.list({ query: { company: ['Turns'] } })).total.value).toBe(50)
})

test('parameters that are not known or not right are refused', async () => {
  const file = csv('company,title', 'A,B')
  const send = (fields: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file, 'x.csv')
    return fetch(`${t.url}/api/v1/imports`, { method: 'POST', body: form }).then(async (response) => [
      response.status,
      (await response.json()).field_errors?.[0].field,
    ])
  }
  expect(await send({ mapping: '{' })).toEqual([422, 'mapping'])
  expect(await send({ mapping: '[]' })).toEqual([422, 'mapping'])
  expect(await send({ mapping: '{"columns":{"company":"nonsense"}}' })).toEqual([422, 'mapping.columns.company'])
  expect(await send({ mapping: '{"columns":{"Firma":"company"}}' })).toEqual([422, 'mapping.columns.Firma'])
  expect(await send({ mapping: '{"columns":{"company":"title","title":"title"}}' })).toEqual([422, 'mapping.columns.title'])
  expect(await send({ mapping: '{"columns":{"company":"applied_on"}}', kind: 'jobs' })).toEqual([422, 'mapping.columns.company'])
  expect(await send({ kind: 'cats' })).toEqual([422, 'kind'])
  expect(await send({ dryrun: 'true' })).toEqual([422, 'dryrun'])
  expect((await send({ mapping: '{"date_format":"DD/MM/YYYY"}', dry_run: 'true' }))[0]).toBe(201)
  expect((await t.send('POST', '/api/v1/imports', { body: {} })).status).toBe(415)
  expect(await problemOf(t.client.imports.get({ params: { id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e' } }))).toMatchObject({
    code: 'not_found',
  })
})

test('columns: several make up the notes, one may be left out, a second of one name is told apart', async () => {
  const file = csv('Company,Role,Notes,Next Action,Role,Secret', 'Nine,Cook,good,call,Chef,x')
  const done: Import = await t.client.imports.create({
    file,
    body: { kind: 'jobs', mapping: { columns: { 'Role#2': 'title', Role: 'tags' } } },
  })
  expect(done).toMatchObject({ created: 1, unmapped_columns: ['Secret'] })
  expect((await t.client.jobs.list({ query: { company: ['Nine'] } })).items).toMatchObject([
    { title: 'Chef', tags: ['Cook'], notes: 'good\n\nNext Action: call' },
  ])
})

test('what has no place of its own goes into the notes, so that nothing is lost', async () => {
  const file = csv('Company,Role,Employment Type,Salary,Deadline,Link', 'Kept,Cook,Seasonal-ish,Competitive,rolling,via Hays')
  const done = await t.client.imports.create({ file })
  expect(done).toMatchObject({ created: 1, failed: 0 })
  expect(done.warnings.map(({ column }) => column).toSorted()).toEqual(['Deadline', 'Employment Type', 'Link'])
  const [job] = (await t.client.jobs.list({ query: { company: ['Kept'], q: 'cook' } })).items
  expect(job?.notes?.split('\n\n').toSorted()).toEqual([
    'Deadline: rolling',
    'Employment Type: Seasonal-ish',
    'Link: via Hays',
    'Salary: Competitive',
  ])
  expect(job).toMatchObject({ salary_min: null, deadline_on: null, url: null, job_type: null })
})
