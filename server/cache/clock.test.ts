import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type ApplicationFilter, ApplicationStatus, applicationSorts } from '../../contract/applications.ts'
import { type JobFilter, jobSorts } from '../../contract/jobs.ts'
import { useTestApp } from '../../testing/test-app.ts'
import { getDashboard } from '../features/analytics/dashboard.ts'
import { findApplications } from '../features/applications/applications.ts'
import { findJobs } from '../features/jobs/jobs.ts'

/** Time passes and nobody writes: what is kept is given again only while the clock makes no difference. */

const t = useTestApp()
const start = Date.parse('2026-11-22T08:00:00.000Z')
const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString()

beforeAll(async () => {
  t.setNow(at(0))
  await t.client.settings.update({ body: { timezone: 'Asia/Kathmandu' } })
  for (let n = 0; n < 8; n++) {
    const { id: job_id } = await t.client.jobs.create({
      body: { company: `Marulho ${n}`, title: 'Engineer', deadline_on: '2026-11-23', posted_on: '2026-11-21' },
    })
    const { id } = await t.client.applications.create({
      body: { job_id, applied_on: '2026-11-20', follow_up_on: `2026-11-2${2 + (n % 3)}` },
    })
    for (let round = 0; round < n % 4; round++) {
      const body = { starts_at: at(60 * (round * 7 + n)), duration_minutes: round === 1 ? null : 30 * (n % 3) + 15 }
      await t.client.applications.addInterview({ params: { id }, body })
    }
  }
})

const day = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23')
const sortOf = <S extends string>(sorts: readonly S[]) => fc.constantFrom(...sorts, ...sorts.map((sort) => `-${sort}` as const))
/** One for every filter there is: a new one does not compile without. */
type OneOfEach<F> = { [Name in keyof Required<F>]: fc.Arbitrary<unknown> }

const ofApplications: OneOfEach<ApplicationFilter> = {
  q: fc.constantFrom('marulho', 'marlho', 'engineer'),
  status: fc.constantFrom(...ApplicationStatus.options).map((one) => [one]),
  job_id: fc.constant(['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']),
  applied_from: day,
  applied_to: day,
  follow_up_from: day,
  follow_up_to: day,
  interview_from: day,
  interview_to: day,
  silent_days_min: fc.nat(3),
  deleted: fc.constantFrom('only', 'include'),
}
const { interview_from, interview_to, silent_days_min } = ofApplications
const ofTime = { interview_from, interview_to, silent_days_min }

const ofJobs: OneOfEach<JobFilter> = {
  q: fc.constantFrom('marulho', 'marlho', 'engineer'),
  company: fc.constant(['Marulho']),
  location: fc.constant(['Lisbon']),
  remote_option: fc.constant(['remote']),
  job_type: fc.constant(['full_time']),
  salary_currency: fc.constant(['EUR']),
  salary_period: fc.constant(['year']),
  status: fc.constant(['open']),
  application_status: fc.constantFrom(['applied'], ['interview']),
  source: fc.constant(['Referral']),
  tech_stack: fc.constant(['Go']),
  tech_stack_any: fc.constant(['Go']),
  tags: fc.constant(['dream']),
  salary_min: fc.constant(1),
  salary_max: fc.constant(1_000_000),
  posted_from: day,
  posted_to: day,
  created_from: day,
  created_to: day,
  has_application: fc.boolean(),
  deleted: fc.constantFrom('only', 'include'),
}

/** A few filters at a time, so that something is left. */
const some = (filters: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .subarray(Object.keys(filters), { maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, filters[name] as fc.Arbitrary<unknown>]))))

// Minutes from the start, also backwards: a clock may be put right.
const moments = fc.array(fc.oneof(fc.nat(14 * 60), fc.nat(4 * 24 * 60)), { minLength: 3, maxLength: 8 })

test('lists of applications, with every filter and sort', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(some(ofApplications), some(ofTime)), sortOf(applicationSorts), moments, async (filter, sort, minutes) => {
      const query = { ...(filter as ApplicationFilter), sort, limit: 50 }
      for (const minute of minutes) {
        t.setNow(at(minute))
        const answer = await t.client.applications.list({ query })
        expect(answer, `${minute} minutes later`).toEqual(await findApplications(t.app, t.app.localUser, query))
      }
    }),
    { numRuns: 60 },
  )
  // Half of these are never kept, and any moment may be the first of its day: some hits are what is certain.
  expect(t.app.cache.counts()['/applications']?.hit).toBeGreaterThan(3)
})

test('what follows from the clock itself is made anew for everybody', async () => {
  for (const query of [
    'interview_from=2026-11-23',
    'interview_to=2026-11-23',
    'silent_days_min=1',
    'sort=interview_at',
    'sort=-interview_at',
  ]) {
    const answer = await t.send('GET', `/api/v1/applications?${query}`)
    expect([answer.status, answer.headers.get('server-timing')], query).toEqual([200, null])
  }
})

test('lists of jobs, with every filter and sort', async () => {
  await fc.assert(
    fc.asyncProperty(some(ofJobs), sortOf(jobSorts), moments, async (filter, sort, minutes) => {
      const query = { ...(filter as JobFilter), sort, limit: 50 }
      for (const minute of minutes) {
        t.setNow(at(minute))
        expect(await t.client.jobs.list({ query }), `${minute} minutes later`).toEqual(await findJobs(t.app, t.app.localUser, query))
      }
    }),
    { numRuns: 40 },
  )
  expect(t.app.cache.counts()['/jobs']?.hit).toBeGreaterThan(3)
})

test('what Today shows: interviews that come and go, silences that grow, days that end', async () => {
  const path = '/analytics/dashboard'
  // To the minute and over weeks: what it says of a silence turns at the minute of the last event.
  const minutes = fc.array(fc.oneof(fc.nat(14 * 60), fc.nat(30 * 24 * 60)), { minLength: 3, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(minutes, async (minutes) => {
      for (const minute of minutes.flatMap((minute) => [minute, minute + 1])) {
        t.setNow(at(minute))
        expect(await t.client.analytics.dashboard(), `${minute} minutes later`).toEqual(await getDashboard(t.app, t.app.localUser))
      }
    }),
    { numRuns: 40 },
  )
  expect(t.app.cache.counts()[path]?.hit).toBeGreaterThan(3)
  expect(t.app.cache.counts()[path]?.miss).toBeGreaterThan(3)
})
