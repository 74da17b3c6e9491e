import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Application,
  type ApplicationFilter,
  type ApplicationInput,
  ApplicationSort,
  ApplicationStatus,
  openStatuses,
} from '../../../contract/applications.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const zone = 'Pacific/Auckland'
const now = '2026-03-20T10:00:00.000Z'
const companies = ['Acme', 'ácme', 'Beta', 'Zeta']
// Around midnights of that zone, which are at 11:00 in UTC.
const starts = ['2026-03-21T10:59:59.999Z', '2026-03-21T11:00:00.000Z', '2026-03-25T08:00:00.000Z', '2026-03-19T08:00:00.000Z']
const days = ['2026-03-01', '2026-03-10', '2026-03-19']
const ahead = ['2026-03-21', '2026-03-25', '2026-04-01']

let everything: Application[] = []
/** When each last had an event: silence is counted from there. */
const lastEvent = new Map<string, string>()

beforeAll(async () => {
  await t.client.settings.update({ body: { timezone: zone } })
  for (let at = 0; at < 70; at++) {
    const instant = `2026-03-${String((at % 19) + 1).padStart(2, '0')}T10:00:00.000Z`
    t.setNow(instant)
    const job = await t.client.jobs.create({ body: { company: companies[at % 4] as string, title: at % 3 ? 'Engineer' : 'Writer' } })
    const status = ApplicationStatus.options[at % 10] as ApplicationStatus
    const interviews = at % 5 === 0 ? [{ starts_at: starts[(at / 5) % 4] }, { starts_at: '2026-03-30T08:00:00.000Z' }] : []
    const { id } = await t.client.applications.create({
      body: {
        job_id: job.id,
        status,
        ...(at % 2 && status !== 'interested' ? { applied_on: '2026-02-01' } : {}),
        follow_up_on: at % 3 === 0 ? (ahead[(at / 3) % 3] as string) : null,
        notes: at % 7 === 0 ? 'Referral by Zoë' : null,
        contacts: at % 6 === 0 ? [{ name: 'Ana Moreira', email: 'ana@example.com' }] : [],
        interviews: interviews as ApplicationInput['interviews'],
      },
    })
    const events = (await t.client.applications.listEvents({ params: { id } })).items
    lastEvent.set(id, events.at(-1)?.occurred_at as string)
    if (at % 11 === 5) await t.client.applications.delete({ params: { id } })
  }
  t.setNow(now)
  everything = await walk({ deleted: 'include', sort: 'created_at' }, 200)
  expect(everything).toHaveLength(70)
})

type Query = ApplicationFilter & { sort?: ApplicationSort }
const page = (query: Query, limit: number, cursor?: string | null) =>
  t.client.applications.list({ query: { ...query, limit, ...(cursor ? { cursor } : {}) } })

async function walk(query: Query, limit: number, between: () => Promise<unknown> = async () => {}): Promise<Application[]> {
  const found: Application[] = []
  let cursor: string | null = null
  do {
    const answer: Awaited<ReturnType<typeof page>> = await page(query, limit, cursor)
    found.push(...answer.items)
    cursor = answer.next_cursor
    await between()
  } while (cursor)
  return found
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const dayThere = (instant: string | null) => instant && new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(instant))
const within = (value: string | null, from: string | undefined, to: string | undefined) =>
  (from === undefined || (value !== null && value >= from)) && (to === undefined || (value !== null && value <= to))
const isOpen = (status: string) => (openStatuses as readonly string[]).includes(status)

function matches(one: Application, f: ApplicationFilter): boolean {
  const silentSince = Date.parse(now) - (f.silent_days_min ?? 0) * 24 * 3_600_000
  return (
    (f.deleted === 'include' || (one.deleted_at !== null) === (f.deleted === 'only')) &&
    (!f.status || f.status.includes(one.status)) &&
    (!f.job_id || f.job_id.includes(one.job_id)) &&
    within(one.applied_on, f.applied_from, f.applied_to) &&
    within(one.follow_up_on, f.follow_up_from, f.follow_up_to) &&
    within(dayThere(one.interview_at), f.interview_from, f.interview_to) &&
    (f.silent_days_min === undefined || (isOpen(one.status) && Date.parse(lastEvent.get(one.id) as string) <= silentSince))
  )
}

