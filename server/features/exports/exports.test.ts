import { expect, test } from 'vitest'
import type { Application, ApplicationFilter } from '../../../contract/applications.ts'
import { applicationCsvColumns, isOwnHeader, jobCsvColumns } from '../../../contract/csv.ts'
import { ApplicationExport, type ExportKind, exportFields, JobExport } from '../../../contract/exports.ts'
import type { Job, JobFilter } from '../../../contract/jobs.ts'
import { applicationAsRow, readOwnCsv } from '../../../testing/own-csv.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

type Query = Record<string, unknown>

/** As text with its byte order mark, which Response.text() would drop. */
async function download(kind: ExportKind, query: Query): Promise<{ text: string; headers: Headers }> {
  const response = await t.client.exports[kind]({ query: query as never })
  return { text: Buffer.from(await response.arrayBuffer()).toString(), headers: response.headers }
}
const downloadJson = async (kind: ExportKind, query: Query = {}) =>
  (kind === 'jobs' ? JobExport : ApplicationExport).parse(JSON.parse((await download(kind, { ...query, format: 'json' })).text))
const downloadCsv = async (kind: ExportKind, query: Query = {}) => (await download(kind, { ...query, format: 'csv' })).text

/** As they come: reading by the contract would put them into its order. */
const fieldsOfFirst = async (query: Query) => Object.keys(JSON.parse((await download('jobs', query)).text).items[0])

async function everyJob(query: JobFilter & { sort?: string } = {}): Promise<Job[]> {
  const page = await t.client.jobs.list({ query: { limit: 200, ...query } as never })
  expect(page.next_cursor).toBeNull()
  return page.items as Job[]
}
async function everyApplication(query: ApplicationFilter & { sort?: string } = {}): Promise<Application[]> {
  const page = await t.client.applications.list({ query: { limit: 200, ...query } as never })
  expect(page.next_cursor).toBeNull()
  return page.items as Application[]
}

const naughty = [
  '=1+1',
  '+351 910 000 000',
  '-1',
  '@SUM(A1)',
  '\tindented',
  '\rreturned',
  "'=quoted already",
  "''=twice",
  "'plain quote",
  '=HYPERLINK("http://evil.example","click")',
  'a "quoted" word',
  '"',
  'one,two;three|four',
  'line\nbreak',
  'line\r\nbreak',
  '\n',
  ' spaces around ',
  'null',
  'NULL',
  '\\N',
  '\\.',
  'NaN',
  '0123',
  '1e5',
  'ÅÉÎõü ß',
  'Ω≈ç√∫',
  'Съешь ещё',
  'مرحبا بالعالم',
  '田中さんにあげて下さい',
  '👩‍👩‍👧‍👦 🏳️‍🌈',
  'a\u0301 combining',
  '\u202Ereversed',
  '\uFEFFmarked',
  '\u2028line\u2029paragraph',
  '\u0001\u0002\u001F\u007F\u0085',
  '{"json": [1, "two"]}',
  `long ${'x'.repeat(90_000)}`,
]

test('naughty texts come through CSV and JSON as the API has them', async () => {
  for (const text of naughty) {
    const line = text.trim() === '' || text.length > 500 ? `x${text}`.slice(0, 500) : text
    const words = text.trim() === '' ? [] : [text.slice(0, 200)]
    const job = await t.client.jobs.create({
      body: { company: line, title: line, location: line, source: line, description: text, notes: text, tech_stack: words, tags: words },
    })
    await t.client.applications.create({
      body: {
        job_id: job.id,
        notes: text,
        contacts: [{ name: line, phone: line }],
        interviews: [
          { starts_at: '2026-01-05T09:00:00.120Z', place: text, interviewers: words, feedback: { questions: [line], notes: text } },
          { starts_at: '2026-01-06T09:00:00Z', kind: 'phone' },
        ],
      },
    })
  }
  const jobs = await everyJob()
  expect(jobs).toHaveLength(naughty.length)
  expect((await downloadJson('jobs')).items).toEqual(jobs)
  expect(readOwnCsv(await downloadCsv('jobs'))).toEqual(jobs)

  const applications = await everyApplication()
  expect((await downloadJson('applications')).items).toEqual(applications)
  expect(readOwnCsv(await downloadCsv('applications'))).toEqual(applications.map(applicationAsRow))
}, 60_000)

