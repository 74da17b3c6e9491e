import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ApplicationStatus, type Job, type JobFilter, type JobInput, JobSort, JobStatus, jobFilter } from '../../../contract/jobs.ts'
import type { Problem } from '../../../contract/problems.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const zone = 'America/New_York'
// Few values, so that filters find something and sorts have ties; the days lie around midnights there and in UTC.
const companies = ['Acme', 'Acme Labs', 'acme', 'ÁCME', 'Zeta & Söhne', 'Labs Acme', 'Łódź Works', '世界', '!!!']
const words = ['Go', 'C++', 'C#', 'C', 'Rust', 'node.js', 'Éclair']
const instants = ['2026-03-01T04:59:59.999Z', '2026-03-01T05:00:00.000Z', '2026-03-08T06:30:00.000Z', '2026-03-09T03:59:59.000Z']
const days = ['2026-02-28', '2026-03-01', '2026-03-08', '2026-03-09']
const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 })
const wordList = fc.uniqueArray(fc.constantFrom(...words), { maxLength: 3 })
const money = fc.constantFrom(0, 10, 1_000, 30_000, 30_000.5, 60_000)

const draft = fc.record({
  company: fc.constantFrom(...companies),
  title: fc.constantFrom('Engineer', 'engineer', 'Éngineer', 'Writer', '😀'),
  location: orNull(['Lisbon, Portugal', 'Porto', 'porto']),
  remote_option: orNull(['onsite', 'hybrid', 'remote'] as const),
  job_type: orNull(['full_time', 'contract'] as const),
  salary: fc.record({ min: fc.option(money), max: fc.option(money) }),
  salary_currency: orNull(['EUR', 'USD']),
  salary_period: orNull(['year', 'month', 'week', 'day', 'hour'] as const),
  tech_stack: wordList,
  tags: wordList,
  source: orNull(['LinkedIn', 'Referral']),
  status: fc.constantFrom(...JobStatus.options),
  priority: fc.integer({ min: 0, max: 5 }),
  posted_on: orNull(days),
  deadline_on: orNull(days),
})
const toInput = ({ salary: { min, max }, ...rest }: Draft) => ({
  ...rest,
  salary_min: min !== null && max !== null ? Math.min(min, max) : min,
  salary_max: min !== null && max !== null ? Math.max(min, max) : max,
})
type Draft = typeof draft extends fc.Arbitrary<infer D> ? D : never

let everything: Job[] = []
const create = (input: Partial<JobInput>) => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', ...input } })

beforeAll(async () => {
  await t.client.settings.update({ body: { timezone: zone } })
  const drafts = fc.sample(draft, { numRuns: 120, seed: 7 })
  for (const [at, one] of drafts.entries()) {
    t.setNow(instants[at % instants.length] as string)
    const job = await create(toInput(one))
    if (at % 4 === 1) await t.client.applications.create({ body: { job_id: job.id, status: ApplicationStatus.options[at % 10] } })
    if (at % 7 === 3) await t.client.jobs.update({ params: { id: job.id }, body: { notes: 'changed' } })
    if (at % 9 === 2) await t.client.jobs.delete({ params: { id: job.id } })
    // What will be computed from the profile: only the database can set it today.
    if (at % 3 === 0)
      await t.app.db
        .updateTable('jobs')
        .set({ match_score: at % 12 })
        .where('id', '=', job.id)
        .execute()
  }
  t.setNow(null)
  everything = await walk({ deleted: 'include', sort: 'created_at' }, 200)
  expect(everything).toHaveLength(120)
})

type Query = JobFilter & { sort?: JobSort }
const page = (query: Query, limit: number, cursor?: string | null) =>
  t.client.jobs.list({ query: { ...query, limit, ...(cursor ? { cursor } : {}) } })

async function walk(query: Query, limit: number, between: () => Promise<unknown> = async () => {}): Promise<Job[]> {
  const found: Job[] = []
  let cursor: string | null = null
  do {
    const answer: Awaited<ReturnType<typeof page>> = await page(query, limit, cursor)
    found.push(...answer.items)
    expect(answer.items.length).toBeLessThanOrEqual(limit)
    if (answer.next_cursor) expect(answer.items).toHaveLength(limit)
    cursor = answer.next_cursor
    await between()
  } while (cursor)
  return found
}

