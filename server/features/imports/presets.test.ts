import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { ImportRow } from '../../../contract/imports.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { presets } from './mapping/presets.ts'

const t = useTestApp()

/** A file of each format, in its shape, of our own making. */
async function importFixture(name: string, body: object = {}) {
  const file = new Blob([await readFile(new URL(`../../../testing/fixtures/imports/presets/${name}.csv`, import.meta.url))])
  const preview = await t.client.imports.create({ file, filename: `${name}.csv`, body: { ...body, dry_run: true } })
  const done = await t.client.imports.create({ file, filename: `${name}.csv`, body })
  const { created, updated, skipped, failed } = preview
  expect(done).toMatchObject({ created, updated, skipped, failed, mapping: preview.mapping })
  const { items } = (await t.client.imports.rows({ params: { id: done.id }, query: { limit: 200 } })) as unknown as { items: ImportRow[] }
  const jobs = await Promise.all(items.map(async ({ job_id }) => (job_id ? t.client.jobs.get({ params: { id: job_id } }) : null)))
  const applications = await Promise.all(
    items.map(async ({ application_id }) => (application_id ? t.client.applications.get({ params: { id: application_id } }) : null)),
  )
  return { done, jobs, applications }
}
const eventsOf = async (id: string) =>
  (await t.client.applications.listEvents({ params: { id } })).items.map(({ to_status, occurred_on }) => [to_status, occurred_on])

test('every preset has a fixture here', async () => {
  const source = await readFile(new URL(import.meta.url), 'utf8')
  for (const { name } of presets) expect(source).toContain(`importFixture('${name.replaceAll('_', '-')}'`)
})

test('LinkedIn: applications, without what is personal unless asked for', async () => {
  const { done, jobs, applications } = await importFixture('linkedin-applications')
  expect(done).toMatchObject({
    preset: 'linkedin_applications',
    kind: 'applications',
    created: 2,
    failed: 0,
    unmapped_columns: ['Resume Name'],
  })
  expect(jobs[0]).toMatchObject({ company: 'Northwind Labs', url: 'http://www.linkedin.com/jobs/view/3758269446', source: 'LinkedIn' })
  expect(applications).toMatchObject([
    { status: 'applied', applied_on: '2023-07-06', contacts: [], notes: null },
    { status: 'applied', applied_on: '2026-01-02', contacts: [] },
  ])
  await t.client.imports.undo({ params: { id: done.id } })
  const asked = await importFixture('linkedin-applications', { mapping: { include_personal: true } })
  expect(asked.applications[0]).toMatchObject({
    contacts: [{ email: 'ana@mail.example', phone: '+1 555 0100' }],
    notes: 'Question And Answers: How many years?:6 | May we call you?:Yes',
  })
})

test('LinkedIn: saved jobs', async () => {
  const { done, jobs } = await importFixture('linkedin-saved-jobs')
  expect(done).toMatchObject({ preset: 'linkedin_saved_jobs', kind: 'jobs', created: 1 })
  expect(jobs).toMatchObject([
    { company: 'Fabrikam', title: 'Site Reliability Engineer', created_at: '2026-03-14T12:00:00.000Z', application_status: null },
  ])
})

test('Huntr', async () => {
  const { done, jobs, applications } = await importFixture('huntr')
  expect(done).toMatchObject({ preset: 'huntr', created: 2, warnings: [] })
  expect(jobs).toMatchObject([
    {
      location: 'Berlin',
      description: 'We build boards.\n\n• React\n• CSS',
      salary_min: 55_000,
      salary_currency: 'EUR',
      deadline_on: '2022-03-01',
      created_at: '2022-01-10T09:30:00.000Z',
    },
    { location: null, url: null, description: null, salary_min: null },
  ])
  expect(applications).toMatchObject([
    { status: 'applied', applied_on: '2022-01-20', status_since: '2022-01-20' },
    { status: 'interested', applied_on: null, status_since: '2022-01-11' },
  ])
  // Moved on at Huntr since: the same id is the same application.
  const moved = (await readFile(new URL('../../../testing/fixtures/imports/presets/huntr.csv', import.meta.url), 'utf8'))
    .replace('2022-01-20 10:00:00', '2022-02-01 10:00:00')
    .replace(',Applied,', ',Interview,')
    .replace('Frontend Engineer', 'Frontend Engineer (m/f/d)')
  const again = await t.client.imports.create({ file: new Blob([moved]), body: { on_duplicate: 'update' } })
  expect(again).toMatchObject({ created: 0, updated: 1, skipped: 1 })
  expect(await t.client.applications.get({ params: { id: applications[0]?.id as string } })).toMatchObject({
    status: 'interview',
    status_since: '2022-02-01',
    applied_on: '2022-01-20',
  })
})

