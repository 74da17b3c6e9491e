import { beforeEach, expect, test } from 'vitest'
import type { ImportRow } from '../../../contract/imports.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()
beforeEach(() => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings cascade'))

const csv = (...lines: string[]) => new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' })
const send = (lines: string[], body: object = {}) => t.client.imports.create({ file: csv(...lines), body })
const counts = ({ created, updated, skipped, failed }: Record<'created' | 'updated' | 'skipped' | 'failed', number>) => [
  created,
  updated,
  skipped,
  failed,
]
const codesOf = async (id: string) =>
  ((await t.client.imports.rows({ params: { id }, query: { limit: 200 } })) as unknown as { items: ImportRow[] }).items.map(
    ({ row, outcome, problems }) => [row, outcome, ...problems.map(({ code }) => code)].join(' '),
  )
const add = (body: object) => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', ...body } })

test.each([
  [
    'http://www.linkedin.com/jobs/view/3758269446',
    'https://linkedin.com/jobs/view/platform-engineer-at-northwind-3758269446?refId=x&trackingId=y',
  ],
  ['https://www.linkedin.com/jobs/view/3758269446/', 'https://de.linkedin.com/jobs/search/?currentJobId=3758269446&keywords=x'],
  ['https://www.indeed.com/viewjob?jk=abcdef0123456789&from=serp', 'https://de.indeed.com/jobs?q=x&vjk=abcdef0123456789'],
])('one posting is one job, whatever its title: %s', async (url, other) => {
  await add({ url })
  expect(counts(await send(['company,title,url', `Somebody else,Another title,${other}`]))).toEqual([0, 0, 1, 0])
})

test.each([
  ['https://northwind.example/jobs/7', 'http://www.northwind.example/jobs/7/?utm_source=x&utm_campaign=y#top', false],
  ['https://northwind.example/jobs/7', 'https://NORTHWIND.example/jobs/7/', true],
  ['https://northwind.example/jobs?id=7&utm_source=a', 'https://northwind.example/jobs?gclid=1&id=7', true],
  ['https://northwind.example/jobs?gh_jid=7', 'https://northwind.example/jobs?gh_jid=8', false],
  ['https://northwind.example/jobs/a', 'https://northwind.example/jobs/A', false],
])('%s and %s with the same title: the same is %s', async (url, other, same) => {
  await add({ url })
  expect(counts(await send(['company,title,url', `Northwind GmbH,ENGINEER,${other}`]))).toEqual(same ? [0, 0, 1, 0] : [1, 0, 0, 0])
})

test('a careers page is no posting: two roles behind one address stay two', async () => {
  await add({ url: 'https://northwind.example/careers' })
  expect(counts(await send(['company,title,url', 'Northwind,Designer,https://northwind.example/careers']))).toEqual([1, 0, 0, 0])
})

test('company, title and place, without regard to case and accents', async () => {
  await add({ company: 'Café Łódź', location: 'Lisboa' })
  const lines = ['company,title,location', 'CAFE LODZ,engineer,LISBOA', 'Café Łódź,Engineer,Porto', 'Café Łódź,Engineer II,Lisboa']
  expect(counts(await send(lines))).toEqual([2, 0, 1, 0])
})

test('equal keys with different content stay apart, with a warning; the same row twice is one; again changes nothing', async () => {
  const lines = ['company,title,notes', 'A,B,one', 'A,B,two', 'A,B,one', 'a,b,three']
  const first = await send(lines)
  expect(await codesOf(first.id)).toEqual(['2 created', '3 created same_key', '4 skipped duplicate_row', '5 created same_key'])
  expect(first.warnings).toMatchObject([
    { row: 3, message: 'has the same company, title and location as row 2 but says something else, so both were added' },
    { row: 5 },
  ])
  const before = await canonicalDump(t.app)
  for (const on_duplicate of ['skip', 'update']) expect(counts(await send(lines, { on_duplicate }))).toEqual([0, 0, 4, 0])
  expect(await canonicalDump(t.app)).toEqual(before)
  // One of three is gone for good: its row comes again, and does not take another's place.
  const [job] = (await t.client.jobs.list({ query: { q: 'two' } })).items
  await t.client.jobs.delete({ params: { id: job?.id as string }, query: { permanent: true } })
  expect(await codesOf((await send(lines)).id)).toEqual([
    '2 skipped already_imported',
    '3 created',
    '4 skipped duplicate_row',
    '5 skipped already_imported',
  ])
})

test('a row finds its record by its fingerprint, whatever the person has made of it', async () => {
  const lines = ['company,title', 'Old name,Old title']
  await send(lines)
  const [job] = (await t.client.jobs.list()).items
  await t.client.jobs.update({ params: { id: job?.id as string }, body: { company: 'New name', title: 'New title' } })
  for (const on_duplicate of ['skip', 'update']) expect(counts(await send(lines, { on_duplicate }))).toEqual([0, 0, 1, 0])
  await t.client.jobs.delete({ params: { id: job?.id as string } })
  expect(await codesOf((await send(lines)).id)).toEqual(['2 skipped in_trash'])
  expect(counts(await send(lines, { on_duplicate: 'create' }))).toEqual([1, 0, 0, 0])
})

test('update brings in what a row says, leaves what it does not, and says when there is nothing new', async () => {
  const job = await add({
    notes: 'mine',
    location: null,
    salary_min: 1,
    salary_max: 2,
    salary_currency: 'EUR',
    tags: ['kept'],
    priority: 3,
  })
  const lines = ['company,title,location,notes,salary_min,tech_stack', 'northwind,engineer,,from the file,9,Go', 'Other,Job,,,,']
  const done = await send(lines, { on_duplicate: 'update' })
  expect(counts(done)).toEqual([1, 1, 0, 0])
  expect(await t.client.jobs.get({ params: { id: job.id } })).toMatchObject({
    company: 'northwind',
    notes: 'from the file',
    salary_min: 9,
    salary_max: null,
    salary_currency: null,
    tech_stack: ['Go'],
    tags: ['kept'],
    priority: 3,
    version: 2,
  })
  expect(await codesOf((await send(['company,title,tags', 'northwind,engineer,kept'], { on_duplicate: 'update' })).id)).toEqual([
    '2 skipped unchanged',
  ])
  // Found here before, now to be brought up to date: the fingerprint alone is no reason to leave it.
  await send(['company,title,source', 'northwind,engineer,Referral'])
  expect(counts(await send(['company,title,source', 'northwind,engineer,Referral'], { on_duplicate: 'update' }))).toEqual([0, 1, 0, 0])
})

test('create adds another of everything', async () => {
  await add({})
  expect(counts(await send(['company,title', 'Northwind,Engineer', 'Northwind,Engineer'], { on_duplicate: 'create' }))).toEqual([
    2, 0, 0, 0,
  ])
})

const tracker = 'company,title,status,applied_on'

test('applications link to the jobs that are here, by id, address, or company and title', async () => {
  const byId = await add({ title: 'By id' })
  const byUrl = await add({ title: 'By url', url: 'https://northwind.example/2' })
  const byName = await add({ title: 'By name', location: 'Lisbon' })
  const lines = [
    'job_id,company,title,url,status',
    `${byId.id},,,,applied`,
    ',,By url,https://northwind.example/2?utm_source=x,applied',
    ',northwind,by NAME,,applied',
    ',Nobody,Nothing,,applied',
    '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e,,,,applied',
    '17,,,,applied',
  ].map((line) => line.replace(',,By url', ',Northwind,By url'))
  const done = await send(lines, { kind: 'applications' })
  expect(await codesOf(done.id)).toEqual([
    '2 created no_date',
    '3 created no_date',
    '4 created no_date',
    '5 failed no_job',
    '6 failed no_job',
    '7 failed invalid_id',
  ])
  const { items } = await t.client.applications.list()
  expect(items.map(({ job_id }) => job_id).toSorted()).toEqual([byId.id, byUrl.id, byName.id].toSorted())
  expect((await t.client.jobs.list()).total.value).toBe(3)
})

test('applications by an address alone', async () => {
  const job = await add({ url: 'https://northwind.example/2' })
  const done = await send(
    ['Job URL,Status,Applied', 'https://northwind.example/2,applied,2026-01-05', 'https://northwind.example/3,applied,2026-01-05'],
    { kind: 'applications' },
  )
  expect(await codesOf(done.id)).toEqual(['2 created', '3 failed no_job'])
  expect((await t.client.applications.list()).items).toMatchObject([{ job_id: job.id }])
})

test('jobs are added only where that is asked for, or nothing else could be meant', async () => {
  const lines = [tracker, 'A,B,applied,2026-01-05']
  expect(counts(await send(lines, { kind: 'applications' }))).toEqual([0, 0, 0, 1])
  expect(counts(await send(lines, { mapping: { create_jobs: false } }))).toEqual([0, 0, 0, 1])
  await t.app.pool.query('truncate import_mappings')
  expect(counts(await send(lines))).toEqual([1, 0, 0, 0])
})

test('an application goes on, never back', async () => {
  await send([tracker, 'A,B,interview,2026-01-05'])
  const [before] = (await t.client.applications.list()).items
  expect(counts(await send([tracker, 'A,B,applied,2026-01-05'], { on_duplicate: 'update' }))).toEqual([0, 0, 1, 0])
  expect((await t.client.applications.list()).items).toEqual([before])
  const on = await send([`${tracker},notes,follow_up_on`, 'A,B,rejected,2026-01-05,no luck,2026-02-01'], { on_duplicate: 'update' })
  expect(counts(on)).toEqual([0, 1, 0, 0])
  expect((await t.client.applications.list()).items).toMatchObject([
    { status: 'rejected', notes: 'no luck', follow_up_on: '2026-02-01', applied_on: '2026-01-05' },
  ])
  expect(counts(await send([tracker, 'A,B,interview,2026-01-05'], { on_duplicate: 'update' }))).toEqual([0, 0, 1, 0])
})

test('a stage moved here by hand is not moved back by the file it came from', async () => {
  const lines = [tracker, 'A,B,applied,2026-01-05']
  await send(lines)
  const [application] = (await t.client.applications.list()).items
  await t.client.applications.update({
    params: { id: application?.id as string },
    body: { status: 'offer', offer_on: '2026-03-01', response_on: '2026-02-01' },
  })
  const before = await canonicalDump(t.app)
  for (const on_duplicate of ['skip', 'update']) {
    await send(lines, { on_duplicate })
    await send(
      lines.map((line) => line.replace('A,B', 'a,b')),
      { on_duplicate },
    )
  }
  expect(await canonicalDump(t.app)).toEqual(before)
})

test('dates that contradict what is known are told, row by row', async () => {
  await send(['company,title,status,applied_on,response_on', 'A,B,interview,2026-01-05,2026-02-01', 'C,D,interview,2026-01-05,2026-02-01'])
  const lines = ['company,title,status,response_on', 'A,B,offer,2026-01-01', 'C,D,offer,2026-01-20']
  const done = await send(lines, { on_duplicate: 'update', kind: 'applications' })
  expect(counts(done)).toEqual([0, 1, 0, 1])
  expect(done.errors).toMatchObject([{ row: 2, code: 'dates_out_of_order' }])
})

test('applied again: beside one that is open a second job, with a warning; after one that is closed the same job', async () => {
  const lines = [
    tracker,
    'EY,BA,Interview,2026-01-10',
    'EY,BA,No Response,2026-01-24',
    'Sage,BA,Rejected,2026-01-10',
    'Sage,BA,Applied,2026-03-01',
    'EY,Analyst,Applied,2026-01-10',
  ]
  const done = await send(lines)
  expect(await codesOf(done.id)).toEqual(['2 created', '3 created second_application', '4 created', '5 created', '6 created'])
  expect((await t.client.jobs.list()).total.value).toBe(4)
  expect((await t.client.applications.list()).total.value).toBe(5)
  const before = await canonicalDump(t.app)
  for (const on_duplicate of ['skip', 'update']) expect(counts(await send(lines, { on_duplicate }))).toEqual([0, 0, 5, 0])
  // A little changed, so that no fingerprint helps.
  expect(
    counts(
      await send(
        lines.map((line) => line.toUpperCase()),
        { kind: 'applications' },
      ),
    ),
  ).toEqual([0, 0, 5, 0])
  expect(await canonicalDump(t.app)).toEqual(before)
})

test('the preview says what the import does, and writes nothing', async () => {
  await add({})
  await send([tracker, 'A,B,interview,2026-01-05'])
  const lines = [
    tracker,
    'A,B,offer,2026-01-05',
    'A,B,offer,2026-02-05',
    'Northwind,Engineer,applied,2026-01-01',
    ',x,applied,',
    'Q,R,florp,',
    'Q,R,applied,2026-01-01',
    'Q,R,applied,2026-01-01',
  ]
  for (const on_duplicate of ['skip', 'update', 'create']) {
    for (const kind of ['jobs', 'applications']) {
      const body = { on_duplicate, kind, mapping: { create_jobs: true, ...(kind === 'jobs' ? { columns: { status: null } } : {}) } }
      const before = await canonicalDump(t.app)
      const preview = await send(lines, { ...body, dry_run: true })
      expect(await canonicalDump(t.app)).toEqual(before)
      const done = await send(lines, body)
      expect(counts(done), `${on_duplicate} ${kind}`).toEqual(counts(preview))
      expect(done.errors).toEqual(preview.errors)
      expect(done.warnings).toEqual(preview.warnings)
      await t.client.imports.undo({ params: { id: done.id } })
      expect(await canonicalDump(t.app)).toEqual(before)
    }
  }
})