// --- the naive reference: what api.md says, in plain loops over everything ---

const fold = (text: string) => text.replaceAll('Ł', 'L').replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
const holds = (value: string | null, looked: string) => {
  const [have, want] = [wordsOf(value ?? ''), wordsOf(looked)]
  if (want.length === 0) return (value ?? '').includes(looked)
  return have.some((_, at) => want.every((word, next) => have[at + next] === word))
}
const perYear = { year: 1, month: 12, week: 52, day: 260, hour: 2080 }
const yearly = (job: Job, amount: number | null) => (amount === null ? null : amount * perYear[job.salary_period ?? 'year'])
const dayThere = (instant: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(instant))
const isOneOf = <T>(value: T | null, wanted: readonly T[] | undefined) => !wanted || (value !== null && wanted.includes(value))
const within = (value: string | null, from: string | undefined, to: string | undefined) =>
  (from === undefined || (value !== null && value >= from)) && (to === undefined || (value !== null && value <= to))

function matches(job: Job, f: JobFilter): boolean {
  const has = (list: readonly string[], word: string) => list.some((one) => fold(one) === fold(word))
  const anyHolds = (value: string | null, looked: readonly string[] | undefined) => !looked || looked.some((one) => holds(value, one))
  return (
    (f.deleted === 'include' || (job.deleted_at !== null) === (f.deleted === 'only')) &&
    anyHolds(job.company, f.company) &&
    anyHolds(job.location, f.location) &&
    anyHolds(job.source, f.source) &&
    isOneOf(job.remote_option, f.remote_option) &&
    isOneOf(job.job_type, f.job_type) &&
    isOneOf(job.salary_currency, f.salary_currency) &&
    isOneOf(job.salary_period, f.salary_period) &&
    isOneOf(job.status, f.status) &&
    isOneOf(job.application_status, f.application_status) &&
    (f.tech_stack ?? []).every((word) => has(job.tech_stack, word)) &&
    (!f.tech_stack_any || f.tech_stack_any.some((word) => has(job.tech_stack, word))) &&
    (f.tags ?? []).every((word) => has(job.tags, word)) &&
    (f.salary_min === undefined || (yearly(job, job.salary_max) ?? Number.POSITIVE_INFINITY) >= f.salary_min) &&
    (f.salary_max === undefined || (yearly(job, job.salary_min) ?? Number.NEGATIVE_INFINITY) <= f.salary_max) &&
    within(job.posted_on, f.posted_from, f.posted_to) &&
    within(dayThere(job.created_at), f.created_from, f.created_to) &&
    (f.has_application === undefined || (job.application_status !== null) === f.has_application)
  )
}

type SortName = Exclude<(typeof JobSort.options)[number], `-${string}` | 'relevance'>
function sorted(jobs: readonly Job[], sort: JobSort): Job[] {
  const name = sort.replace(/^-/, '') as SortName
  const direction = sort.startsWith('-') ? -1 : 1
  const keyOf = (job: Job) => {
    if (name === 'salary') return yearly(job, job.salary_max) ?? yearly(job, job.salary_min)
    const value = job[name]
    return name === 'company' || name === 'title' ? fold(value as string) : value
  }
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' ? a - (b as number) : Buffer.compare(Buffer.from(a), Buffer.from(b as string))
  return jobs.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    if (a === null || b === null) return a === b ? direction * compare(one.id, other.id) : a === null ? 1 : -1
    return direction * (compare(a, b) || compare(one.id, other.id))
  })
}

