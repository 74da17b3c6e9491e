import { beforeAll, expect, test } from 'vitest'
import { applicationFilter, applicationSorts } from '../../../contract/applications.ts'
import type { ExportKind } from '../../../contract/exports.ts'
import { jobFilter, jobSorts } from '../../../contract/jobs.ts'
import { readOwnCsv } from '../../../testing/own-csv.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

type Query = Record<string, unknown>

const cities = ['Lisbon', 'Kraków', 'Berlin', null]
const stacks = [['TypeScript', 'PostgreSQL'], ['C++'], ['TypeScript'], []]
const statuses = ['interested', 'applied', 'screening', 'rejected', 'offer', 'ghosted'] as const
const day = (at: number) => `2026-0${1 + (at % 9)}-${10 + (at % 18)}`

beforeAll(async () => {
  for (let at = 0; at < 48; at++) {
    t.setNow(`${day(at)}T${10 + (at % 12)}:00:00.000Z`)
    const job = await t.client.jobs.create({
      body: {
        company: ['acme labs', 'Ácme', 'Zeta', 'northwind'][at % 4] as string,
        title: ['Engineer', 'Designer', 'engineer, platform'][at % 3] as string,
        location: cities[at % 4] as string | null,
        remote_option: at % 2 ? 'remote' : 'onsite',
        job_type: at % 5 ? 'full_time' : 'contract',
        description: at % 3 ? 'build reliable things' : null,
        salary_min: at % 4 ? 30_000 + at * 500 : null,
        salary_max: at % 4 ? 50_000 + at * 500 : null,
        salary_currency: at % 4 ? (at % 2 ? 'EUR' : 'PLN') : null,
        salary_period: at % 8 === 1 ? 'month' : 'year',
        tech_stack: stacks[at % 4] as string[],
        tags: at % 6 ? [] : ['dream job'],
        source: at % 3 ? 'Referral' : 'LinkedIn',
        status: at % 7 ? 'open' : 'closed',
        priority: at % 6,
        posted_on: at % 5 ? day(at + 3) : null,
        deadline_on: at % 4 ? null : day(at + 5),
      },
    })
    if (at % 3 !== 0) {
      const application = await t.client.applications.create({
        body: {
          job_id: job.id,
          applied_on: at % 2 ? day(at) : null,
          ...(at % 2 ? {} : { status: 'interested' as const }),
          follow_up_on: at % 4 ? null : day(at + 2),
          notes: at % 5 ? null : 'recruiter called back',
          contacts: at % 7 ? [] : [{ name: 'Ana Moreira' }],
          interviews: at % 4 === 1 ? [{ starts_at: `2027-01-${10 + (at % 15)}T09:00:00Z` }] : [],
        },
      })
      await t.client.applications.update({ params: { id: application.id }, body: { status: statuses[at % statuses.length] ?? 'applied' } })
      if (at % 16 === 1) await t.client.applications.delete({ params: { id: application.id } })
    }
    if (at % 11 === 0) await t.client.jobs.delete({ params: { id: job.id } })
  }
  t.setNow('2026-11-22T12:00:00.000Z')
  await t.app.pool.query('update jobs set match_score = priority * 20 where priority > 1')
}, 120_000)

const jobQueries: Query[] = [
  { q: 'engineer' },
  { q: '"reliable things" -designer' },
  { q: "it's a 100% \\ 'quoted' $1 word" },
  { company: ['acme'] },
  { company: ['acme', 'zeta'] },
  { location: ['krakow'] },
  { remote_option: ['remote'] },
  { job_type: ['contract'] },
  { salary_currency: ['EUR', 'USD'] },
  { salary_period: ['month'] },
  { status: ['closed'] },
  { application_status: ['applied', 'rejected'] },
  { source: ['LinkedIn'] },
  { tech_stack: ['typescript', 'postgresql'] },
  { tech_stack_any: ['c++', 'postgresql'] },
  { tags: ['Dream job'] },
  { salary_min: 60_000.5 },
  { salary_max: 40_000 },
  { posted_from: '2026-03-01', posted_to: '2026-06-30' },
  { created_from: '2026-02-01', created_to: '2026-05-31' },
  { has_application: true },
  { has_application: false },
  { deleted: 'only' },
  { deleted: 'include' },
  { q: 'eng', status: ['open'], remote_option: ['onsite', 'remote'], salary_min: 1, deleted: 'include' },
]