test('no cell of text begins as a formula would, and only cells that need it are quoted', async () => {
  const csv = await downloadCsv('jobs', { fields: ['company', 'salary_min', 'status'] })
  const lines = csv.split('\r\n').slice(1, -1)
  for (const cell of lines.map((line) => line.replace(/^"/, ''))) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
  const job = await t.client.jobs.create({ body: { company: 'Plain & Söhne', title: 'It’s a title', salary_min: 50_000.5, priority: 3 } })
  const row = await downloadCsv('jobs', { company: 'Plain & Söhne', fields: ['id', 'company', 'title', 'salary_min', 'priority', 'notes'] })
  expect(row).toBe(`id,company,title,salary_min,priority,notes\r\n${job.id},Plain & Söhne,It’s a title,50000.5,3,\r\n`)
})

test('the header is our own, in the order of the contract; JSON has the fields of the record in theirs', async () => {
  const header = async (kind: ExportKind) => ((await downloadCsv(kind)).split('\r\n')[0] as string).split(',')
  expect(await header('jobs')).toEqual([...jobCsvColumns])
  expect(await header('applications')).toEqual([...applicationCsvColumns])
  expect(isOwnHeader(await header('jobs'))).toBe('jobs')
  expect(isOwnHeader(await header('applications'))).toBe('applications')
  const [job] = await everyJob()
  expect(await fieldsOfFirst({})).toEqual(Object.keys(job as object))
})

test('only the fields asked for, in the order asked for', async () => {
  const jobs = await everyJob()
  const chosen = { fields: ['title', 'id', 'created_at', 'tags'] }
  expect(await downloadCsv('jobs', chosen)).toMatch(/^title,id,created_at,tags\r\n/)
  expect(readOwnCsv(await downloadCsv('jobs', chosen))).toEqual(
    jobs.map(({ title, id, created_at, tags }) => ({ title, id, created_at, tags })),
  )
  const { items } = await downloadJson('jobs', chosen)
  expect(items).toEqual(jobs.map(({ title, id, created_at, tags }) => ({ title, id, created_at, tags })))
  expect(await fieldsOfFirst(chosen)).toEqual(['title', 'id', 'created_at', 'tags'])
  // JSON takes the names of the CSV too; a page of it gives the same
  const both = { fields: ['company', 'status', 'job', 'interview_feedback'] }
  const applications = (await everyApplication()).map(({ job, status, interviews }) => ({
    company: job.company,
    status,
    job,
    interview_feedback: interviews,
  }))
  expect((await downloadJson('applications', both)).items).toEqual(applications)
  expect((await downloadJson('applications', { ...both, limit: 200 })).items).toEqual(applications)
  // as one parameter with commas, as people write it
  const response = await t.send('GET', '/api/v1/exports/jobs?format=csv&fields=title,id&fields=title')
  expect(await response.text()).toMatch(/^title,id\r\n/)
})

test('a lone column keeps a line for every record, empty ones too', async () => {
  const jobs = await everyJob()
  expect(jobs.some((job) => job.notes === null)).toBe(true)
  expect(readOwnCsv(await downloadCsv('jobs', { fields: ['notes'] }))).toEqual(jobs.map(({ notes }) => ({ notes })))
})

test.each(['jobs', 'applications'] as const)('what %s cannot hold is refused by name, with what there is', async (kind) => {
  for (const format of ['json', 'csv'] as const) {
    const refused = download(kind, { format, fields: ['id', 'salry', 'compnay'] })
    await expect(refused).rejects.toMatchObject({
      problem: { status: 400, code: 'invalid_query', field_errors: [{ field: 'fields' }] },
    })
    const { problem } = (await refused.catch((error: unknown) => error)) as { problem: { detail: string } }
    expect(problem.detail).toContain('"salry", "compnay"')
    for (const name of exportFields[kind][format]) expect(problem.detail).toContain(name)
  }
})

test.each([
  ['format=xlsx', 'format must be json, csv or pdf, not "xlsx"'],
  ['fields=', 'fields cannot hold ""'],
  ['format=csv&limit=5', 'limit goes with format=json only'],
  ['format=csv&cursor=x', 'cursor goes with format=json only'],
  ['bom=true', 'bom goes with format=csv only'],
  ['limit=0', 'limit must be 1 or more'],
  ['statsu=open', 'did you mean status?'],
  ['sort=salry', 'sort must be'],
])('/exports/jobs?%s is refused: %s', async (query, detail) => {
  const response = await t.send('GET', `/api/v1/exports/jobs?${query}`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'invalid_query', detail: expect.stringContaining(detail) })
})

test('a byte order mark on request, and none otherwise', async () => {
  expect((await downloadCsv('jobs', { bom: true })).startsWith('\uFEFFid,company,')).toBe(true)
  expect((await downloadCsv('jobs', { bom: false })).startsWith('id,company,')).toBe(true)
  expect(readOwnCsv(await downloadCsv('jobs', { bom: true }))).toEqual(await everyJob())
})

test('nothing found is a file with a header and no rows, and a JSON that says so', async () => {
  const none = { company: 'nobody is called that' }
  expect(await downloadCsv('jobs', { ...none, fields: ['id', 'title'] })).toBe('id,title\r\n')
  expect(await downloadJson('jobs', none)).toMatchObject({ items: [], count: 0, filters: { company: ['nobody is called that'] } })
  expect(await downloadJson('jobs', { ...none, limit: 5 })).toMatchObject({ items: [], count: 0, next_cursor: null })
  expect(await downloadCsv('applications', { q: 'zzzz', fields: ['id'] })).toBe('id\r\n')
})

test('JSON says when, of what and how many, the count last', async () => {
  t.setNow('2026-11-22T08:00:00.000Z')
  const { text } = await download('jobs', { format: 'json', status: ['open', 'closed'], priority: undefined, salary_min: 100 })
  t.setNow(null)
  const answer = JSON.parse(text)
  expect(Object.keys(answer)).toEqual(['exported_at', 'version', 'filters', 'items', 'count'])
  expect(answer).toMatchObject({
    exported_at: '2026-11-22T08:00:00.000Z',
    version: 1,
    filters: { status: ['open', 'closed'], salary_min: 100 },
  })
  expect(answer.count).toBe(answer.items.length)
  expect(answer.count).toBeGreaterThan(0)
})

test.each(['jobs', 'applications'] as const)('%s page by page are the whole file', async (kind) => {
  const whole = await downloadJson(kind, { sort: 'company' })
  expect(whole).not.toHaveProperty('next_cursor')
  const items: unknown[] = []
  let cursor: string | null | undefined
  do {
    const page = await downloadJson(kind, { sort: 'company', limit: 7, ...(cursor ? { cursor } : {}) })
    expect(page.count).toBe(page.items.length)
    expect(page.count).toBeLessThanOrEqual(7)
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  expect(cursor).toBeNull()
  expect(items).toEqual(whole.items)
})

test('a foreign or damaged cursor is refused', async () => {
  const { next_cursor } = await downloadJson('jobs', { limit: 2 })
  for (const query of [{ cursor: 'AAAA' }, { cursor: next_cursor, sort: 'title' }, { cursor: next_cursor, status: ['open'] }]) {
    await expect(downloadJson('jobs', query)).rejects.toMatchObject({ problem: { code: 'invalid_cursor' } })
  }
})

test('the file is named by what it holds and the day where the person lives', async () => {
  await t.client.settings.update({ body: { timezone: 'Pacific/Kiritimati' } })
  t.setNow('2026-11-22T20:00:00.000Z')
  const named = async (kind: ExportKind, query: Query) => {
    const { headers } = await download(kind, query)
    return [headers.get('content-disposition'), headers.get('content-type')]
  }
  expect(await named('jobs', { format: 'csv' })).toEqual(['attachment; filename="landed-jobs-2026-11-23.csv"', 'text/csv; charset=utf-8'])
  expect(await named('applications', { format: 'json' })).toEqual([
    'attachment; filename="landed-applications-2026-11-23.json"',
    'application/json; charset=utf-8',
  ])
  expect(await named('jobs', { limit: 1 })).toEqual([
    'attachment; filename="landed-jobs-2026-11-23.json"',
    'application/json; charset=utf-8',
  ])
  t.setNow(null)
  await t.client.settings.update({ body: { timezone: 'UTC' } })
})

test("another's records are in nobody else's file", async () => {
  const before = (await downloadJson('jobs', { deleted: 'include' })).count
  await t.app.pool.query(`
    insert into users (id, created_at) values ('019a8f2e-7c1a-7d33-9e55-00000000000a', now());
    insert into jobs (user_id, id, company, title, created_at, updated_at)
    select '019a8f2e-7c1a-7d33-9e55-00000000000a', gen_random_uuid(), 'Northwind', 'Engineer', now(), now() from generate_series(1, 5)`)
  expect((await downloadJson('jobs', { deleted: 'include' })).count).toBe(before)
})