const some = <T>(values: readonly T[], maxLength = 2) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength })
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const filter = fc.record({
  company: rarely(some(['acme', 'ACME LABS', 'labs', 'sohne', 'Łódź', 'lodz works', '世界', '!!!', 'nobody', '世'])),
  location: rarely(some(['porto', 'Lisbon', 'Portugal', 'lisbon portugal'])),
  source: rarely(some(['linkedin', 'Referral'])),
  remote_option: rarely(some(['onsite', 'hybrid', 'remote'] as const)),
  job_type: rarely(some(['full_time', 'contract', 'internship'] as const)),
  salary_currency: rarely(some(['EUR', 'USD', 'GBP'])),
  salary_period: rarely(some(['year', 'month', 'hour'] as const)),
  status: rarely(some(JobStatus.options)),
  application_status: rarely(some(ApplicationStatus.options, 5)),
  tech_stack: rarely(some(['go', 'C++', 'c', 'eclair', 'NODE.JS'])),
  tech_stack_any: rarely(some(['go', 'C++', 'c#', 'Éclair', 'cobol'])),
  tags: rarely(some(['Go', 'RUST', 'c'])),
  salary_min: rarely(fc.constantFrom(0, 30_000, 60_000, 120_000, 62_400_000)),
  salary_max: rarely(fc.constantFrom(0, 10, 30_000, 360_000)),
  posted_from: rarely(fc.constantFrom(...days)),
  posted_to: rarely(fc.constantFrom(...days)),
  created_from: rarely(fc.constantFrom(...days)),
  created_to: rarely(fc.constantFrom(...days)),
  has_application: rarely(fc.boolean()),
  deleted: rarely(fc.constantFrom('only' as const, 'include' as const)),
}) as fc.Arbitrary<JobFilter>
const filterNames = Object.keys(jobFilter).filter((name) => name !== 'q')
const sorts = JobSort.options.filter((sort) => !sort.endsWith('relevance'))

const idsOf = (jobs: readonly { id: string }[]) => jobs.map(({ id }) => id)

describe('filter and sort', () => {
  test.each(sorts)('%s: absent values last, ties by id in the same direction', async (sort) => {
    expect(idsOf(await walk({ deleted: 'include', sort }, 25))).toEqual(idsOf(sorted(everything, sort)))
  })

  test('-created_at is the order when none is asked for', async () => {
    expect(idsOf(await walk({}, 50))).toEqual(idsOf(await walk({ sort: '-created_at' }, 7)))
  })

  test.each(filterNames)('the filter %s alone, whatever its value, finds what it should and leaves out the rest', async (name) => {
    const values = fc.sample(filter, { numRuns: 400, seed: 3 }).map((one) => one[name as keyof JobFilter])
    const distinct = [
      ...new Map(values.filter((value) => value !== undefined).map((value) => [JSON.stringify(value), value])).values(),
    ].slice(0, 6)
    expect(distinct.length).toBeGreaterThan(1)
    let [found, left] = [0, 0]
    for (const value of distinct) {
      const query = { [name]: value } as JobFilter
      const expected = everything.filter((job) => matches(job, query))
      expect(idsOf(await walk(query, 200)).toSorted(), JSON.stringify(query)).toEqual(idsOf(expected).toSorted())
      found += expected.length
      left += everything.length - expected.length
    }
    // The sample can tell the filter from one that does nothing, and from one that matches nothing.
    expect(Math.min(found, left)).toBeGreaterThan(0)
  })

  test('any filter, any sort, any page size: the walk is the list, and the total its length', async () => {
    await fc.assert(
      fc.asyncProperty(filter, fc.constantFrom(...sorts), fc.integer({ min: 15, max: 60 }), async (filter, sort, limit) => {
        const expected = idsOf(
          sorted(
            everything.filter((job) => matches(job, filter)),
            sort,
          ),
        )
        expect(idsOf(await walk({ ...filter, sort }, limit))).toEqual(expected)
        expect((await page({ ...filter, sort }, 1)).total).toEqual({ value: expected.length, relation: 'exact' })
      }),
      { numRuns: 25 },
    )
  })

  test('a word that folds to nothing is in no list', async () => {
    for (const name of ['tech_stack', 'tech_stack_any', 'tags'] as const) {
      expect((await page({ [name]: ['\u0301'] }, 1)).total.value).toBe(0)
    }
  })
})