const applicationQueries: Query[] = [
  { q: 'zeta' },
  { q: 'ana moreira' },
  { status: ['applied', 'offer'] },
  { job_id: [] },
  { applied_from: '2026-03-01', applied_to: '2026-07-31' },
  { follow_up_from: '2026-02-01', follow_up_to: '2026-08-31' },
  { interview_from: '2027-01-12', interview_to: '2027-01-20' },
  { silent_days_min: 90 },
  { deleted: 'only' },
  { deleted: 'include' },
]

/** The list whole: by pages, as everybody else reads it. */
async function everything(kind: ExportKind, query: Query): Promise<unknown[]> {
  const items: unknown[] = []
  let cursor: string | null = null
  do {
    const call = { query: { ...query, limit: 20, ...(cursor ? { cursor } : {}) } as never }
    const page: { items: unknown[]; next_cursor: string | null } = await t.client[kind].list(call)
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return items
}

async function exported(kind: ExportKind, query: Query) {
  const json = await (await t.client.exports[kind]({ query: { ...query, format: 'json' } as never })).json()
  const csv = await (await t.client.exports[kind]({ query: { ...query, format: 'csv', fields: ['id', 'company'] } as never })).text()
  return { items: json.items as { id: string }[], filters: json.filters as Query, ids: readOwnCsv(csv).map((row) => row['id']) }
}

test('every filter of the lists is tried here', () => {
  const tried = (queries: Query[]) => [...new Set(queries.flatMap((query) => Object.keys(query)))].toSorted()
  expect(tried(jobQueries)).toEqual(Object.keys(jobFilter).toSorted())
  expect(tried(applicationQueries)).toEqual(Object.keys(applicationFilter).toSorted())
})

async function expectSame(kind: ExportKind, query: Query) {
  const [all, list, file] = [await everything(kind, {}), await everything(kind, query), await exported(kind, query)]
  expect(file.items).toEqual(list)
  expect(file.ids).toEqual(file.items.map(({ id }) => id))
  return { all, list, file }
}

test.each(jobQueries)('jobs of %o are those of the list', async (query) => {
  const { all, list, file } = await expectSame('jobs', query)
  expect(file.filters).toEqual(query)
  // else the filter would not have been tried
  if (!String(query['q']).includes('100%')) expect(list.length).toBeGreaterThan(0)
  expect(list).not.toEqual(all)
})

test.each(applicationQueries)('applications of %o are those of the list', async (query) => {
  const [first] = (await everything('applications', {})) as { job_id: string }[]
  const { all, list } = await expectSame('applications', 'job_id' in query ? { job_id: [first?.job_id] } : query)
  expect(list.length).toBeGreaterThan(0)
  expect(list).not.toEqual(all)
})

const bothWays = (names: readonly string[]) => names.flatMap((name) => [name, `-${name}`])

test.each(bothWays(jobSorts))('jobs by %s come in the order of the list, absent values last', async (sort) => {
  await expectSame('jobs', { sort })
})

test.each(bothWays(applicationSorts))('applications by %s come in the order of the list, absent values last', async (sort) => {
  await expectSame('applications', { sort })
})

test('days of a filter are those of where the person lives', async () => {
  const { items } = await exported('jobs', { created_from: '2026-02-11', created_to: '2026-02-11' })
  await t.client.settings.update({ body: { timezone: 'Pacific/Kiritimati' } })
  const there = await exported('jobs', { created_from: '2026-02-12', created_to: '2026-02-12' })
  await t.client.settings.update({ body: { timezone: 'UTC' } })
  expect(items.length).toBeGreaterThan(0)
  expect(there.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
})
