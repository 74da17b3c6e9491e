import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPostings } from '../../../bench/search-account.ts'
import { type SearchCase, searchCases } from '../../../bench/search-cases.ts'
import type { JobFilter, JobSort } from '../../../contract/jobs.ts'
import { isScanned, plansOf, rowsVisited } from '../../../testing/plans.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** The shapes of search that are supported, each with the plan that PostgreSQL really used, at 100,000 jobs beside other people's. */

// Under policies PostgreSQL may not look up words and marks in an index: see docs/decisions/0020-row-security.md.
const t = useTestApp({ ROW_SECURITY: 'off' })
const jobs = 100_000
const page = 50
/** Rows looked at for each of a page: the farthest walk there is, and what a look-up gathers. */
const visitedPerRow = 500
/** Rows looked at for each that is counted, and before it is clear how few there are. */
const visitedPerCounted = 12
const visitedAtFirst = 1_000
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landed-plans-'))
  // What plans depend on is how many rows have a word, not how long they are.
  await loadPostings(t.app, folder, jobs, 20, 300)
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Asks, and holds each statement against what may be looked at for a page. */
async function expectBounded({ name, path }: SearchCase): Promise<void> {
  let status = 0
  const plans = await plansOf(async () => {
    // What is kept would hide the plan.
    await t.app.pool.query('update user_generations set generation = gen_random_uuid()')
    status = (await t.send('GET', path)).status
  })
  expect(status, name).toBe(200)
  const reading = plans.filter(({ nodes }) => nodes.some((node) => node['Relation Name'] === 'jobs'))
  if (path.startsWith('/api/v1/jobs')) expect(reading.length, name).toBeGreaterThan(0)
  for (const plan of reading) {
    const said = `${name}: ${plan.statement.replace(/\s+/g, ' ').slice(0, 200)}`
    const counted = /^\s*select count/i.test(plan.statement)
      ? (plan.nodes.find((node) => node['Node Type'] === 'Limit')?.['Actual Rows'] ?? 0)
      : null
    // Counting most of a table may rightly read it.
    if (counted === null) expect(isScanned(plan, 'jobs'), `${said} reads everything`).toBe(false)
    const most = counted === null ? visitedPerRow * page : visitedPerCounted * counted + visitedAtFirst
    expect(rowsVisited(plan, 'jobs'), said).toBeLessThanOrEqual(most)
  }
}

const listOf = (query: JobFilter & { sort?: JobSort; highlight?: boolean }): SearchCase => {
  const parameters = new URLSearchParams({ limit: String(page) })
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(name, String(one))
  return { name: JSON.stringify(query), path: `/api/v1/jobs?${parameters}` }
}

test('every kind of search, every sort from the start and further on, suggestions', async () => {
  const cases = await searchCases(t.app, jobs)
  expect(cases.length).toBeGreaterThan(50)
  for (const one of cases) await expectBounded(one)
}, 120_000)

describe('every filter', () => {
  /** A new one does not compile without. `deleted=include` is the union that has no index. */
  const filters: { [Name in keyof Required<JobFilter>]: JobFilter[Name][] } = {
    q: ['platform', '"data engineer"', 'qqzzxx '],
    company: [['Acme'], ['nobody of this name']],
    location: [['Berlin'], ['nowhere']],
    remote_option: [['remote'], ['onsite', 'hybrid']],
    job_type: [['contract']],
    salary_currency: [['EUR'], ['JPY']],
    salary_period: [['hour']],
    status: [['open'], ['archived', 'closed']],
    application_status: [['interview']],
    source: [['LinkedIn'], ['nowhere']],
    tech_stack: [['Go'], ['Go', 'C++', 'R']],
    tech_stack_any: [['Go', 'Rust']],
    tags: [['dream job']],
    salary_min: [90_000, 900_000],
    salary_max: [20_000, 900_000],
    posted_from: ['2026-06-01'],
    posted_to: ['2026-06-01'],
    created_from: ['2026-11-01'],
    created_to: ['2026-11-01'],
    has_application: [true, false],
    deleted: ['only'],
  }

  test.each(Object.entries(filters))('%s, alone, by name, with a search and with others', async (name, values) => {
    for (const value of values) {
      const filter = { [name]: value } as JobFilter
      await expectBounded(listOf(filter))
      await expectBounded(listOf({ ...filter, sort: 'company' }))
      await expectBounded(listOf({ q: 'platform', ...filter, sort: 'relevance', highlight: true }))
      await expectBounded(listOf({ status: ['open'], remote_option: ['remote'], ...filter }))
    }
  })
})