describe('walking while others write', () => {
  const act = fc.record({ kind: fc.constantFrom('add', 'trash', 'delete', 'change'), which: fc.nat(), draft })

  test('an untouched job comes exactly once, and in its place', async () => {
    let left = idsOf(everything.filter((job) => job.deleted_at === null))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts),
        fc.integer({ min: 7, max: 15 }),
        fc.array(act, { minLength: 12, maxLength: 12 }),
        async (sort, limit, acts) => {
          const before = await walk({ sort }, 200)
          left = idsOf(before)
          const touched = new Set<string>()
          const queue = [...acts]
          const found = await walk({ sort }, limit, async () => {
            const next = queue.pop()
            if (!next) return
            const id = left[next.which % left.length] as string
            if (next.kind === 'add') touched.add((await create(toInput(next.draft))).id)
            else touched.add(id)
            if (next.kind === 'change') {
              const answer = await t.send('PATCH', `/api/v1/jobs/${id}`, { body: toInput(next.draft) })
              expect([200, 404]).toContain(answer.status)
            }
            if (next.kind === 'trash' || next.kind === 'delete') {
              const answer = await t.send('DELETE', `/api/v1/jobs/${id}?permanent=${next.kind === 'delete'}`)
              expect([204, 404]).toContain(answer.status)
            }
          })
          const untouched = (jobs: readonly Job[]) => idsOf(jobs).filter((id) => !touched.has(id))
          expect(untouched(found)).toEqual(untouched(before))
        },
      ),
      { numRuns: 8 },
    )
  })

  test('also when the writers do not wait for the pages', async () => {
    for (const sort of ['company', '-salary'] as const) {
      const before = await walk({ sort }, 200)
      const touched = new Set<string>()
      const write = async () => {
        for (let round = 0; round < 8; round++) {
          const job = await create({
            company: companies[round % companies.length] as string,
            posted_on: days[round % 4] as string,
            salary_max: round,
          })
          touched.add(job.id)
          if (round % 2) await t.client.jobs.delete({ params: { id: job.id }, query: { permanent: true } })
        }
      }
      const [found] = await Promise.all([walk({ sort }, 6), write(), write()])
      expect(idsOf(found).filter((id) => !touched.has(id))).toEqual(idsOf(before))
    }
  })
})

describe('cursors', () => {
  const query = (parameters: string) => t.send('GET', `/api/v1/jobs?${parameters}`)
  const code = async (answer: Response) => (answer.status === 400 ? ((await answer.json()) as Problem).code : answer.status)
  const cursorOf = async (parameters: string) => ((await (await query(parameters)).json()) as { next_cursor: string }).next_cursor

  test('a cursor of another filter, another sort or another list is refused', async () => {
    const cursor = await cursorOf('limit=1&sort=company&status=open')
    expect(await code(await query(`cursor=${cursor}&sort=company&status=open&limit=200`))).toBe(200)
    for (const other of [
      'sort=company',
      'sort=-company&status=open',
      'status=open',
      'sort=company&status=closed',
      'sort=company&status=open&q=a',
      'sort=company&status=open&deleted=include',
    ]) {
      expect(await code(await query(`limit=1&cursor=${cursor}&${other}`)), other).toBe('invalid_cursor')
    }
    expect(await code(await t.send('GET', `/api/v1/applications?cursor=${await cursorOf('limit=1&sort=-updated_at')}`))).toBe(
      'invalid_cursor',
    )
  })

  test('a damaged cursor is refused, wherever the damage is', async () => {
    const cursor = await cursorOf('limit=1&sort=title')
    const damaged = fc.oneof(
      fc
        .tuple(fc.nat({ max: cursor.length - 1 }), fc.constantFrom(...'aZ0_-=+/!. '.split('')))
        .map(([at, c]) => cursor.slice(0, at) + c + cursor.slice(at + 1)),
      fc.nat({ max: cursor.length - 1 }).map((length) => cursor.slice(0, length)),
      fc.constantFrom(...'aZ09_-=!\n'.split('')).map((c) => cursor + c),
      fc.string(),
      fc.base64String(),
    )
    await fc.assert(
      fc.asyncProperty(
        damaged.filter((text) => text !== cursor),
        async (text) => {
          expect(await code(await query(`limit=1&sort=title&cursor=${encodeURIComponent(text)}`))).toBe('invalid_cursor')
        },
      ),
      { numRuns: 30 },
    )
  })

  test('one may be as long as the value it stands for', async () => {
    const company = '\u0001'.repeat(500)
    await create({ company })
    await create({ company })
    const cursor = await cursorOf('limit=1&sort=company')
    expect(await code(await query(`limit=1&sort=company&cursor=${cursor}`))).toBe(200)
  })

  test('sent twice it is a wrong parameter', async () => {
    const cursor = await cursorOf('limit=1')
    expect(await code(await query(`limit=1&cursor=${cursor}&cursor=${cursor}`))).toBe('invalid_query')
  })
})

