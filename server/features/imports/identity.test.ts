/** Our own export, imported into an empty account, gives the same records. */
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ApplicationStatus, closedStatuses } from '../../../contract/applications.ts'
import { guardCell, jobCsvColumns } from '../../../contract/csv.ts'
import type { JobInput } from '../../../contract/jobs.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { newEvent, rewrite, standingOf } from '../applications/history.ts'
import { exactHistory } from './rows/exact-history.ts'

const t = useTestApp()

const formats = ['csv', 'json'] as const
type Format = (typeof formats)[number]

const fileOf = async (kind: 'jobs' | 'applications', format: Format) =>
  new Blob([await (await t.client.exports[kind]({ query: { format, deleted: 'include' } })).arrayBuffer()])

const withoutDerived = ({ version: _, match_score: __, ...record }: Record<string, unknown>) => record

async function everything() {
  const jobs = (await t.client.jobs.list({ query: { limit: 200, deleted: 'include', sort: 'created_at' } })).items
  const applications = (await t.client.applications.list({ query: { limit: 200, deleted: 'include', sort: 'created_at' } })).items
  return { jobs: jobs.map(withoutDerived), applications: applications.map(withoutDerived) }
}

const empty = () => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings cascade')
beforeEach(empty)

async function thereAndBack(format: Format) {
  const before = await everything()
  const files = { jobs: await fileOf('jobs', format), applications: await fileOf('applications', format) }
  await empty()
  for (const kind of ['jobs', 'applications'] as const) {
    // A file without records does not say what it has none of.
    if (before[kind].length === 0) continue
    const done = await t.client.imports.create({ file: files[kind], filename: `${kind}.${format}` })
    expect(done).toMatchObject({ preset: 'landed', kind, format, status: 'completed', errors: [], failed: 0, skipped: 0 })
  }
  expect(await everything()).toEqual(before)
  for (const kind of ['jobs', 'applications'] as const) {
    const again = await t.client.imports.create({ file: files[kind], body: { on_duplicate: 'update' } })
    expect(again).toMatchObject({ created: 0, updated: 0, failed: 0 })
  }
  expect(await everything()).toEqual(before)
}

test.each(formats)('a whole search goes out and comes back: %s', async (format) => {
  const job = await t.client.jobs.create({
    body: {
      company: 'Café  Łódź',
      title: "'=Engineer",
      location: 'null',
      description: 'one\r\ntwo\n\n<b>bold</b>',
      salary_min: 0.1,
      salary_max: 1e12,
      salary_currency: 'EUR',
      salary_period: 'hour',
      tech_stack: ['C++', 'a, b', '=x'],
      tags: ['"quoted"'],
      url: 'https://northwind.example/jobs?utm_source=x',
      notes: '- first\n- second',
      priority: 5,
      posted_on: '2026-02-03',
    },
  })
  const trashed = await t.client.jobs.create({ body: { company: 'Trashed', title: 'Job' } })
  const gone = await t.client.applications.create({ body: { job_id: trashed.id, status: 'interview', applied_on: '2026-01-02' } })
  const left = await t.client.applications.create({
    body: { job_id: job.id, status: 'rejected', applied_on: '2025-01-02', response_on: '2025-02-03' },
  })
  const deleted = await t.client.applications.create({ body: { job_id: job.id, status: 'offer', offer_on: '2026-03-03' } })
  await t.client.applications.delete({ params: { id: deleted.id } })
  const open = await t.client.applications.create({
    body: {
      job_id: job.id,
      status: 'applied',
      applied_on: '2026-04-04',
      follow_up_on: '2026-05-05',
      reminders_muted: true,
      notes: '=1+1',
      contacts: [{ name: 'Ana', role: null, email: 'a@b.example', phone: '+351', url: null }],
      interviews: [{ starts_at: '2026-12-01T10:00:00.000Z', kind: 'video', feedback: { questions: ['Why?'], rating: 4 } }],
    },
  })
  await t.client.applications.addEvent({ params: { id: open.id }, body: { to_status: 'interview', occurred_on: '2026-04-20' } })
  await t.client.jobs.delete({ params: { id: trashed.id } })
  await thereAndBack(format)

  // A job brings back the applications that went into the trash with it, also after the journey.
  await t.client.jobs.restore({ params: { id: trashed.id } })
  expect(await t.client.applications.get({ params: { id: gone.id } })).toMatchObject({ status: 'interview' })
  expect(await t.client.applications.get({ params: { id: left.id } })).toMatchObject({ status: 'rejected' })
})