test('Teal', async () => {
  const { done, jobs, applications } = await importFixture('teal')
  expect(done).toMatchObject({ preset: 'teal', created: 2, failed: 0 })
  expect(jobs).toMatchObject([
    {
      title: 'Product Designer',
      priority: 4,
      salary_min: 60_000,
      salary_max: 70_000,
      salary_currency: 'EUR',
      salary_period: 'year',
      status: 'open',
    },
    { title: 'Design Lead', priority: 0, status: 'archived' },
  ])
  expect(applications).toMatchObject([
    { status: 'applied', applied_on: '2026-02-03', follow_up_on: '2026-02-10' },
    { status: 'interested', applied_on: null },
  ])
})

test('Simplify', async () => {
  const { done, jobs, applications } = await importFixture('simplify')
  expect(done).toMatchObject({ preset: 'simplify', created: 2, failed: 0 })
  expect(jobs).toMatchObject([
    { status: 'archived', job_type: 'full_time', location: 'Seattle, WA' },
    { location: null, url: null, job_type: null },
  ])
  expect(applications).toMatchObject([
    { status: 'rejected', applied_on: '2026-01-15', response_on: '2026-02-01', status_since: '2026-02-01', notes: 'Nice people' },
    { status: 'interested', applied_on: null, status_since: '2026-01-20', notes: null },
  ])
})

test('Careerflow: one date for each stage makes the whole history', async () => {
  const { done, jobs, applications } = await importFixture('careerflow')
  expect(done).toMatchObject({ preset: 'careerflow', created: 1 })
  expect(jobs).toMatchObject([{ tags: ['dream', 'remote'], salary_min: 40_000, salary_max: 48_000, salary_period: 'year' }])
  expect(applications).toMatchObject([
    { status: 'rejected', applied_on: '2026-01-05', response_on: '2026-01-19', status_since: '2026-01-30' },
  ])
  expect(await eventsOf(applications[0]?.id as string)).toEqual([
    ['applied', '2026-01-05'],
    ['interview', '2026-01-19'],
    ['rejected', '2026-01-30'],
  ])
})

test('JobSync', async () => {
  const { done, jobs, applications } = await importFixture('jobsync')
  expect(done).toMatchObject({ preset: 'jobsync', created: 3, failed: 0, status_mapping: { Expired: 'ghosted' } })
  expect(jobs).toMatchObject([
    { remote_option: 'remote', source: 'Indeed' },
    { job_type: 'contract', remote_option: null },
    { remote_option: 'hybrid' },
  ])
  expect(applications).toMatchObject([
    { status: 'interview', applied_on: '2026-03-02' },
    { status: 'interested', applied_on: null },
    { status: 'ghosted', applied_on: '2026-03-04' },
  ])
})

test('Career Copilot: jobs', async () => {
  const { done, jobs, applications } = await importFixture('career-copilot-jobs')
  expect(done).toMatchObject({ preset: 'career_copilot_jobs', created: 2, failed: 0, unmapped_columns: [] })
  expect(jobs).toMatchObject([
    { tech_stack: ['Python', 'PyTorch'], salary_currency: 'EUR', remote_option: 'hybrid', url: 'https://northwind.example/ml' },
    { tech_stack: ['Docker', 'C++'], job_type: 'contract' },
  ])
  expect(applications).toMatchObject([{ status: 'applied', applied_on: '2026-04-01', notes: 'Ask Ana' }, { status: 'interested' }])
})

test('Career Copilot: applications, whose ids are of no use here, say so row by row', async () => {
  const { done } = await importFixture('career-copilot-applications')
  expect(done).toMatchObject({ preset: 'career_copilot_applications', created: 0, failed: 1 })
  expect(done.errors).toMatchObject([{ row: 2, column: 'job_id', value: '1', code: 'invalid_id' }])
})

test('Glassdoor', async () => {
  const { done, jobs } = await importFixture('glassdoor')
  expect(done).toMatchObject({ preset: 'glassdoor', kind: 'jobs', created: 2, failed: 0 })
  expect(jobs).toMatchObject([
    { company: 'Northwind Labs', salary_min: 37_000, salary_max: 66_000, salary_currency: 'USD', source: 'Glassdoor', priority: 0 },
    { company: 'Contoso', location: null, salary_min: null },
  ])
})

test('a column with a history of stages', async () => {
  const { done, applications } = await importFixture('stage-history')
  expect(done).toMatchObject({ preset: null, kind: 'applications', created: 1, failed: 0 })
  expect(await eventsOf(applications[0]?.id as string)).toEqual([
    ['applied', '2024-11-05'],
    ['screening', '2024-11-08'],
    ['interview', '2024-11-12'],
    ['rejected', '2024-11-20'],
  ])
})