describe('parameters', () => {
  const refused = async (parameters: string) => {
    const answer = await t.send('GET', `/api/v1/jobs?${parameters}`)
    if (answer.status === 200) return []
    const problem = (await answer.json()) as Problem
    expect(problem).toMatchObject({ status: 400, code: 'invalid_query' })
    return problem.field_errors?.map(({ field }) => field)
  }

  test('limit is a whole number from 1 to 200, 50 without it', async () => {
    for (const limit of ['1', '200']) expect(await refused(`limit=${limit}`)).toEqual([])
    for (const limit of ['0', '201', '-1', '1.5', '1e2', '0x10', 'x', '', '%20', 'NaN', 'Infinity', '99999999999999999999']) {
      expect(await refused(`limit=${limit}`), limit).toEqual(['limit'])
    }
    const { items } = await t.client.jobs.list({ query: { deleted: 'include' } })
    expect(items).toHaveLength(50)
  })

  test('a misspelt parameter is named, with what could have been meant', async () => {
    const answer = await t.send('GET', '/api/v1/jobs?compny=acme&Status=open&frobnicate=1')
    expect(((await answer.json()) as Problem).field_errors).toEqual([
      { field: 'compny', code: 'unknown_field', message: 'is not known here; did you mean company?' },
      { field: 'Status', code: 'unknown_field', message: 'is not known here; did you mean status?' },
      { field: 'frobnicate', code: 'unknown_field', message: 'is not known here; leave it out' },
    ])
    for (const name of ['__proto__', 'constructor', 'toString', 'status[]', 'status[0]', 'user_id', '']) {
      expect(await refused(`${encodeURIComponent(name)}=x`), name).toEqual([name])
    }
  })

  test('every wrong value is named at once', async () => {
    const wrong = {
      remote_option: 'moon',
      job_type: 'x',
      salary_currency: 'XYZ',
      salary_period: 'x',
      status: '',
      application_status: 'x',
      salary_min: 'many',
      salary_max: '1e9999',
      posted_from: '2026-02-30',
      posted_to: '2026-3-1',
      created_from: 'yesterday',
      created_to: '2026-03-01T00:00:00Z',
      has_application: '1',
      deleted: 'true',
      sort: 'id',
      company: '',
      tags: ' ',
      q: '\0',
    }
    expect((await refused(new URLSearchParams(wrong).toString()))?.toSorted()).toEqual(Object.keys(wrong).toSorted())
  })

  test('one value of a parameter is told by its name, one of several by its place', async () => {
    expect(await refused('status=x')).toEqual(['status'])
    expect(await refused('status=open&status=x')).toEqual(['status[1]'])
  })

  test('a list parameter may be repeated, any other may not', async () => {
    const found = await t.client.jobs.list({ query: { status: ['open', 'closed'], limit: 200 } })
    expect(new Set(found.items.map((job) => job.status))).toEqual(new Set(['open', 'closed']))
    for (const name of [
      'limit=1',
      'sort=company',
      'deleted=only',
      'posted_from=2026-01-01',
      'salary_min=1',
      'q=a',
      'has_application=true',
    ]) {
      expect(await refused(`${name}&${name}`), name).toEqual([name.split('=')[0]])
    }
    const many = Array.from({ length: 101 }, () => 'tags=a').join('&')
    expect(await refused(many)).toEqual(['tags'])
  })

  test('a search of any kind finds or finds nothing, and never fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.constantFrom(
            '"',
            '-',
            '- -',
            '"a" -"b',
            "':*",
            '\\',
            '!',
            '&|',
            '(',
            '<->',
            '-'.repeat(999),
            '"'.repeat(1000),
            '世'.repeat(1000),
            `"${'㎮'.repeat(998)}"`,
            'a:*',
            '\u0301',
            'c++ -c#',
            '.net',
          ),
        ),
        fc.constantFrom('q', 'company', 'tech_stack', 'source'),
        async (text, name) => {
          const sent = name === 'q' ? text : text.slice(0, 200).toWellFormed()
          const answer = await t.send('GET', `/api/v1/jobs?${new URLSearchParams({ [name]: sent.toWellFormed() })}`)
          expect([200, 400]).toContain(answer.status)
        },
      ),
      { numRuns: 30 },
    )
  })
})