test.each(formats)('the naughty strings go out and come back: %s', async (format) => {
  const path = new URL('../../../testing/fixtures/imports/blns.json', import.meta.url)
  const naughty = (JSON.parse(await readFile(path, 'utf8')) as string[]).filter((text) => !text.includes('\0') && text.isWellFormed())
  expect(naughty.length).toBeGreaterThan(500)
  const rows = naughty.map((text, at) => [at, text.trim() === '' ? `x${text}` : text] as const)
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, notes, tech_stack, created_at, updated_at)
     select $1, md5(n::text)::uuid, left(word, 500), left(word, 500), word, array[left(word, 200)], '2026-01-01'::timestamptz + n * interval '1 ms', now()
     from json_to_recordset($2) as given (n int, word text)`,
    [t.app.localUser.id, JSON.stringify(rows.map(([n, word]) => ({ n, word })))],
  )
  const read = async () =>
    (await t.app.pool.query('select id, company, title, notes, tech_stack, created_at, updated_at from jobs order by id')).rows
  const before = await read()
  const file = await fileOf('jobs', format)
  await empty()
  expect(await t.client.imports.create({ file })).toMatchObject({ created: naughty.length, failed: 0, skipped: 0 })
  expect(await read()).toEqual(before)
})

test('the guard is taken off in our own files only, and once', async () => {
  const cells = {
    id: '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e',
    company: "'=A",
    title: "''=B",
    version: '1',
    created_at: '2026-01-01T00:00:00.000Z',
    notes: 'N/A',
  }
  const line = (values: string[]) => `${values.map((cell) => `"${cell}"`).join(',')}\n`
  await t.client.imports.create({ file: new Blob([line(Object.keys(cells)), line(Object.values(cells))]) })
  expect(await t.client.jobs.get({ params: { id: cells.id } })).toMatchObject({ company: '=A', title: "'=B", notes: 'N/A' })
  await t.client.imports.create({ file: new Blob(["company,title,notes\n'=A,''=B,N/A\n"]) })
  const { items } = await t.client.jobs.list()
  expect(items[0]).toMatchObject({ company: "'=A", title: "''=B", notes: null })
  expect(guardCell("'=A")).toBe("''=A")
  expect(jobCsvColumns).toContain('deleted_at')
})

test('an edited export is refused row by row, with the column and what would be right', async () => {
  await t.client.jobs.create({ body: { company: 'A', title: 'B' } })
  const text = await (await fileOf('jobs', 'csv')).text()
  const [header, row] = text.trim().split('\r\n') as [string, string]
  const wrong = [
    row.replace(',open,', ',ajar,'),
    row.replace(',A,', ',,'),
    row.replace(/^[^,]+/, 'x'),
    row.replace(/^[^,]+/, '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'),
  ]
  const done = await t.client.imports.create({ file: new Blob([[header, ...wrong].join('\r\n')]) })
  expect(done).toMatchObject({ total: 4, skipped: 1, failed: 3 })
  expect(done.errors).toMatchObject([
    { row: 2, column: 'status', value: 'ajar', code: 'invalid_value', message: 'must be open, closed or archived, not "ajar"' },
    { row: 3, column: 'company', code: 'required' },
    { row: 4, column: 'id', value: 'x' },
  ])
})

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '9',
    '"',
    ',',
    ';',
    '\n',
    '\r',
    '\t',
    "'",
    '=',
    '-',
    '+',
    '@',
    ' ',
    'é',
    'ß',
    '田',
    '😀',
    '\\',
    '|',
    '<',
    '\u00a0',
    '\ufeff',
    '\ufffd',
  ),
  maxLength: 12,
})
const lineOfText = text
  .map((one) => `x${one}`.slice(0, 20))
  .chain((one) => fc.constantFrom(one, one.slice(1)))
  .filter((one) => one.trim() !== '')
const day = fc
  .date({ min: new Date('2019-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const jobInput: fc.Arbitrary<Partial<JobInput> & Pick<JobInput, 'company' | 'title'>> = fc.record({
  company: lineOfText,
  title: lineOfText,
  location: optional(lineOfText),
  remote_option: fc.constantFrom('remote', 'hybrid', null),
  notes: optional(text),
  description: optional(text),
  salary_min: optional(fc.double({ min: 0, max: 1e9, noNaN: true })),
  tech_stack: fc.array(lineOfText, { maxLength: 3 }),
  status: fc.constantFrom('open', 'closed', 'archived'),
  priority: fc.nat(5),
  posted_on: optional(day),
})
const step = fc.record({ to_status: fc.constantFrom(...ApplicationStatus.options), occurred_on: day })

test('property: export and import are the identity, whatever became of an application', async () => {
  const search = fc.array(fc.tuple(jobInput, fc.array(step, { maxLength: 3 })), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(search, fc.constantFrom(...formats), async (jobs, format) => {
      await empty()
      for (const [input, steps] of jobs) {
        const job = await t.client.jobs.create({ body: input })
        if (steps.length === 0) continue
        const application = await t.client.applications.create({ body: { job_id: job.id } })
        for (const body of steps) await t.client.applications.addEvent({ params: { id: application.id }, body })
      }
      await thereAndBack(format)
    }),
    { numRuns: 6 },
  )
})

test('property: a history can be made for any standing that a history led to', () => {
  const clock = { now: '2026-11-22T10:00:00.000Z', timezone: 'Asia/Kathmandu' }
  const reopening = fc.record({ to_status: fc.constant(null), note: fc.constant('They wrote.'), occurred_on: day })
  fc.assert(
    fc.property(fc.array(fc.oneof(step, reopening), { maxLength: 8 }), (steps) => {
      let events = rewrite([], { status: 'interested' }, clock)
      for (const one of steps) events = [...events, newEvent(events, one, clock)]
      const standing = standingOf(events)
      if (!standing) return
      const { last_event_at: _, ...told } = standing
      expect(exactHistory(told, clock)?.standing).toMatchObject(told)
    }),
    { numRuns: 1_000 },
  )
})

test('several applications for one job come back, whichever stands first in the file', async () => {
  const job = await t.client.jobs.create({ body: { company: 'A', title: 'B' } })
  for (const status of closedStatuses) await t.client.applications.create({ body: { job_id: job.id, status } })
  await t.client.applications.create({ body: { job_id: job.id, status: 'applied' } })
  await t.client.applications.update({
    params: { id: (await t.client.applications.list({ query: { status: ['ghosted'] } })).items[0]?.id as string },
    body: { notes: 'newest' },
  })
  await thereAndBack('csv')
})