function sorted(applications: readonly Application[], sort: ApplicationSort): Application[] {
  const name = sort.replace(/^-/, '') as Exclude<ApplicationSort, `-${string}`>
  const direction = sort.startsWith('-') ? -1 : 1
  const keyOf = (one: Application) => (name === 'company' ? fold(one.job.company) : one[name])
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return applications.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    if (a === null || b === null) return a === b ? direction * compare(one.id, other.id) : a === null ? 1 : -1
    return direction * (compare(a, b) || compare(one.id, other.id))
  })
}

const idsOf = (applications: readonly { id: string }[]) => applications.map(({ id }) => id)
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const filter = fc.record({
  status: rarely(fc.uniqueArray(fc.constantFrom(...ApplicationStatus.options), { minLength: 1, maxLength: 6 })),
  applied_from: rarely(fc.constantFrom(...days)),
  applied_to: rarely(fc.constantFrom(...days)),
  follow_up_from: rarely(fc.constantFrom(...ahead)),
  follow_up_to: rarely(fc.constantFrom(...ahead)),
  interview_from: rarely(fc.constantFrom('2026-03-21', '2026-03-22', '2026-03-26')),
  interview_to: rarely(fc.constantFrom('2026-03-21', '2026-03-22', '2026-03-26')),
  silent_days_min: rarely(fc.integer({ min: 0, max: 20 })),
  deleted: rarely(fc.constantFrom('only' as const, 'include' as const)),
}) as fc.Arbitrary<ApplicationFilter>

