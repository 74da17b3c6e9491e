import { beforeAll, expect, test } from 'vitest'
import type { ApplicationFilter, ApplicationStatus } from '../../../contract/applications.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { selectApplications } from '../applications/applications.ts'
import { selectJobs } from '../jobs/jobs.ts'
import { findTopSkills, findTopSources, getAdded, getApplicationFigures, getJobFigures, getSent } from './figures.ts'
import { inIntervals } from './intervals.ts'

const t = useTestApp()

type Step = [status: ApplicationStatus, day: string]

async function apply(first: Step, ...rest: Step[]): Promise<void> {
  const job = await t.client.jobs.create({ body: { company: `Company ${first[1]}`, title: 'Engineer' } })
  const { id } = await t.client.applications.create({ body: { job_id: job.id, status: 'interested' } })
  for (const [to_status, occurred_on] of [first, ...rest]) {
    await t.client.applications.addEvent({ params: { id }, body: { to_status, occurred_on } })
  }
}

beforeAll(async () => {
  // The interest that each begins with is noted down on this day, before anything else.
  t.setNow('2026-01-01T12:00:00.000Z')
  await apply(['applied', '2026-01-05'], ['screening', '2026-01-08'], ['interview', '2026-01-12'], ['rejected', '2026-01-20'])
  await apply(['applied', '2026-01-07'], ['offer', '2026-01-17'], ['accepted', '2026-01-18'])
  await apply(['applied', '2026-01-26'], ['rejected', '2026-01-31'])
  await apply(['applied', '2026-01-27'], ['ghosted', '2026-03-20'])
  await apply(['applied', '2026-01-28'])
  await apply(['interview', '2026-02-02'])
  await apply(['withdrawn', '2026-02-03'])
  await apply(['interested', '2026-02-04'])
}, 60_000)

const selection = (filter: ApplicationFilter = {}) => selectApplications(t.app, t.app.localUser as never, filter, 'created_at')
const figuresOf = async (filter?: ApplicationFilter) => getApplicationFigures(t.app, await selection(filter))
const settings = { timezone: 'UTC', week_starts_on: 'monday' } as const

test('reached is what an event ever reached, out of those that were ever applied', async () => {
  expect(await figuresOf()).toEqual({
    total: 8,
    active: 3,
    applied: 6,
    first_on: '2026-01-05',
    last_on: '2026-01-28',
    response_rate: { value: 4 / 6, numerator: 4, denominator: 6 },
    interview_rate: { value: 3 / 6, numerator: 3, denominator: 6 },
    offer_rate: { value: 1 / 6, numerator: 1, denominator: 6 },
    acceptance_rate: { value: 1 / 6, numerator: 1, denominator: 6 },
    days_to_response: { median: 5, n: 3, still_open: 1 },
  })
})

test('only what the list shows is counted', async () => {
  expect(await figuresOf({ applied_from: '2026-01-05', applied_to: '2026-01-07' })).toMatchObject({
    total: 2,
    applied: 2,
    interview_rate: { numerator: 2 },
    days_to_response: { median: 6.5, n: 2, still_open: 0 },
  })
  expect(await figuresOf({ status: ['interested'] })).toMatchObject({
    total: 1,
    applied: 0,
    first_on: null,
    response_rate: { value: null, numerator: 0, denominator: 0 },
    days_to_response: { median: null, n: 0 },
  })
})

test('what was sent falls into weeks, empty ones too; into months or years where weeks would be too many', async () => {
  const sent = async (most: number) => getSent(t.app, await selection(), { most, settings })
  expect(await sent(10)).toEqual({
    interval: 'week',
    points: [
      { start: '2026-01-05', value: 2 },
      { start: '2026-01-12', value: 0 },
      { start: '2026-01-19', value: 0 },
      { start: '2026-01-26', value: 3 },
    ],
  })
  expect(await sent(3)).toEqual({ interval: 'month', points: [{ start: '2026-01-01', value: 5 }] })
})

test('intervals begin where the person has it, and a wrong year makes no thousands', () => {
  const days = [
    { day: '1026-01-31', n: 1 },
    { day: '2025-12-31', n: 2 },
    { day: '2026-01-03', n: 3 },
    { day: '2026-01-04', n: 4 },
  ]
  const starts = (interval: 'week' | 'month' | 'year', weekStartsOn: 'monday' | 'saturday' | 'sunday', most: number) =>
    inIntervals(days, interval, weekStartsOn, most).map(({ start, value }) => `${start} ${value}`)
  expect(starts('week', 'monday', 2)).toEqual(['2025-12-22 0', '2025-12-29 9'])
  expect(starts('week', 'sunday', 2)).toEqual(['2025-12-28 5', '2026-01-04 4'])
  expect(starts('week', 'saturday', 2)).toEqual(['2025-12-27 2', '2026-01-03 7'])
  expect(starts('month', 'monday', 3)).toEqual(['2025-11-01 0', '2025-12-01 2', '2026-01-01 7'])
  expect(starts('year', 'monday', 3)).toEqual(['2024-01-01 0', '2025-01-01 2', '2026-01-01 7'])
  expect(inIntervals([], 'week', 'monday', 5)).toEqual([])
})

test('skills are one whatever their case, and spelt as most spell them; likewise sources', async () => {
  t.setNow('2026-05-31T22:30:00.000Z')
  const stacks = [['TypeScript', 'Go'], ['typescript'], ['TypeScript', 'C++'], []]
  for (const [at, tech_stack] of stacks.entries()) {
    const source = at === 0 ? 'linkedin' : at === 3 ? null : 'LinkedIn'
    await t.client.jobs.create({ body: { company: 'Babel', title: 'Engineer', tech_stack, source, remote_option: at ? 'remote' : null } })
  }
  const jobs = await selectJobs(t.app, t.app.localUser as never, { company: ['babel'] }, 'created_at')
  expect(await findTopSkills(t.app, jobs, 2)).toEqual([
    { name: 'TypeScript', jobs: 3 },
    { name: 'C++', jobs: 1 },
  ])
  expect(await findTopSources(t.app, jobs, 5)).toEqual([{ name: 'LinkedIn', jobs: 3 }])
  expect(await getJobFigures(t.app, jobs, 'Europe/Lisbon')).toMatchObject({
    total: 4,
    open: 4,
    applied: 0,
    remote: 3,
    first_on: '2026-05-31',
  })
  // where it is the first of June already
  expect(await getJobFigures(t.app, jobs, 'Asia/Tokyo')).toMatchObject({ first_on: '2026-06-01', last_on: '2026-06-01' })
  const added = await getAdded(t.app, jobs, { most: 5, settings: { ...settings, timezone: 'Asia/Tokyo' } })
  expect(added.points).toEqual([{ start: '2026-06-01', value: 4 }])
})
