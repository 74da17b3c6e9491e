import type { ApplicationFilter } from '../../../../contract/applications.ts'
import type { JobFilter } from '../../../../contract/jobs.ts'
import { cut } from './text.ts'
import { allOf, count, inWords, oneOf, type Words } from './words.ts'

/** How each parameter is said; null says nothing. One that is missing here does not compile. */
type Sayings<Filter> = {
  [Name in keyof Required<Filter>]: (value: NonNullable<Filter[Name]>, words: Words, filter: Filter) => string | null
}

const shown = 6
const quoted = (text: string) => `“${cut(text, 60)}”`
const named = (values: readonly string[], join = oneOf) =>
  join([...values.slice(0, shown).map((value) => cut(value, 60)), ...(values.length > shown ? [`${values.length - shown} more`] : [])])
const inWordsOf = (values: readonly string[]) => named(values.map(inWords))
const trash = (deleted: 'only' | 'include') => (deleted === 'only' ? 'In the trash' : 'With the trash')
const search = (q: string) => (q.trim() === '' ? null : `Search for ${quoted(q)}`)
const silence = (days: number) => `Without news for ${count(days, 'day')} or more`

/** Days from one to another, both of them in it, or open to one side; null when nothing is known. */
export const periodOf = (from: string | null | undefined, to: string | null | undefined, words: Words) => {
  if (from && to) return words.range(from, to)
  if (from) return `since ${words.longDay(from)}`
  return to ? `until ${words.longDay(to)}` : null
}
const days = (what: string, period: string | null) => (period ? `${what} ${period}` : null)
// Said by the other of the two, or by the period in the title.
const saidElsewhere = () => null

const jobSayings: Sayings<JobFilter> = {
  q: search,
  company: (values) => `Company ${named(values)}`,
  location: (values) => `In ${named(values)}`,
  remote_option: inWordsOf,
  job_type: inWordsOf,
  salary_currency: (values) => `Paid in ${named(values)}`,
  salary_period: (values) => `Paid by the ${named(values)}`,
  status: inWordsOf,
  application_status: (values) => `Application ${named(values)}`,
  source: (values) => `Found through ${named(values)}`,
  tech_stack: (values) => `With ${named(values, allOf)}`,
  tech_stack_any: (values) => `With ${named(values)}`,
  tags: (values) => `Tagged ${named(values, allOf)}`,
  salary_min: (amount, words) => `Pay of ${words.number(amount)} a year or more`,
  salary_max: (amount, words) => `Pay from ${words.number(amount)} a year or less`,
  posted_from: (from, words, { posted_to }) => days('Posted', periodOf(from, posted_to, words)),
  posted_to: (to, words, { posted_from }) => (posted_from ? null : days('Posted', periodOf(undefined, to, words))),
  created_from: saidElsewhere,
  created_to: saidElsewhere,
  has_application: (has) => (has ? 'With an application' : 'Without an application'),
  deleted: trash,
}

const applicationSayings: Sayings<ApplicationFilter> = {
  q: search,
  status: inWordsOf,
  job_id: (ids) => (ids.length === 1 ? 'Of one job' : `Of ${ids.length} jobs`),
  applied_from: saidElsewhere,
  applied_to: saidElsewhere,
  follow_up_from: (from, words, { follow_up_to }) => days('Follow-up', periodOf(from, follow_up_to, words)),
  follow_up_to: (to, words, { follow_up_from }) => (follow_up_from ? null : days('Follow-up', periodOf(undefined, to, words))),
  interview_from: (from, words, { interview_to }) => days('Interview', periodOf(from, interview_to, words)),
  interview_to: (to, words, { interview_from }) => (interview_from ? null : days('Interview', periodOf(undefined, to, words))),
  silent_days_min: silence,
  deleted: trash,
}

function say<Filter extends object>(sayings: Sayings<Filter>, filter: Filter, words: Words): string[] {
  return Object.entries(sayings).flatMap(([name, saying]) => {
    const value = filter[name as keyof Filter]
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return []
    return (saying as (value: unknown, words: Words, filter: Filter) => string | null)(value, words, filter) ?? []
  })
}

export const jobFilterInWords = (filter: JobFilter, words: Words) => say(jobSayings, filter, words)
export const applicationFilterInWords = (filter: ApplicationFilter, words: Words) => say(applicationSayings, filter, words)
