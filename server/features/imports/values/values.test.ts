import { expect, test } from 'vitest'
import { evidenceOf, parseDay } from './dates.ts'
import { textOfHtml } from './html.ts'
import { parseList } from './lists.ts'
import { parseAmount, parseSalary } from './salaries.ts'
import { guessStatus, statusOf } from './statuses.ts'
import { jobStatusOf, jobTypeOf, priorityOf, remoteOptionOf, yesOrNo } from './words.ts'

const zone = 'America/New_York'

test.each([
  ['2026-11-22', null, '2026-11-22'],
  ['2026/11/2', null, '2026-11-02'],
  ['2026.11.02', null, '2026-11-02'],
  ['20261122', null, '2026-11-22'],
  ['2026-11-22 08:15:00', null, '2026-11-22'],
  ['2026-11-22T08:15', null, '2026-11-22'],
  // Early in the morning in UTC it is still the evening before in New York; a bare midnight is a bare day.
  ['2026-11-22T02:15:00Z', null, '2026-11-21'],
  ['2026-11-22T02:15:00+02:00', null, '2026-11-21'],
  ['2026-11-22T00:00:00.000Z', null, '2026-11-22'],
  ['2026-11-22 00:00:00 UTC', null, '2026-11-22'],
  ['7/6/23, 2:20 PM', null, '2023-07-06'],
  ['1/2/26', 'mdy', '2026-01-02'],
  ['1/2/26', 'dmy', '2026-02-01'],
  ['1/2/26', null, null],
  ['1/2/26', 'ymd', null],
  ['13/2/2026', null, '2026-02-13'],
  ['2/13/2026', null, '2026-02-13'],
  ['2/2/2026', null, '2026-02-02'],
  ['13/2/2026', 'mdy', null],
  ['01.02.23', null, '2023-02-01'],
  ['3.4.2026', null, '2026-04-03'],
  ['03-04-2026', 'dmy', '2026-04-03'],
  ['31/12/99', 'dmy', '1999-12-31'],
  ['November 3, 2025', null, '2025-11-03'],
  ['Nov 3rd, 2025', null, '2025-11-03'],
  ['3 Nov 2025', null, '2025-11-03'],
  ['03-Nov-25', null, '2025-11-03'],
  ['Mon, 3 November 2025 at 14:00', null, '2025-11-03'],
  ['Mon Nov 3 2025', null, '2025-11-03'],
  ['2025 November 3', null, '2025-11-03'],
  ['3. März 2025', null, '2025-03-03'],
  ['3 août 2025', null, '2025-08-03'],
  ['45962', null, '2025-11-01'],
  ['45962.75', null, '2025-11-01'],
  ['1714605534', null, '2024-05-01'],
  ['1714605534000', null, '2024-05-01'],
  ['2026-02-29', null, null],
  ['31.02.2026', null, null],
  ['30/30/2026', null, null],
  ['2026-13-01', null, null],
  ['0000-00-00', null, null],
  ['soon', null, null],
  ['42', null, null],
  ['3 November', null, null],
  ['2026-11-22 at lunch', null, null],
  ['', null, null],
] as const)('the day of %j, written %s, is %s', (text, format, day) => {
  expect(parseDay(text, format, zone)).toBe(day)
})

test.each([
  ['13/02/2026', 'dmy'],
  ['02/13/2026', 'mdy'],
  ['02/03/2026', 'open'],
  ['03/03/2026', null],
  ['02/03/2026, 2:20 PM', 'mdy'],
  ['02.03.2026', 'dmy'],
  ['2026-02-03', null],
  ['14/15/2026', null],
] as const)('%j tells %s about its column', (text, evidence) => {
  expect(evidenceOf(text)).toBe(evidence)
})

test.each([
  ['$120k–$150k', 120_000, 150_000, 'USD', 'year'],
  ['120,000 - 150,000 USD / year', 120_000, 150_000, 'USD', 'year'],
  ['€55.000', 55_000, 55_000, 'EUR', 'year'],
  ['45/hr', 45, 45, null, 'hour'],
  ['$37K-$66K (Glassdoor est.)', 37_000, 66_000, 'USD', 'year'],
  ['Employer Provided Salary:$120K - $140K', 120_000, 140_000, 'USD', 'year'],
  ['$17 - $24 Per Hour(Glassdoor est.)', 17, 24, 'USD', 'hour'],
  ['50-60k GBP', 50_000, 60_000, 'GBP', 'year'],
  ['£40,000 per annum', 40_000, 40_000, 'GBP', 'year'],
  ["CHF 90'000", 90_000, 90_000, 'CHF', 'year'],
  ['3 500 € / month', 3_500, 3_500, 'EUR', 'month'],
  ['3.500,50 EUR monthly', 3_500.5, 3_500.5, 'EUR', 'month'],
  ['up to 80k', null, 80_000, null, 'year'],
  ['from 50k', 50_000, null, null, 'year'],
  ['90k+', 90_000, null, null, 'year'],
  ['₹10,00,000 - ₹15,00,000', 1_000_000, 1_500_000, 'INR', 'year'],
  ['12 LPA', 1_200_000, 1_200_000, null, 'year'],
  ['CA$95,000/yr - CA$120,000/yr', 95_000, 120_000, 'CAD', 'year'],
  ['$600 a day', 600, 600, 'USD', 'day'],
  ['150000-120000', 120_000, 150_000, null, 'year'],
] as const)('%j is pay', (text, salary_min, salary_max, salary_currency, salary_period) => {
  expect(parseSalary(text)).toEqual({ salary_min, salary_max, salary_currency, salary_period })
})

