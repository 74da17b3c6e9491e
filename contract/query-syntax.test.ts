import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApplicationFilter } from './applications.ts'
import { JobFilter } from './jobs.ts'
import { parseApplicationQuery, parseJobQuery, printApplicationQuery, printJobQuery } from './query-syntax.ts'

describe('reading', () => {
  test('a line says what the filter panel says', () => {
    expect(parseJobQuery('company:acme status:open salary:>80000 "platform team" -junior')).toEqual({
      filter: { company: ['acme'], status: ['open'], salary_min: 80_000, q: '"platform team" -junior' },
      problems: [],
    })
    expect(
      parseJobQuery(
        'remote:remote,hybrid company:"Acme, Inc.",beta skill:Go salary:60k..90k currency:eur posted:>2026-01-31 created:<=2026-02-01 has_application:false deleted:include',
      ),
    ).toEqual({
      filter: {
        remote_option: ['remote', 'hybrid'],
        company: ['Acme, Inc.', 'beta'],
        tech_stack: ['Go'],
        salary_min: 60_000,
        salary_max: 90_000,
        salary_currency: ['EUR'],
        posted_from: '2026-02-01',
        created_to: '2026-02-01',
        has_application: false,
        deleted: 'include',
      },
      problems: [],
    })
    expect(parseApplicationQuery('status:applied,interview silent:14 interview:2026-02-01..2026-02-03 acme ')).toEqual({
      filter: {
        status: ['applied', 'interview'],
        silent_days_min: 14,
        interview_from: '2026-02-01',
        interview_to: '2026-02-03',
        q: 'acme ',
      },
      problems: [],
    })
  })

  test('a space after the last word, or anything else, ends it', () => {
    expect(parseJobQuery('plat').filter.q).toBe('plat')
    expect(parseJobQuery('plat ').filter.q).toBe('plat ')
    expect(parseJobQuery('plat status:open').filter.q).toBe('plat ')
    expect(parseJobQuery('status:open plat').filter.q).toBe('plat')
    expect(parseJobQuery('  ')).toEqual({ filter: {}, problems: [] })
  })

  test('what has a colon but no name before it is text', () => {
    for (const q of ['10:30', 'https://example.com/a', '"status:open"']) expect(parseJobQuery(q).filter).toEqual({ q })
  })
})

describe('problems point at their place', () => {
  const pointed = (text: string) =>
    parseJobQuery(text).problems.map(({ at, length, expected }) => ({ there: text.slice(at, at + length), at, expected }))

  test.each([
    ['compny:acme', [{ there: 'compny', at: 0, expected: ['company'] }]],
    ['go status:opn,closed', [{ there: 'opn', at: 10, expected: ['open', 'closed', 'archived'] }]],
    ['salary:>lots', [{ there: '>lots', at: 7, expected: ['>80000', '<=120000', '80k..120k'] }]],
    ['posted:2026-02-30', [{ there: '2026-02-30', at: 7, expected: ['2026-11-22', '>=2026-11-01', '2026-11-01..2026-11-30'] }]],
    ['-company:acme', [{ there: '-company:acme', at: 0, expected: [] }]],
    ['deleted:only,include', [{ there: 'deleted:only,include', at: 0, expected: ['only', 'include'] }]],
    ['salary:>1 salary:>2', [{ there: '>2', at: 17, expected: [] }]],
    ['status: x', [{ there: '', at: 7, expected: ['open', 'closed', 'archived'] }]],
    ['has_application:maybe', [{ there: 'maybe', at: 16, expected: ['true', 'false'] }]],
  ])('%s', (text, expected) => {
    expect(pointed(text)).toEqual(expected)
  })

  test('the rest of the line counts all the same', () => {
    expect(parseJobQuery('compny:acme status:open go').filter).toEqual({ status: ['open'], q: 'go' })
  })
})

const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 })
const text = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[a-z:"\\, ><.=-]+$/))
  .filter((one) => one.trim() !== '' && !one.includes('\0') && one.isWellFormed() && one.length <= 200)
const day = fc.constantFrom('2026-01-01', '2026-02-28', '1999-12-31')
const number = fc.oneof(fc.nat(), fc.double({ min: 1e-9, max: 1e15, noNaN: true }))

const jobFilters = fc.record(
  {
    q: text,
    company: some(text),
    location: some(text),
    remote_option: some(fc.constantFrom('remote', 'onsite')),
    salary_currency: some(fc.constantFrom('EUR', 'USD')),
    status: some(fc.constantFrom('open', 'archived')),
    application_status: some(fc.constantFrom('applied', 'offer')),
    source: some(text),
    tech_stack: some(text),
    tech_stack_any: some(text),
    tags: some(text),
    salary_min: number,
    salary_max: number,
    posted_from: day,
    posted_to: day,
    created_from: day,
    created_to: day,
    has_application: fc.boolean(),
    deleted: fc.constantFrom('only', 'include'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JobFilter>
const applicationFilters = fc.record(
  {
    q: text,
    status: some(fc.constantFrom('applied', 'offer')),
    job_id: some(fc.uuid()),
    applied_from: day,
    applied_to: day,
    follow_up_from: day,
    interview_to: day,
    silent_days_min: fc.integer({ min: 0, max: 10_000 }),
    deleted: fc.constantFrom('only', 'include'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ApplicationFilter>

describe('both ways', () => {
  test('what a filter is written as reads as that filter', () => {
    fc.assert(
      fc.property(jobFilters, (filter) => {
        expect(parseJobQuery(printJobQuery(filter))).toEqual({ filter, problems: [] })
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(applicationFilters, (filter) => {
        expect(parseApplicationQuery(printApplicationQuery(filter))).toEqual({ filter, problems: [] })
      }),
      { numRuns: 500 },
    )
  })

  test('any line reads as a filter that the API takes, and every problem lies within it', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .array(
          fc.constantFrom(
            'company:',
            '-',
            '"',
            ',',
            ' ',
            'salary:',
            '>',
            '..',
            'status:',
            'open',
            '80k',
            'q:',
            '\\',
            'posted:',
            '2026-01-01',
            'x',
            ':',
            'or',
          ),
          { maxLength: 14 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(line, (line) => {
        for (const [parse, print, schema] of [
          [parseJobQuery, printJobQuery, JobFilter],
          [parseApplicationQuery, printApplicationQuery, ApplicationFilter],
        ] as const) {
          const { filter, problems } = parse(line)
          // Typed already: as parameters they are text again.
          const { salary_min, salary_max, has_application, silent_days_min, ...rest } = filter as Record<string, unknown>
          expect(schema.safeParse(rest).success).toBe(true)
          expect([salary_min, salary_max, silent_days_min].every((one) => one === undefined || typeof one === 'number')).toBe(true)
          expect(['undefined', 'boolean']).toContain(typeof has_application)
          for (const { at, length } of problems) expect(at >= 0 && at + length <= line.length).toBe(true)
          expect(parse(print(filter as never)).filter).toEqual(filter)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
