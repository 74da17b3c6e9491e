import { expect, test } from 'vitest'
import type { ApplicationFilter } from '../../../../contract/applications.ts'
import type { JobFilter } from '../../../../contract/jobs.ts'
import { applicationFilterInWords, jobFilterInWords, periodOf } from './filter-words.ts'
import { usualPaper } from './sheet.ts'
import { wordsFor } from './words.ts'

const words = wordsFor({ locale: 'en-GB', timezone: 'Europe/Lisbon' }, new Date('2026-11-22T12:00:00Z'))

const jobFilters: [JobFilter, string[]][] = [
  [{}, []],
  [{ q: '  ' }, []],
  [{ q: 'platform -java' }, ['Search for “platform -java”']],
  [{ company: ['Marulho', 'Velotram'], location: ['Lisbon'] }, ['Company Marulho or Velotram', 'In Lisbon']],
  [{ remote_option: ['onsite', 'remote'], job_type: ['full_time'] }, ['On site or Remote', 'Full time']],
  [{ salary_currency: ['EUR'], salary_period: ['month', 'year'] }, ['Paid in EUR', 'Paid by the month or year']],
  [{ salary_min: 50_000, salary_max: 80_000 }, ['Pay of 50,000 a year or more', 'Pay from 80,000 a year or less']],
  [{ status: ['open'], application_status: ['applied', 'rejected'] }, ['Open', 'Application applied or rejected']],
  [{ source: ['LinkedIn'], tech_stack: ['Go', 'Rust', 'C++'] }, ['Found through LinkedIn', 'With Go, Rust and C++']],
  [{ tech_stack_any: ['Go', 'Rust'], tags: ['dream job', 'near'] }, ['With Go or Rust', 'Tagged dream job and near']],
  [{ posted_from: '2026-11-01', posted_to: '2026-11-30' }, ['Posted 1–30 November 2026']],
  [{ posted_from: '2026-11-01' }, ['Posted since 1 November 2026']],
  [{ posted_to: '2026-11-30' }, ['Posted until 30 November 2026']],
  [{ has_application: true, deleted: 'only' }, ['With an application', 'In the trash']],
  [{ has_application: false, deleted: 'include' }, ['Without an application', 'With the trash']],
  [{ company: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }, ['Company a, b, c, d, e, f or 2 more']],
  // said by the period beside the title
  [{ created_from: '2026-11-01', created_to: '2026-11-30' }, []],
]

const applicationFilters: [ApplicationFilter, string[]][] = [
  [{ q: 'ana', status: ['applied', 'offer'] }, ['Search for “ana”', 'Applied or Offer']],
  [{ job_id: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'] }, ['Of one job']],
  [{ follow_up_from: '2026-11-20', follow_up_to: '2026-12-02' }, ['Follow-up 20 November – 2 December 2026']],
  [{ interview_to: '2026-12-02' }, ['Interview until 2 December 2026']],
  [{ silent_days_min: 1 }, ['Without news for 1 day or more']],
  [{ silent_days_min: 14, deleted: 'only' }, ['Without news for 14 days or more', 'In the trash']],
  [{ applied_from: '2026-11-01', applied_to: '2026-11-30' }, []],
]

// Intl sets thin spaces around the dash.
const plain = (said: string[]) => said.map((one) => one.replace(/[\u2009\u202f\u00a0]/g, ' ').replace(' – 30', '–30'))

test.each(jobFilters)('jobs of %o', (filter, said) => {
  expect(plain(jobFilterInWords(filter, words))).toEqual(said)
})

test.each(applicationFilters)('applications of %o', (filter, said) => {
  expect(plain(applicationFilterInWords(filter, words))).toEqual(said)
})

test('a period may be open, or turned around', () => {
  expect(periodOf(undefined, undefined, words)).toBeNull()
  expect(periodOf('2026-11-30', '2026-11-01', words)).toContain('2026')
})

test('letters where paper is sold by the inch, A4 elsewhere', () => {
  for (const locale of ['en-US', 'en-CA', 'fr-CA', 'es-MX', 'fil-PH', 'en']) expect(usualPaper(locale), locale).toBe('letter')
  for (const locale of ['en-GB', 'de', 'pt-BR', 'ja-JP', 'ar', 'und-419']) expect(usualPaper(locale), locale).toBe('a4')
})

test.each([
  ['en-GB', '3 Nov'],
  ['en-US', 'Nov 3'],
  ['de-DE', '3. Nov.'],
  ['el-GR', '3 Νοε'],
  ['ja-JP', '11月3日'],
  ['ar-EG', '٣ نوفمبر'],
  // no font has its letters
  ['th-TH', '3 Nov'],
])('a day in %s is %s', (locale, said) => {
  const { day } = wordsFor({ locale, timezone: 'UTC' }, new Date('2026-11-22T12:00:00Z'))
  expect(day('2026-11-03').replaceAll('\u00a0', ' ')).toBe(said)
})