test.each(['Competitive', 'DOE', 'negotiable', '', '€', '3 days off', '1, 2, 3, 4'])('%j names no pay', (text) => {
  expect(parseSalary(text)).toBeNull()
})

test.each([
  ['120000', 120_000],
  ['120,000', 120_000],
  ['€55.000', 55_000],
  ['$120k', 120_000],
  ['45.50', 45.5],
  ['62000 EUR', 62_000],
  ['0', 0],
  ['-5', null],
  ['abc', null],
  ['1e5', null],
  ['12 or 13', null],
] as const)('the amount of %j is %s', (text, amount) => {
  expect(parseAmount(text)).toBe(amount)
})

test.each([
  ['Applied', 'applied'],
  ['APPLIED', 'applied'],
  ['✅ Applied', 'applied'],
  ['1. Applied', 'applied'],
  ['Application Sent', 'applied'],
  ['SAVED', 'interested'],
  ['Wishlist', 'interested'],
  ['not_applied', 'interested'],
  ['Phone Screen', 'screening'],
  ['INTERVIEWING', 'interview'],
  ['Final Round', 'interview'],
  ['2nd interview', 'interview'],
  ['Offer Received', 'offer'],
  ['Hired', 'accepted'],
  ['Not Selected', 'rejected'],
  ['No Response', 'ghosted'],
  ['{"name":"applied"}', 'applied'],
  ['Suspected Ghost Job', null],
  ['Florp', null],
  ['1', null],
  ['', null],
])('the status of %j is %s', (word, status) => {
  expect(statusOf(word)).toBe(status)
})

test('an unknown word gets a suggestion, never a status', () => {
  expect(statusOf('Suspected Ghost Job')).toBeNull()
  expect(guessStatus('Suspected Ghost Job')).toBe('ghosted')
  expect(guessStatus('Panel with the team')).toBe('interview')
  expect(guessStatus('Florp')).toBeNull()
})

test.each([
  ['a, b', ['a', 'b']],
  ['a; b, c', ['a', 'b, c']],
  ['Call Center - Customer Support - Customer Service/Support', ['Call Center', 'Customer Support', 'Customer Service/Support']],
  ['a | b', ['a', 'b']],
  ['a\nb', ['a', 'b']],
  ['["C++","a,b"]', ['C++', 'a,b']],
  ["['React', 'Node.js']", ['React', 'Node.js']],
  ['[React, Node.js]', ['React', 'Node.js']],
  ['[{"name":"Go"}]', ['Go']],
  ['e-commerce', ['e-commerce']],
  [' , ,', []],
])('the entries of %j', (text, entries) => {
  expect(parseList(text)).toEqual(entries)
})

test('markup becomes text that keeps its paragraphs and lists, and nothing that could run', () => {
  const html =
    '<p>We <b>build</b> &amp; run.</p><ul><li>One</li><li>Two</li></ul><script>alert(1)</script><p>See <a href="https://x.example/a">here</a></p>'
  expect(textOfHtml(html)).toBe('We build & run.\n\n• One\n• Two\n\nSee here [https://x.example/a]')
  expect(textOfHtml('a < b and c > d, R&amp;D')).toBe('a < b and c > d, R&amp;D')
})

test.each([
  ['Full-time', 'full_time'],
  ['Full Time', 'full_time'],
  ['Freelance / Project', 'freelance'],
  ['INTERN', 'internship'],
  ['Shift Based', null],
])('the job type of %j is %s', (word, type) => expect(jobTypeOf(word)).toBe(type))

test('other words', () => {
  expect(['Remote', 'On-site', 'hybrid', 'Work From Home', 'moon'].map(remoteOptionOf)).toEqual([
    'remote',
    'onsite',
    'hybrid',
    'remote',
    null,
  ])
  expect(['true', 'Expired', 'Archived', 'Applied'].map(jobStatusOf)).toEqual(['open', 'closed', 'archived', null])
  expect(['3', '⭐⭐', 'high', '3.7', '6', 'x'].map(priorityOf)).toEqual([3, 2, 4, null, null, null])
  expect(['Yes', 'no', 'TRUE', '2026-01-02', 'maybe'].map(yesOrNo)).toEqual([true, false, true, true, null])
})