describe('filter and sort', () => {
  test.each(ApplicationSort.options)('%s: absent values last, ties by id in the same direction', async (sort) => {
    expect(idsOf(await walk({ deleted: 'include', sort }, 15))).toEqual(idsOf(sorted(everything, sort)))
  })

  test('-updated_at is the order when none is asked for', async () => {
    expect(idsOf(await walk({}, 50))).toEqual(idsOf(await walk({ sort: '-updated_at' }, 7)))
  })

  test('any filter, any sort, any page size: the walk is the list, the total its length, by_status what all statuses would be', async () => {
    const found = { some: 0, few: 0 }
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.constantFrom(...ApplicationSort.options),
        fc.integer({ min: 12, max: 60 }),
        async (filter, sort, limit) => {
          const expected = everything.filter((one) => matches(one, filter))
          expect(idsOf(await walk({ ...filter, sort }, limit))).toEqual(idsOf(sorted(expected, sort)))
          const { total, by_status } = await page({ ...filter, sort }, 1)
          expect(total).toEqual({ value: expected.length, relation: 'exact' })
          const ofAny = everything.filter((one) => matches(one, { ...filter, status: undefined }))
          expect(by_status).toEqual(
            Object.fromEntries(ApplicationStatus.options.map((status) => [status, ofAny.filter((one) => one.status === status).length])),
          )
          if (expected.length > 0) found.some++
          if (expected.length < 40) found.few++
        },
      ),
      { numRuns: 20 },
    )
    expect(Math.min(found.some, found.few)).toBeGreaterThan(5)
  })

  test('silent_days_min counts whole days, to the millisecond', async () => {
    for (let silent_days_min = 0; silent_days_min <= 20; silent_days_min++) {
      const expected = everything.filter((one) => matches(one, { silent_days_min }))
      expect((await page({ silent_days_min }, 1)).total.value, `${silent_days_min} days`).toBe(expected.length)
    }
  })

  test('of one job, of several', async () => {
    const [one, other] = everything.filter((application) => application.deleted_at === null) as [Application, Application]
    expect(idsOf(await walk({ job_id: [one.job_id] }, 10))).toEqual([one.id])
    expect(idsOf(await walk({ job_id: [one.job_id, other.job_id] }, 10)).toSorted()).toEqual([one.id, other.id].toSorted())
    expect(await walk({ job_id: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'] }, 10)).toEqual([])
  })

  test('words are found in company, title, notes and contacts, and only in what was written there', async () => {
    const found = async (q: string) => (await page({ q, deleted: 'include' }, 1)).total.value
    const count = (has: (one: Application) => boolean) => everything.filter(has).length
    expect(await found('acme')).toBe(count((one) => fold(one.job.company) === 'acme'))
    expect(await found('writ')).toBe(count((one) => one.job.title === 'Writer'))
    expect(await found('"referral by" zoe')).toBe(count((one) => one.notes !== null))
    expect(await found('moreira')).toBe(count((one) => one.contacts.length > 0))
    expect(await found('ana@example.com')).toBe(count((one) => one.contacts.length > 0))
    expect(await found('acme -moreira')).toBe(count((one) => fold(one.job.company) === 'acme' && one.contacts.length === 0))
    for (const key of ['name', 'email', 'phone', 'null']) expect(await found(`${key} `), key).toBe(0)
    expect(await found('')).toBe(70)
  })
})

describe('walking while others write', () => {
  test('an untouched application comes exactly once, and in its place', async () => {
    for (const sort of ['-updated_at', 'interview_at', 'company'] as const) {
      const before = await walk({ sort }, 200)
      const touched = new Set<string>()
      let at = 0
      const found = await walk({ sort }, 8, async () => {
        const victim = before[(at++ * 7) % before.length] as Application
        if (at > 8 || touched.has(victim.id)) return
        touched.add(victim.id)
        if (at % 3 === 0) await t.client.applications.delete({ params: { id: victim.id } })
        else if (at % 3 === 1)
          await t.client.applications.update({ params: { id: victim.id }, body: { follow_up_on: days[at % 3] as string } })
        else await t.client.applications.addInterview({ params: { id: victim.id }, body: { starts_at: '2026-03-22T08:00:00.000Z' } })
        const job = await t.client.jobs.create({ body: { company: companies[at % 4] as string, title: 'New' } })
        touched.add((await t.client.applications.create({ body: { job_id: job.id } })).id)
      })
      const untouched = (list: readonly Application[]) => idsOf(list).filter((id) => !touched.has(id))
      expect(untouched(found)).toEqual(untouched(before))
    }
  })
})

describe('parameters', () => {
  const refused = async (parameters: string) => {
    const answer = await t.send('GET', `/api/v1/applications?${parameters}`)
    const problem = (await answer.json()) as Problem
    return [problem.code, ...(problem.field_errors ?? []).map(({ field }) => field)]
  }

  test('what is unknown or wrong is named', async () => {
    expect(await refused('state=open')).toEqual(['invalid_query', 'state'])
    expect(await refused('company=acme')).toEqual(['invalid_query', 'company'])
    expect(await refused('status=open')).toEqual(['invalid_query', 'status'])
    expect(await refused('job_id=1')).toEqual(['invalid_query', 'job_id'])
    expect(await refused('silent_days_min=-1')).toEqual(['invalid_query', 'silent_days_min'])
    expect(await refused('sort=status')).toEqual(['invalid_query', 'sort'])
    expect(await refused('interview_from=2026-03-01T00:00:00Z&applied_to=x')).toEqual(['invalid_query', 'applied_to', 'interview_from'])
  })

  test('a cursor of another list, filter or sort is refused', async () => {
    const { next_cursor } = await page({ sort: 'company' }, 1)
    for (const other of ['sort=-company', 'sort=company&status=applied', '']) {
      expect(await refused(`cursor=${next_cursor}&${other}`), other).toEqual(['invalid_cursor'])
    }
    expect(((await (await t.send('GET', `/api/v1/jobs?sort=company&cursor=${next_cursor}`)).json()) as Problem).code).toBe('invalid_cursor')
  })
})
